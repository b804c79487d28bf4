"""From an agency's clean HTML to the blocks an editor works with, without losing a word."""

import re
from collections.abc import Iterable

from lxml import etree, html

# What the desk's rich text editor keeps as it is. Anything else (tables, preformatted text,
# definition lists, …) stays agency copy, in a block of its own, so that nothing is lost.
INLINE = frozenset({"a", "b", "strong", "i", "em", "sup", "sub", "br"})
SIMPLE = frozenset({"p", "h3", "ul", "ol", "li"}) | INLINE
HEADINGS = {"h1": "h3", "h2": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
WRAPPERS = frozenset({"div", "section", "article", "main", "body", "span"})

Block = tuple[str, str]


def blocks_of(body_html: str) -> list[Block]:
    """Split clean HTML into (`text` | `wire`, HTML) blocks in reading order.

    Paragraphs, headings, lists and links become `text`; tables, preformatted text and whatever the
    editor could not hold become `wire`. Loose text between elements becomes a paragraph. The same
    words come out, in the same order.
    """
    blocks: list[Block] = []
    for element in _top_level(body_html):
        name = "text" if _is_simple(element) else "wire"
        markup = html.tostring(element, encoding="unicode", with_tail=False)
        if blocks and blocks[-1][0] == name == "text":
            blocks[-1] = (name, blocks[-1][1] + markup)
        else:
            blocks.append((name, markup))
    return blocks


def _top_level(body_html: str) -> Iterable[html.HtmlElement]:
    if not body_html.strip():
        return
    root = html.fragment_fromstring(body_html, create_parent="div")
    yield from _unwrapped(root)


def _unwrapped(root: html.HtmlElement) -> Iterable[html.HtmlElement]:
    """The block elements under `root`, wrappers opened, loose text and inline put in paragraphs."""
    loose = etree.Element("p")
    loose.text = root.text
    for child in root:
        tail, child.tail = child.tail, None
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in INLINE or not tag:
            child.tail = tail
            loose.append(child)
            continue
        yield from _if_words(loose)
        loose = etree.Element("p")
        loose.text = tail
        yield from _unwrapped(child) if tag in WRAPPERS else (_renamed(child),)
    yield from _if_words(loose)


def _if_words(paragraph: html.HtmlElement) -> Iterable[html.HtmlElement]:
    if "".join(paragraph.itertext()).strip():
        yield paragraph


def _renamed(element: html.HtmlElement) -> html.HtmlElement:
    element.tag = HEADINGS.get(element.tag, element.tag)
    return element


def _is_simple(element: html.HtmlElement) -> bool:
    tags = {e.tag for e in element.iter() if isinstance(e.tag, str)}
    nested = element.tag == "p" and tags & {"p", "ul", "ol", "h3"} - {"p"}
    return tags <= SIMPLE and not nested


def paragraphs_of(text: str) -> list[str]:
    """Split plain text at empty lines; each paragraph keeps its own line breaks."""
    return [part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip()]
