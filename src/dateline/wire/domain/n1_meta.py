"""What the components of one NewsML 1 item say of its content: lines, rights, subjects."""

import re
from dataclasses import dataclass

from dateline.wire.domain.item import Topic
from dateline.wire.domain.n1_tree import formal, language_of
from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import Element, child, children, name_of, words

_FOR_READERS = frozenset({
    "headline", "subheadline", "byline", "bylinetitle", "dateline", "creditline", "copyrightline",
    "slugline", "keywordline", "rightsline",
})  # fmt: skip
_RIGHTS = (
    ("UsageType", ""),
    ("Limitations", ""),
    ("Geography", "Where: "),
    ("StartDate", "From: "),
    ("EndDate", "Until: "),
)
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


@dataclass(frozen=True, slots=True)
class Lines:
    """NewsLines, texts as sent; `for_editors` holds the lines that no reader is meant to see."""

    headline: str | None
    subheadline: str | None
    byline: str | None
    dateline: str | None
    credit: str | None
    copyright: str | None
    rights: str | None
    slugline: str | None
    keywords: tuple[str, ...]
    for_editors: tuple[str, ...]


def lines_of(components: tuple[Element, ...]) -> Lines:
    """Read the NewsLines of these components: of each line the first that has text.

    A NewsLine has a type of the agency's own (AFP ProductLine), and may be meant for anybody, so
    only editors see it.
    """
    groups = [group for one in components for group in children(one, "NewsLines")]
    every = [one for group in groups for one in group if name_of(one)]

    def first(name: str) -> str | None:
        return next((text for one in every if name_of(one) == name and (text := words(one))), None)

    by = [text for text in (first("byline"), first("bylinetitle")) if text]
    keywords = (words(one) or "" for one in every if name_of(one) == "keywordline")
    other = (_for_editors(one) for one in every if name_of(one) not in _FOR_READERS)
    return Lines(
        headline=first("headline"),
        subheadline=first("subheadline"),
        byline=", ".join(by) or None,
        dateline=first("dateline"),
        credit=first("creditline"),
        copyright=first("copyrightline"),
        rights=first("rightsline"),
        slugline=first("slugline"),
        keywords=tuple(word for text in keywords for word in _words_in(text)),
        for_editors=tuple(text for text in other if text),
    )


def _for_editors(element: Element) -> str | None:
    if name_of(element) != "newsline":
        text, kind = words(element), str(element.tag).rpartition("}")[2]
    else:
        pieces = map(words, children(element, "NewsLineText"))
        text = " ".join(piece for piece in pieces if piece)
        kind = formal(child(element, "NewsLineType")) or "NewsLine"
    return f"{kind}: {text}" if text else None


def _words_in(text: str) -> list[str]:
    return [word for word in re.split(r"\s*;\s*", text) if word]


def usage_of(components: tuple[Element, ...]) -> str | None:
    """What RightsMetadata allows, a line for each thing it says."""
    rights = [child(one, "RightsMetadata") for one in components]
    said = [
        f"{label}{text}"
        for usage in (one for group in rights for one in children(group, "UsageRights"))
        for name, label in _RIGHTS
        if (text := words(child(usage, name)))
    ]
    return "\n".join(dict.fromkeys(said)) or None


def holder_of(components: tuple[Element, ...]) -> str | None:
    """The CopyrightHolder of RightsMetadata."""
    found = (child(one, "RightsMetadata", "Copyright", "CopyrightHolder") for one in components)
    return next((text for one in found if one is not None and (text := _party(one))), None)


def _party(element: Element) -> str | None:
    return formal(child(element, "Party")) or words(element)


def providers_of(components: tuple[Element, ...]) -> list[str | None]:
    """What AdministrativeMetadata calls the provider. The source may be somebody's client."""
    return [formal(child(one, "AdministrativeMetadata", "Provider", "Party")) for one in components]


def language_in(components: tuple[Element, ...]) -> str | None:
    """The language of the first component that says one."""
    return next((said for one in components if (said := language_of(one))), None)


def located_in(components: tuple[Element, ...]) -> str | None:
    """Where the content was made: a Location with HowPresent Origin, by its most exact name.

    Other Locations are what the item is about.
    """
    for place in _described(components, "Location"):
        if (place.get("HowPresent") or "").strip().lower() == "origin":
            named = {formal(one): line(one.get("Value")) for one in children(place, "Property")}
            found = next((named[key] for key in ("City", "CountryArea", "Country")
                          if named.get(key)), None)  # fmt: skip
            if found:
                return found
    return None


def topics_in(components: tuple[Element, ...]) -> tuple[Topic, ...]:
    """The codes of every SubjectCode, as sent."""
    codes = (
        formal(one)
        for group in _described(components, "SubjectCode")
        for one in children(group, *_SUBJECTS)
    )
    return tuple(Topic(qcode=code) for code in codes if code)


def keywords_in(components: tuple[Element, ...]) -> tuple[str, ...]:
    """The properties named Keyword; several may stand in one, with semicolons between them."""
    said = (
        one.get("Value") or ""
        for one in _described(components, "Property")
        if (formal(one) or "").lower() == "keyword"
    )
    return tuple(word for text in said for word in _words_in(text))


def _described(components: tuple[Element, ...], name: str) -> list[Element]:
    groups = [group for one in components for group in children(one, "DescriptiveMetadata")]
    return [found for group in groups for found in children(group, name)]
