"""Safe HTML, and the words a reader sees in it."""

import re
from html.parser import HTMLParser

import nh3

# What a story may contain. No img, iframe, form, style or script: pictures and embeds are objects
# with rights of their own, never markup somebody sent us.
INLINE_TAGS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "strong", "sub", "sup", "u", "var", "br",
})  # fmt: skip
BLOCK_TAGS = frozenset({
    "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
TAGS = INLINE_TAGS | BLOCK_TAGS
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
OWN_LINKS = "noopener"
WIRE_LINKS = "nofollow noopener"  # an agency's link is not our recommendation to search engines

# Browsers leave out tabs and line ends before they look for the host (WHATWG URL, 4.4).
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#|/(?![/\\]))[^\t\n\r]*", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
_LINES = frozenset({"br", "dd", "dt", "li", "tr", "caption"})
_SILENT = frozenset({"script", "style", "template"})


def clean(html: str, *, link_rel: str = OWN_LINKS) -> str:
    """Return `html` with nothing in it that could act: only TAGS, ATTRIBUTES and LINK_SCHEMES stay.

    The text of tags that are not allowed stays; the content of script and style goes. A link keeps
    an absolute address (LINK_SCHEMES), a path of this site or a place on this page, and carries
    rel=`link_rel`: OWN_LINKS for what the newsroom wrote, WIRE_LINKS for agency copy. Safe to run
    twice. Raises nothing; half of a surrogate pair becomes a question mark.
    """
    return nh3.clean(
        html.encode("utf-8", "replace").decode("utf-8"),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_known_address,
        url_schemes=set(LINK_SCHEMES),
        link_rel=link_rel,
    )


def _known_address(_tag: str, name: str, value: str) -> str | None:
    """Drop an href a browser could read as anything but _ADDRESS."""
    return value if name != "href" or is_link(value) else None


def is_link(address: str) -> bool:
    """Say whether a link of ours may lead to `address`, as `clean` judges it.

    It may be absolute (LINK_SCHEMES), a path of this site or a place on this page.
    """
    return bool(_ADDRESS.fullmatch(address))


def text_of(html: str) -> str:
    """Return the text a reader sees in `html`, in reading order.

    Blocks are set apart by an empty line, rows, list items and <br> by a new line, table cells by
    a tab. White space is folded except inside <pre>. Raises nothing.
    """
    reader = _Words()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Words(HTMLParser):
    """Collects lines; a line is kept in pieces until it ends, so that long ones cost no more."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.silent = 0
        self.preformatted = 0
        self.cells = 0

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Leave out `<![…>` as browsers do; Python's own reader stops at one without a name."""
        del report
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self.silent += tag in _SILENT
        self.preformatted += tag == "pre"
        self._separate(tag)
        self.cells += tag in _CELLS

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.preformatted -= tag == "pre" and self.preformatted > 0
        if tag in _CELLS:
            self.line += ["\t"] if self.cells else []
            self.cells -= self.cells > 0
        else:
            self._separate(tag)

    def handle_data(self, data: str) -> None:
        if self.silent or not data:
            return
        if self.preformatted:
            first, *others = data.split("\n")
            self.line.append(first)
            for other in others:
                self._end_line()
                self.line.append(other)
            return
        if data[0].isspace():
            self._space()
        if folded := " ".join(data.split()):
            self.line.append(folded + " " * data[-1].isspace())

    def text(self) -> str:
        """Return what was read, without spaces at line ends or more than one empty line."""
        self._end_line()
        kept: list[str] = []
        for line in (line.rstrip() for line in self.lines):
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip("\n")

    def _space(self) -> None:
        if self.line and not self.line[-1][-1:].isspace():
            self.line.append(" ")

    def _end_line(self) -> None:
        self.lines.append("".join(self.line))
        self.line = []

    def _separate(self, tag: str) -> None:
        if self.cells and tag in BLOCK_TAGS | _LINES:
            self._space()  # one cell, one line
        elif tag == "br" or (tag in _LINES and self.line):
            self._end_line()
        elif tag in BLOCK_TAGS - _CELLS - _LINES:
            self._end_line()
            self.lines.append("")
