"""Plain wire text as blocks: paragraphs, and tables that only their spaces hold together."""

import html
import re
from collections.abc import Iterable

_COLUMNS = re.compile(r"\S {3,}\S.*\S {2,}\S|\S\t+\S|^\s*\|.*\|\s*$")
_LEAST_ROWS = 3


def html_of(text: str, *, indents: bool = True) -> str:
    """Return plain text as <p> and <pre> blocks, with every word kept in its order.

    Empty lines part paragraphs; with `indents`, so does a line that begins with two spaces or more
    after one that does not (ANSA, Reuters). Three lines or more in columns, or between bars,
    become <pre>.
    """
    blocks = (
        f"<{tag}>{html.escape(block, quote=False)}</{tag}>"
        for tag, block in _blocks(text, indents=indents)
    )
    return "".join(blocks)


def _blocks(text: str, *, indents: bool) -> Iterable[tuple[str, str]]:
    waiting: list[str] = []
    for rows, lines in _runs(text.split("\n")):
        if rows:
            yield from _paragraphs(waiting, indents=indents)
            waiting = []
            yield "pre", "\n".join(lines)
        else:
            waiting += lines
    yield from _paragraphs(waiting, indents=indents)


def in_columns(one: str) -> bool:
    """Say whether a line looks like a row of a table: wide gaps, tabs, or bars at both ends."""
    return bool(_COLUMNS.search(one.strip("\n")))


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Part lines into runs, and say of each whether it is a table."""
    runs: list[tuple[bool, list[str]]] = []
    for one in lines:
        columns = in_columns(one)
        if runs and runs[-1][0] == columns:
            runs[-1][1].append(one)
        else:
            runs.append((columns, [one]))
    return [(columns and len(run) >= _LEAST_ROWS, run) for columns, run in runs]


def _paragraphs(lines: list[str], *, indents: bool) -> Iterable[tuple[str, str]]:
    paragraph: list[str] = []
    for number, one in enumerate(lines):
        after_margin = number > 0 and not lines[number - 1].startswith("  ")
        starts = indents and after_margin and one.startswith("  ")
        if (not one.strip() or starts) and paragraph:
            yield "p", "\n".join(paragraph)
            paragraph = []
        if one.strip():
            paragraph.append(one.strip())
    if paragraph:
        yield "p", "\n".join(paragraph)
