"""The tree of one NewsML 1 item: its components, who is chosen among alternatives, its pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import (
    XML_LANG,
    Element,
    child,
    children,
    descendants,
    name_of,
    texts,
)

_CLOSED = frozenset({"newsitem", "datacontent"})  # what stands in them is about something else
_IMAGE_TYPES = frozenset({"photo", "picture", "image", "graphic", "still"})
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|gif|tiff?|webp)(?:$|[?#])", re.IGNORECASE)
_IMAGE_FORMAT = re.compile(r"\b(?:jpe?g|jpg|png|gif|tiff?|webp)\b", re.IGNORECASE)
CAPTIONS = frozenset({"caption", "legend"})
TITLES = frozenset({"title", "headline"})
_BESIDE_A_PICTURE = CAPTIONS | TITLES
_WITH_A_PICTURE = frozenset({"", "image", "photo", "picture", "main"})
_RENDITIONS = frozenset({
    "highdef", "highres", "lowres", "hires", "fullres", "quicklook", "preview", "thumbnail",
    "thumb", "icon", "viewimage", "medium", "small", "large",
})  # fmt: skip


def own(element: Element, *names: str, closed: frozenset[str] = _CLOSED) -> Iterator[Element]:
    """Yield the elements below with one of these lower-case names that are about the item itself.

    What an item contains (another NewsItem, the data of its content) is not looked into.
    """
    for below in element:
        name = name_of(below)
        if name in names:
            yield below
        if name not in closed:
            yield from own(below, *names, closed=closed)


def own_open_to(element: Element, name: str, *, but: str) -> Iterator[Element]:
    """Like `own`, and not looked for inside elements named `but` either."""
    return own(element, name, closed=_CLOSED | {but})


def formal(element: Element | None) -> str | None:
    """The FormalName of an element, None where it has none."""
    return line(element.get("FormalName")) if element is not None else None


def role_of(component: Element) -> str:
    """The role of a component in lower-case letters only, '' where it has none."""
    return re.sub("[^a-z]", "", (formal(child(component, "Role")) or "").lower())


def language_of(component: Element) -> str | None:
    """The language a component says it is in."""
    said = formal(child(component, "DescriptiveMetadata", "Language"))
    return said or line(component.get(XML_LANG))


def is_image(content: Element) -> bool:
    """Whether a ContentItem is a picture: by MIME type, media type, format, or file name."""
    mime = (formal(child(content, "MimeType")) or "").lower()
    if mime:
        return mime.startswith("image/")
    kind = formal(child(content, "MediaType"))
    if kind:
        return kind.lower() in _IMAGE_TYPES
    form = formal(child(content, "Format")) or ""
    return bool(_IMAGE_FORMAT.search(form) or _IMAGE_NAME.search(content.get("Href") or ""))


def data_of(content: Element) -> Element | None:
    """The DataContent of a ContentItem that has anything in it."""
    found = next(descendants(content, "DataContent"), None)
    if found is None or not (len(found) or "".join(texts(found)).strip()):
        return None
    return found


@dataclass(frozen=True, slots=True)
class Tree:
    """The components of an item that were chosen: those of the story, and those of each picture."""

    story: tuple[Element, ...]
    pictures: tuple[Element, ...]
    languages_left_out: tuple[str, ...]


def tree_of(item: Element) -> Tree:
    """Choose among the components of a NewsItem.

    Where a component offers languages to choose from (BasisForChoice, EquivalentsList), its own is
    taken, else the first. A picture is the component that holds its renditions and its caption.
    """
    told: list[Element] = []
    left_out: list[str] = []
    for component in children(item, "NewsComponent"):
        _choose(component, item.get(XML_LANG), told, left_out)
    found = [owner for one in told if (owner := _picture_of(one)) is not None]
    owners = list(dict.fromkeys(found))
    inside = {one for owner in owners for one in owner.iter()}
    story = tuple(one for one in told if one not in inside)
    return Tree(story or tuple(owners), tuple(owners), tuple(dict.fromkeys(left_out)))


def _choose(
    component: Element, language: str | None, told: list[Element], left_out: list[str]
) -> None:
    told.append(component)
    below = list(children(component, "NewsComponent"))
    own_language = language_of(component) or language
    spoken = list(dict.fromkeys(filter(None, map(language_of, below))))
    if len(spoken) > 1 and _offers_languages(component):
        same = (one for one in spoken if _primary(one) == _primary(own_language))
        chosen = next(same, spoken[0])
        left_out += [one for one in spoken if one != chosen]
        below = [one for one in below if language_of(one) in (chosen, None)]
        own_language = chosen
    for one in below:
        _choose(one, own_language, told, left_out)


def _offers_languages(component: Element) -> bool:
    said = " ".join("".join(texts(one)) for one in children(component, "BasisForChoice"))
    return "Language" in said or are_equivalent(component)


def are_equivalent(component: Element) -> bool:
    """Whether what a component holds is the same thing several times."""
    return (component.get("EquivalentsList") or "").strip().lower() == "yes"


def _primary(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()


def _picture_of(component: Element) -> Element | None:
    """The component that is the whole picture, where this one holds image files; else None."""
    if not any(is_image(one) for one in children(component, "ContentItem")):
        return None
    above = component.getparent()
    if above is None or name_of(above) != "newscomponent" or not _only_a_picture(above):
        return component
    role = role_of(component)
    alone = len(_image_components(above)) == 1 and role in _WITH_A_PICTURE
    return above if role in _RENDITIONS or alone else component


def _only_a_picture(component: Element) -> bool:
    """Whether a component holds nothing but image files and the words that go with a picture."""
    return all(
        is_image(content) or role_of(one) in _BESIDE_A_PICTURE
        for one in descendants(component, "NewsComponent")
        for content in children(one, "ContentItem")
    ) and not any(data_of(content) is not None for content in children(component, "ContentItem"))


def _image_components(component: Element) -> list[Element]:
    return [
        one
        for one in children(component, "NewsComponent")
        if any(is_image(content) for content in children(one, "ContentItem"))
    ]
