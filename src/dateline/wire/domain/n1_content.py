"""The content of one NewsML 1 item: its body, its captions, its pictures."""

import base64
import binascii
from dataclasses import dataclass, field

from dateline.wire.domain import bodies, n1_meta, nitf, nitf_media
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.item import Picture
from dateline.wire.domain.n1_tree import (
    CAPTIONS,
    TITLES,
    Tree,
    are_equivalent,
    data_of,
    formal,
    is_image,
    role_of,
)
from dateline.wire.domain.wording import line, pixels, same
from dateline.wire.domain.xmltree import Element, child, children, descendants, name_of, texts

_BODIES = frozenset({
    "", "main", "body", "lead", "text", "original", "story", "article", "content", "copy",
})  # fmt: skip
_AFTER = frozenset({"contact", "boilerplate"})
_SUMMARIES = frozenset({"abstract", "summary"})
_SUBTITLES = frozenset({"subheadline", "subheading"})
_UNSEEN = frozenset({"stylesheet"})
_BEST_FIRST = ("html", "nitf")
_MARKED = len(_BEST_FIRST)
_SIZES = {"width": ("Width", "PixelWidth"), "height": ("Height", "PixelHeight")}
_SMALL = frozenset({"thumbnail", "thumb", "icon", "quicklook", "preview", "lowres"})


@dataclass(slots=True)
class Content:
    """What the parts of a story hold, sorted by what each is to a reader."""

    body: Body = NO_BODY
    titles: list[str] = field(default_factory=list)
    subtitles: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    facts: list[nitf.Facts] = field(default_factory=list)
    for_editors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    kind: str | None = None


def content_of(tree: Tree, *, source: str) -> Content:
    """Read the text of the story's components, in document order, contacts last.

    Of equivalents the best is taken: XHTML before NITF, other mark-up, and plain text. A part with
    a role we do not know goes to editors, since it may not be meant for readers.

    Raises:
        WireFormatError: HTML in a plain part is nested too deeply, or too long.

    """
    found = Content()
    first: list[Body] = []
    last: list[Body] = []
    for component in tree.story:
        if not _is_second_best(component):
            for part in _parts_of(component):
                role, label = _role_in(component)
                read = _read_part(part, found, source)
                if role in _BODIES:
                    found.kind = found.kind or "text"
                    first.append(read)
                elif role in _AFTER:
                    last.append(read)
                else:
                    _file(role, label, read, found)
        found.warnings += _other_media(component)
    leading = [one for one in first if one.text]
    found.body = bodies.joined(leading + last) if leading or last else NO_BODY
    return found


def _role_in(component: Element) -> tuple[str, str]:
    """The component's role, else that of the nearest component around it; and as it is written."""
    for one in (component, *component.iterancestors()):
        if role_of(one):
            return role_of(one), formal(child(one, "Role")) or ""
    return "", ""


_Part = tuple[Element, Element]  # a ContentItem and its DataContent


def _parts_of(component: Element) -> list[_Part]:
    """The text parts of a component: all of them, or the best where they are equivalents."""
    parts = [
        (one, data)
        for one in children(component, "ContentItem")
        if not is_image(one) and not _is_style(one) and (data := data_of(one)) is not None
    ]
    said = " ".join("".join(texts(one)) for one in children(component, "BasisForChoice"))
    if len(parts) > 1 and (are_equivalent(component) or "ContentItem" in said):
        return [min(parts, key=_order)]
    return parts


def _is_style(content: Element) -> bool:
    return "css" in (formal(child(content, "MimeType")) or "").lower()


def _order(part: _Part) -> int:
    names = [name_of(one) for one in part[1] if name_of(one)]
    ranks = [_BEST_FIRST.index(name) for name in names if name in _BEST_FIRST]
    return min(ranks, default=_MARKED if names else _MARKED + 1)


def _is_second_best(component: Element) -> bool:
    """Whether a better equivalent of this component's text stands beside it."""
    above = component.getparent()
    if above is None or not are_equivalent(above) or role_of(component) not in _BODIES:
        return False
    texts_beside = [
        one
        for one in children(above, "NewsComponent")
        if role_of(one) in _BODIES and _parts_of(one)
    ]
    best = min(texts_beside, key=lambda one: _order(_parts_of(one)[0]), default=component)
    return component in texts_beside and component is not best


def _read_part(part: _Part, found: Content, source: str) -> Body:
    content, data = part
    found.facts += [nitf.facts(one) for one in descendants(data, "nitf")]
    trees = [one for one in data if name_of(one)]
    if not trees:
        return _plain(content, data, found, source)
    whole = len(trees) == 1 and not _stray(data)
    read = bodies.from_tree(trees[0]) if whole else bodies.from_blocks(data)
    return nitf_media.with_pictures(read, data)


def _stray(data: Element) -> bool:
    """Whether text stands beside the elements of a DataContent."""
    return any(line(text) for text in (data.text, *(one.tail for one in data)))


def _plain(content: Element, data: Element, found: Content, source: str) -> Body:
    text = "".join(texts(data))
    encoding = child(content, "Encoding")
    if encoding is not None:
        decoded = _decoded(text, (encoding.get("Notation") or "").lower())
        if decoded is None:
            found.warnings.append("Its body is encoded in a way Dateline does not read.")
            return NO_BODY
        text = decoded
    return bodies.from_plain(text, source=source)


def _decoded(text: str, notation: str) -> str | None:
    if not notation.endswith("base64"):
        return None
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, ValueError):
        return None


def _file(role: str, label: str, read: Body, found: Content) -> None:
    """Put a part that is no body where its role belongs."""
    if not read.text or role in _UNSEEN:
        return
    for roles, shelf in (
        (TITLES, found.titles),
        (_SUBTITLES, found.subtitles),
        (_SUMMARIES, found.summaries),
        (CAPTIONS, found.captions),
    ):
        if role in roles:
            shelf.append(read.text)
            return
    found.for_editors.append(f"{label}: {read.text}")


def _other_media(component: Element) -> list[str]:
    """A warning for each file of the story that is neither text nor a picture."""
    return [
        f"A file was left out: {one.get('Href')}."
        for one in children(component, "ContentItem")
        if one.get("Href") and not is_image(one) and data_of(one) is None
    ]


def with_titles(content: Content, headline: str | None, subheadline: str | None) -> Body:
    """Return the body, led by the titles that say something else than the headlines."""
    told = [title for title in content.titles if not same(title, headline)]
    told += [title for title in content.subtitles if not same(title, subheadline)]
    if not told:
        return content.body
    titles = [bodies.from_plain(title, source="") for title in told]
    return bodies.joined([*titles, content.body])


def pictures_of(tree: Tree, *, usage: str | None, source: str) -> tuple[Picture, ...]:
    """The pictures of an item: of each the largest rendition, with its caption and credit.

    `usage` is what the item allows, for pictures that say nothing of their own.

    Raises:
        WireFormatError: HTML in a caption is nested too deeply, or too long.

    """
    return tuple(_picture(one, usage, source) for one in tree.pictures)


def _picture(owner: Element, usage: str | None, source: str) -> Picture:
    files = [one for one in descendants(owner, "ContentItem") if is_image(one)]
    best = max(files, key=_rank)
    lines = n1_meta.lines_of((owner, *descendants(owner, "NewsComponent")))
    return Picture(
        href=line(best.get("Href")),
        caption=_caption_in(owner, source=source),
        credit=lines.credit or lines.byline,
        usage=n1_meta.usage_of((owner,)) or usage,
        width=_size(best, "width"),
        height=_size(best, "height"),
        mime=formal(child(best, "MimeType")),
    )


def _caption_in(owner: Element, *, source: str) -> str | None:
    """The text of the component with the role Caption, in or below `owner`."""
    held = (
        _read_part(part, Content(), source).text
        for one in (owner, *descendants(owner, "NewsComponent"))
        if role_of(one) in CAPTIONS
        for part in _parts_of(one)
    )
    return next((text for text in held if text), None)


def _rank(content: Element) -> tuple[bool, int, bool]:
    """Larger is better: with an address, by its size, else by what its role says of its size."""
    above = content.getparent()
    small = above is not None and role_of(above) in _SMALL
    area = (_size(content, "width") or 0) * (_size(content, "height") or 0)
    return bool(content.get("Href")), area, not small


def _size(content: Element, side: str) -> int | None:
    said = {
        formal(one): one.get("Value")
        for one in children(child(content, "Characteristics"), "Property")
    }
    return next((size for name in _SIZES[side] if (size := pixels(said.get(name)))), None)
