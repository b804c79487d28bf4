"""Bodies of every kind as safe HTML and as text, with every visible word kept in its order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from dateline import markup
from dateline.wire.domain import flow, plain, wording
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import Picture
from dateline.wire.domain.xmltree import Element, check_bounds, name_of

_LOOKS_LIKE_MARKUP = re.compile(
    r"\s*<(?:p|div|html|body|section|article|h[1-6]|ul|ol|table|!--)\b[\s>]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body read: safe HTML, its text, pictures named in it, and what only editors may see."""

    html: str | None = None
    text: str | None = None
    pictures: tuple[Picture, ...] = ()
    for_editors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


NO_BODY = Body()
MAX_LENGTH = 2_000_000  # characters; beyond ten million libxml2 drops text without a word


def from_tree(root: Element) -> Body:
    """Read a parsed XHTML, NITF or TTNITF body, or any other mark-up, element by element.

    The head is left out; <header> and NITF <body.head> come back as one leading <header>. Notes
    marked not for publication (dpa `notepad`, `np-nonpublic`) go to `for_editors`.
    """
    return from_blocks(next((found for found in root.iter() if name_of(found) == "body"), root))


def from_blocks(element: Element) -> Body:
    """Read everything inside an element as `from_tree` reads a body, wherever it stands."""
    found = flow.Found()
    safe = markup.clean(flow.html_of(element, found), link_rel=markup.WIRE_LINKS).strip()
    text = markup.text_of(safe)
    return Body(
        html=safe if text else None,
        text=text or None,
        pictures=tuple(found.pictures),
        for_editors=tuple(found.for_editors),
        warnings=tuple(found.warnings),
    )


def joined(parts: Iterable[Body]) -> Body:
    """Return several bodies as one, in their order."""
    read = list(parts)
    return Body(
        html="".join(one.html for one in read if one.html) or None,
        text="\n\n".join(one.text for one in read if one.text) or None,
        pictures=tuple(picture for one in read for picture in one.pictures),
        for_editors=tuple(note for one in read for note in one.for_editors),
        warnings=tuple(warning for one in read for warning in one.warnings),
    )


def from_html(text: str, *, source: str) -> Body:
    """Read HTML sent as text (ninjs `body_html`, an XHTML body in CDATA).

    Raises:
        WireFormatError: it is longer than MAX_LENGTH, or its tags are nested too deeply.

    """
    _check_length(text, source)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    wrapped = f"<html><body>{wording.tidy(text)}</body></html>"
    root = etree.fromstring(wrapped.encode(), parser)
    check_bounds(root, source=source)
    return from_tree(root)


def from_plain(text: str, *, source: str) -> Body:
    """Read a plain text body. Text that is really HTML (ANSA, some ninjs) is read as HTML.

    Raises:
        WireFormatError: it is longer than MAX_LENGTH, or HTML that is nested too deeply.

    """
    _check_length(text, source)
    tidied = wording.tidy(text)
    if _LOOKS_LIKE_MARKUP.match(tidied):
        return from_html(tidied, source=source)
    safe = markup.clean(plain.html_of(tidied), link_rel=markup.WIRE_LINKS)
    shown = markup.text_of(safe)
    return Body(html=safe if shown else None, text=shown or None)


def _check_length(text: str, source: str) -> None:
    if len(text) > MAX_LENGTH:
        raise WireFormatError(
            source, "body", f"it has {len(text):,} characters; the limit is {MAX_LENGTH:,}."
        )


def looks_like_markup(text: str) -> bool:
    """Say whether text begins with a block tag of HTML."""
    return bool(_LOOKS_LIKE_MARKUP.match(text))


def for_story(body_html: str | None, *, headline: str | None) -> str:
    """Return a wire body as the beginning of a story: without what the story shows elsewhere.

    A leading <header> (dpa's slugline list and embargo line, NITF's headline and byline) and a
    first heading that repeats the headline go; the wire item keeps them. Safe HTML in, safe HTML
    out.
    """
    rest = re.sub(r"\A\s*<header>.*?</header>\s*", "", body_html or "", flags=re.DOTALL)
    first = re.match(r"<h([2-6])>(.*?)</h\1>\s*", rest, re.DOTALL)
    if first and headline and wording.same(markup.text_of(first.group(2)), headline):
        rest = rest[first.end() :]
    return rest


def text_of_tree(element: Element) -> str | None:
    """Return the text inside an element, a line for each block of its mark-up."""
    text = markup.text_of(flow.html_of(element, flow.Found(everything=True)))
    return "\n".join(line for line in text.split("\n") if line) or None
