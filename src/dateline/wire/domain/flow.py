"""Turn any mark-up tree into the few HTML tags a story may have, losing no visible word."""

import html
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.wire.domain import plain, wording
from dateline.wire.domain.item import Picture
from dateline.wire.domain.xmltree import Element, name_of, texts

_INLINE = frozenset({
    "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "strong", "sub", "sup", "u", "var",
})  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# HTML, NITF 3.x and TTNITF elements and what they are to a reader.
_RENAMED = {
    "h1": "h2", "hl1": "h2", "hl2": "h3", "rubrik": "h2", "mellis": "h3", "citat": "p",
    "byline": "p", "dateline": "p", "distributor": "p", "tagline": "p", "bibliography": "p",
    "credit": "p", "copyrite": "p", "dat": "p", "fn": "p", "figcaption": "p", "summary": "p",
    "legend": "p", "media-caption": "p", "media-producer": "p", "bildtext": "p",
    "bildskapare": "p", "address": "p", "rights": "p", "series": "p", "bq": "blockquote",
    "acronym": "abbr", "strike": "s", "tt": "code", "dir": "ul", "menu": "ul", "font": "",
    "body.head": "header", "xmp": "pre", "listing": "pre", "plaintext": "pre",
}  # fmt: skip
_CONTAINERS = frozenset({
    "div", "section", "article", "main", "aside", "nav", "form", "fieldset", "details", "center",
    "hgroup", "figure", "html", "body", "body.content", "body.end", "block", "hedline", "headline",
    "abstract", "note", "media", "bild", "text", "ingress", "brodtext", "nitf-table",
    "custom-table", "col", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "li",
    "dt", "dd", "dialog", "footer", "search", "optgroup", "option", "noscript", "video", "audio",
    "object", "map", "picture",
})  # fmt: skip
_HIDDEN = frozenset({
    "head", "script", "style", "template", "nitf-colgroup", "nitf-col", "media-metadata",
    "media-object", "bildfil", "iframe", "frame", "embed", "applet", "param", "track",
})  # fmt: skip
_PICTURES = frozenset({"img", "media-reference", "bildfil"})
_COUNTER = "://cts.businesswire.com/ct/"  # Business Wire's beacon has no size
_FOR_EDITORS = frozenset({"np-nonpublic", "notepad"})
_READY = "(ready)"  # the tag of a block whose HTML is complete
_KEPT_ATTRIBUTES = {
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start",),
}


@dataclass(slots=True)
class Found:
    """What a walk through a body finds besides its text. `everything` keeps notes in the text."""

    everything: bool = False
    pictures: list[Picture] = field(default_factory=list)
    for_editors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Node:
    """A run of inline HTML (`tag` is ''), or a block; `pure` where it holds only inline."""

    tag: str
    inner: str
    pure: bool = True

    def html(self) -> str:
        if self.tag in ("", _READY):
            return self.inner
        return f"<{self.tag}>{self.inner}</{self.tag.split()[0]}>"


def html_of(element: Element, found: Found) -> str:
    """Return what is inside `element` as blocks of HTML; pictures and notes go to `found`.

    Recursion is bounded by xmltree.MAX_DEPTH, which the caller has checked.
    """
    return "".join(node.html() for node in _as_blocks(_inside(element, found), "p"))


def _inside(element: Element, found: Found) -> list[_Node]:
    nodes = _text(element.text)
    for below in element:
        nodes += _node(below, found)
        nodes += _text(below.tail)
    return nodes


def _text(text: str | None) -> list[_Node]:
    return [_Node("", html.escape(wording.tidy(text), quote=False))] if text else []


def _node(element: Element, found: Found) -> list[_Node]:
    """Turn one element into nodes, by what it is to a reader."""
    name = name_of(element)
    if name in _PICTURES:
        _note_picture(element, found)
    if _is_for_editors(element, found):
        found.for_editors.append(_plain_words(element))
        return []
    if not name or name in _HIDDEN:
        return _hidden(element, name, found)
    tag = _RENAMED.get(name, name)
    if tag in _BY_TAG:
        return _BY_TAG[tag](element, found)
    return _flowing(element, tag, _inside(element, found))


def _is_for_editors(element: Element, found: Found) -> bool:
    if found.everything or not name_of(element):
        return False
    if name_of(element) == "note" and (element.get("type") or "").strip().lower() == "npa":
        return True  # NITF: a non-publishable advisory
    return not _FOR_EDITORS.isdisjoint((element.get("class") or "").split())


def _flowing(element: Element, tag: str, inside: list[_Node]) -> list[_Node]:
    """Paragraphs and headings, boxes around them, and what stands inside a line."""
    if tag == "p":
        return _paragraph(element, inside)
    if tag in _HEADINGS:
        return _as_blocks(inside, tag)
    if tag in _CONTAINERS:
        return _as_blocks(inside, "p")
    return _wrap_inline(tag, inside) if tag in _INLINE else inside


def _hidden(element: Element, name: str, found: Found) -> list[_Node]:
    if name in ("iframe", "frame", "embed", "applet"):
        found.warnings.append(
            f"An embedded {name} was left out: {element.get('src') or 'no address'}."
        )
    return []


def _paragraph(element: Element, inside: list[_Node]) -> list[_Node]:
    """A paragraph. One that is many in plain text (Reuters) becomes those, and its tables <pre>."""
    text = wording.tidy(element.text or "")
    if len(element) == 0 and "\n" in text:
        lines = text.strip().split("\n")[1:]
        # Where every further line is indented, that is only how the document was printed.
        indents = any(line and not line[0].isspace() for line in lines)
        return [_Node(_READY, plain.html_of(text, indents=indents), pure=False)]
    return _as_blocks(inside, "p")


def _as_blocks(nodes: Iterable[_Node], tag: str) -> list[_Node]:
    """Put runs of inline nodes into `tag`; blocks stay beside them, blank runs vanish."""
    blocks: list[_Node] = []
    run: list[str] = []
    for node in [*nodes, None]:
        if node is not None and not node.tag:
            run.append(node.inner)
            continue
        joined = "".join(run).strip()
        run = []
        if joined:
            blocks.append(_Node(tag, joined))
        if node is not None:
            blocks.append(node)
    return blocks


def _wrap_inline(opening: str, nodes: list[_Node]) -> list[_Node]:
    """Put an inline tag around each run, and inside each block that holds only inline."""
    closing = opening.split(maxsplit=1)[0]
    wrapped = []
    for node in nodes:
        if node.tag and not node.pure:
            wrapped.append(node)
        elif node.inner.strip():
            wrapped.append(_Node(node.tag, f"<{opening}>{node.inner}</{closing}>"))
        else:
            wrapped.append(node)
    return wrapped


def _link(element: Element, found: Found) -> list[_Node]:
    target = (element.get("href") or "").strip()
    inside = _inside(element, found)
    if target.lower().startswith(("http://", "https://", "mailto:")):
        return _wrap_inline(f'a href="{html.escape(wording.tidy(target))}"', inside)
    return inside


def _break(_element: Element, _found: Found) -> list[_Node]:
    return [_Node("", "<br>")]


def _rule(_element: Element, _found: Found) -> list[_Node]:
    return [_Node(_READY, "<hr>", pure=False)]


def _pre(element: Element, found: Found) -> list[_Node]:
    # A browser drops a line feed right after <pre>, so none is left there.
    inner = "".join(node.inner for node in _inside(element, found)).strip("\n")
    return [_Node("pre", inner, pure=False)] if inner.strip() else []


def _quote(element: Element, found: Found) -> list[_Node]:
    inner = "".join(node.html() for node in _as_blocks(_inside(element, found), "p"))
    return [_Node("blockquote", inner, pure=False)] if inner else []


def _header(element: Element, found: Found) -> list[_Node]:
    inner = "".join(node.html() for node in _as_blocks(_inside(element, found), "p"))
    return [_Node("header", inner, pure=False)] if inner else []


def _items(element: Element, found: Found) -> list[_Node]:
    """A list: what stands between its items becomes an item, so that nothing is moved."""
    tag = _RENAMED.get(name_of(element), name_of(element))
    legal, other = (("dt", "dd"), "dd") if tag == "dl" else (("li",), "li")
    inner = "".join(_parts(element, found, legal, other))
    return [_Node(_opening(tag, element), inner, pure=False)] if inner else []


def _parts(element: Element, found: Found, legal: tuple[str, ...], other: str) -> Iterable[str]:
    """The children as `legal` elements; text and other elements between them as `other`."""
    yield from _stray(_text(element.text), other)
    for below in element:
        name = name_of(below)
        if name in legal:
            inner = "".join(node.html() for node in _inside(below, found)).strip()
            yield (
                f"<{_opening(name, below)}>{inner}</{name}>"
                if inner or name in ("td", "th")
                else ""
            )
        else:
            yield from _stray(_node(below, found), other)
        yield from _stray(_text(below.tail), other)


def _stray(nodes: list[_Node], tag: str) -> Iterable[str]:
    inner = "".join(node.html() for node in nodes)
    if inner.strip():
        yield f"<{tag}>{inner}</{tag}>"


def _table(element: Element, found: Found) -> list[_Node]:
    rows = "".join(_rows(element, found))
    return [_Node("table", rows, pure=False)] if rows else []


def _rows(element: Element, found: Found) -> Iterable[str]:
    """The rows of a table or a part of one; anything else becomes a row, so that it stays put."""
    yield from _loose_row(_text(element.text))
    for below in element:
        name = name_of(below)
        if name in ("thead", "tbody", "tfoot"):
            inner = "".join(_rows(below, found))
            yield f"<{name}>{inner}</{name}>" if inner else ""
        elif name == "tr":
            cells = "".join(_parts(below, found, ("td", "th"), "td"))
            yield f"<tr>{cells}</tr>" if cells else ""
        elif name == "caption":
            yield from _stray(_inside(below, found), "caption")
        else:
            yield from _loose_row(_node(below, found))
        yield from _loose_row(_text(below.tail))


def _loose_row(nodes: list[_Node]) -> Iterable[str]:
    for cell in _stray(nodes, "td"):
        yield f"<tr>{cell}</tr>"


def _opening(tag: str, element: Element) -> str:
    kept = [(name, element.get(name) or "") for name in _KEPT_ATTRIBUTES.get(tag, ())]
    return " ".join([tag, *(f'{name}="{html.escape(value)}"' for name, value in kept if value)])


def _note_picture(element: Element, found: Found) -> None:
    href = wording.line(element.get("src") or element.get("source") or element.text)
    kind = element.get("mime-type")
    width, height = wording.pixels(element.get("width")), wording.pixels(element.get("height"))
    counts_readers = max(width or 0, height or 0) in (1, 2) or _COUNTER in (href or "")
    if not href or href.startswith("data:") or counts_readers:
        return
    if (kind or "image/").startswith("image/"):
        alt_text = wording.line(element.get("alt") or element.get("alternate-text"))
        found.pictures.append(
            Picture(href=href, alt_text=alt_text, width=width, height=height, mime=kind)
        )


def _plain_words(element: Element) -> str:
    pieces = (wording.line(piece) for piece in texts(element))
    return "\n".join(piece for piece in pieces if piece)


_BY_TAG = {
    "a": _link, "br": _break, "hr": _rule, "pre": _pre, "blockquote": _quote, "header": _header,
    "ul": _items, "ol": _items, "dl": _items, "table": _table,
}  # fmt: skip
