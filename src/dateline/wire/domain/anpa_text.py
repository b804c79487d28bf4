"""The text of an ANPA 1312 message: its head in fields, its body, and what is for editors."""

import re
from dataclasses import dataclass, field

from dateline.wire.domain import flat_text, frames, leads, plain
from dateline.wire.domain.embargo_words import embargoes
from dateline.wire.domain.item import Relation
from dateline.wire.domain.wording import line

_FOR_EDITORS = re.compile(
    r"(?:eds\s*[:.]|(?:note to )?editors?\s*:|editor['\u2019]s note\b|att(?:n|ention)\s*[:,])|"
    r"(?:[A-Z]{2,5} )?(?:photos?|graphics?|video|audio)s?[ :]+(?:[A-Z]{1,6}[0-9]{1,6}\b|planned|"
    r"upcoming|available)|\$adv|adv[0-9. ]|advance\b.{0,30}\brelease\b",
    re.IGNORECASE,
)
_EDS = re.compile(r"eds\s*:", re.IGNORECASE)
_ADVANCE = re.compile(r"\$?adv(?:\.|ance)?(?:\b|[0-9])", re.IGNORECASE)
_ADVANCE_SLUG = re.compile(r"[\s-]Adv ?[0-9]{0,2}$")
_ORDERS = (
    ("kills", r"\b(?:KILL|WITHDRAWN?|WITHDRAWAL|ELIMINATION)\b",
     r"(?i:(?:mandatory )?(?:kill|withdr|eliminat))",
     "Its keyword line orders a kill. Find the story that is meant and kill it."),
    ("holds", r"\b(?:WITHHOLD|HFR)\b", r"(?i:withhold|hold\b|hfr\b)",
     "Its keyword line says to hold a story. Find out which, and do not publish this."),
)  # fmt: skip
_LONGEST_HEAD = 60  # lines
_CYCLE = re.compile(r"(?:AM|PM|BC|AP)-+")
_BREAKS = re.compile(r"(?<=\w)[\x05-\x07\x0e-\x1b]+(?=\w)")
_TAB_LINE, _SPACE_BAND = "\x08", "\x10"
_KYODO_END = re.compile(r"\s*==\s*Kyodo\s*\Z")


@dataclass(slots=True)
class Text:
    """The parts of a text. `head` has every field of the head as sent, `notes` are for editors."""

    head: list[str] = field(default_factory=list)
    slugline: str | None = None
    headline: str | None = None
    summary: str | None = None
    byline: str | None = None
    body: str = ""
    notes: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    advances: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


def read(text: str, *, keyword: str | None) -> Text:
    """Read a text: AP's, whose fields begin with `^` and end in `<` or `=`, or Kyodo's plain one.

    `keyword` is that of the header, used where the text has none. Typesetting codes are no text;
    the quotation marks and dashes that they stand in for (`` '' _) become themselves. Raises
    nothing.
    """
    lines = _typeset(text).replace("<^", "<\n^").strip("\n").split("\n")
    fields, rest = _fields(lines) if lines[0].startswith("^") else _plain_fields(lines)
    found = Text(head=[one for one, _ in fields])
    named = fields.pop(0)[0] if fields else keyword or ""
    _read_keyword(named, found)
    titles: list[str] = []
    bylines: list[str] = []
    for one, mark in fields:
        if _is_note(one):
            found.notes.append(one)
        elif mark == "=":
            bylines.append(one)
        else:
            titles.append(one)
    found.headline = titles[0] if titles else None
    found.summary = "\n".join(titles[1:]) or None
    found.byline = ", ".join(bylines) or None
    _read_body(rest, found)
    return found


def _typeset(text: str) -> str:
    """Return text with codes read: a table's bands as tabs, other codes between words as spaces."""
    rows = (
        one.replace(_SPACE_BAND, "\t" if one.startswith(_TAB_LINE) else " ").lstrip(_TAB_LINE)
        for one in text.split("\n")
    )
    plain = frames.spaced(_BREAKS.sub(" ", "\n".join(rows)))
    quoted = plain.replace("``", "“").replace("''", "”").replace("`", "\u2018")
    return re.sub(r"(?<=\s)_(?=\s)", "\u2014", quoted)


def _fields(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Part AP's lines into the fields of the head, each with its end mark, and the body."""
    fields: list[tuple[str, str]] = []
    still_open = False
    for number, one in enumerate(lines):
        starts = one.startswith("^")
        if number > _LONGEST_HEAD or (not starts and not (still_open and one[:1].strip())):
            return fields, lines[number:]
        bare = one.rstrip()
        mark = bare[-1:] if bare.endswith(("<", "=")) else ""
        words = line(bare.removeprefix("^").removesuffix(mark)) or ""
        if starts:
            fields.append((words, mark))
        else:
            fields[-1] = (f"{fields[-1][0]} {words}".strip(), mark)
        still_open = not mark
    return fields, []


def _plain_fields(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Part Kyodo's lines: the keyword, the headline up to its `+`, and the body."""
    size = next((n for n, one in enumerate(lines) if one.startswith("  ")), len(lines))
    plus = next((n for n, one in enumerate(lines[:size]) if one.rstrip().endswith("+")), None)
    head = min(2, size) if plus is None else plus + 1
    title = line(" ".join(lines[1:head]).rstrip().removesuffix("+")) or ""
    fields = [(line(lines[0]) or "", ""), (title, "")]
    return [one for one in fields if one[0]], lines[head:]


def _is_note(one: str) -> bool:
    return bool(_FOR_EDITORS.match(one) or embargoes([one]) or leads.is_label(one))


def _read_keyword(named: str, found: Text) -> None:
    """Read `BC-US--Ferry Doors, 1st Ld-Writethru,466`: the slug, what it is, the word count."""
    slug, *parts = [one.strip() for one in named.split(",")]
    labels = [one for one in parts if one and not one.isdigit()]
    found.slugline = slug or None
    found.notes += labels
    short = _CYCLE.sub("", slug, count=1).lstrip("-")
    said = [leads.relation(one, slug=short) for one in labels]
    for kind, in_slug, as_label, reason in _ORDERS:
        if re.search(in_slug, named) or any(re.match(as_label, one) for one in labels):
            said.append(Relation(type=kind, note=short, certain=False))
            found.holds.append(reason)
    found.relations = tuple(one for one in said if one)
    advances = [one for one in (*labels, *found.head[1:]) if _ADVANCE.match(one)]
    found.advances = tuple(advances or ([slug] if _ADVANCE_SLUG.search(slug) else []))


def _read_body(lines: list[str], found: Text) -> None:
    """Sort the lines below the head: notes in fields go to editors, all else is the story.

    A line with a margin begins a paragraph, unless it is a row of a table.
    """
    kept: list[str] = []
    for one in lines:
        bare = one.strip()
        inside = (line(bare.strip("^<=")) or "") if bare.startswith("^") else None
        if _EDS.match(bare) or (inside and _is_note(inside)):
            found.notes.append(inside or bare)
            continue
        if (inside or one[:1].isspace()) and not plain.in_columns(bare):
            kept.append("")
        kept.append(one.rstrip() if inside is None else inside)
    parts = flat_text.parts_of(_KYODO_END.sub("", "\n".join(kept)))
    found.body = parts.body
    found.notes += [parts.notes] if parts.notes else []
