"""What a reader types, understood: words, "phrases", -without, title:, by:, section:, from:.

Nothing a reader types is an error. What cannot be understood is looked for as words, or is left out
and said so in `notes`.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dateline.search.domain.analyser import Phrase, Synonyms, phrase, usual_synonyms

MOST_CHARACTERS = 200  # what comes after them is left out
MOST_CLAUSES = 12  # as are words after these: each costs every engine a look


class Field(StrEnum):
    """Where a word is looked for: anywhere, in the headline, or among who wrote it."""

    TEXT = "text"
    TITLE = "title"
    BY = "by"


class Note(StrEnum):
    """What was left out of a query, for words on the page."""

    TOO_LONG = "too_long"
    NO_DATE = "no_date"
    NO_SECTION = "no_section"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be there: any of these; of each, all phrases."""

    field: Field
    any_of: tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. `until` is the last day that counts."""

    all_of: tuple[Clause, ...] = ()
    none_of: tuple[Clause, ...] = ()
    section: str = ""
    since: date | None = None
    until: date | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.all_of or self.none_of or self.section or self.since or self.until)

    def phrases(self) -> tuple[Phrase, ...]:
        """All that a text may be found by, to mark it there."""
        return tuple(
            one for clause in self.all_of if clause.field is not Field.BY
            for way in clause.any_of for one in way
        )  # fmt: skip


_FIELDS = {
    "title": "title", "headline": "title", "見出し": "title",
    "by": "by", "author": "by", "筆者": "by",
    "section": "section", "面": "section",
    "from": "from", "since": "from", "開始": "from",
    "until": "until", "before": "until", "終了": "until",
}  # fmt: skip
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»「」『』"), '"')
_PART = re.compile(
    r"(?P<minus>(?<!\S)-)?(?:(?P<name>[^\W\d_]+):)?"
    r"(?:\"(?P<quoted>[^\"]*)\"?|(?P<word>[^\s\"]+))"
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, direction, surrogates, unassigned


def cleaned(text: str) -> str:
    """What was typed without what cannot be seen, in one line, at most MOST_CHARACTERS long."""
    start = text[: MOST_CHARACTERS * 20]  # nobody waits for ten million characters
    seen = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in start)
    return " ".join(seen.split())[:MOST_CHARACTERS].strip()


def parse(text: str, synonyms: Synonyms | None = None) -> Query:
    """Understand `text`. Never raises; the empty query for what holds no word.

    All words must be there. The language is described in docs/reference/search.md.
    """
    kept = cleaned(text)
    reading = _Reading(synonyms or usual_synonyms())
    if len(" ".join(text[: MOST_CHARACTERS * 20].split())) > MOST_CHARACTERS:
        reading.notes.append(Note.TOO_LONG)
    for part in _PART.finditer(unicodedata.normalize("NFKC", kept).translate(_QUOTES)):
        reading.take(part)
    return reading.query()


@dataclass
class _Reading:
    """A query while it is read from left to right."""

    synonyms: Synonyms
    words: list[Phrase] = field(default_factory=list)  # plain words since the last other thing
    all_of: list[Clause] = field(default_factory=list)
    none_of: list[Clause] = field(default_factory=list)
    limits: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def take(self, part: re.Match[str]) -> None:
        name = _FIELDS.get((part["name"] or "").lower(), "")
        value = part["quoted"] if part["quoted"] is not None else part["word"]
        if name in {"section", "from", "until"}:
            self.limits[name] = value
            return
        if part["name"] and not name:
            value = f"{part['name']} {value}"  # 10:30 and re:invent are words
        found = phrase(value)
        if found is None:
            return
        plain = part["word"] is not None and not name and not part["minus"]
        if plain:
            self.words.append(found)
            return
        self.flush()
        clause = Clause(Field(name or Field.TEXT), ((found,),))
        (self.none_of if part["minus"] else self.all_of).append(clause)

    def flush(self) -> None:
        """Make clauses of the plain words, the longest run that has synonyms first."""
        at = 0
        while at < len(self.words):
            count, others = self._longest(at)
            own = tuple(self.words[at : at + count])
            ways = (own, *((other,) for other in others))
            self.all_of.append(Clause(Field.TEXT, ways))
            at += count
        self.words.clear()

    def _longest(self, at: int) -> tuple[int, tuple[Phrase, ...]]:
        for count in range(min(self.synonyms.longest, len(self.words) - at), 0, -1):
            terms = tuple(t for word in self.words[at : at + count] for t in word.terms)
            if others := self.synonyms.of(terms):
                return count, others
        return 1, ()

    def query(self) -> Query:
        self.flush()
        if len(self.all_of) + len(self.none_of) > MOST_CLAUSES:
            self.notes.append(Note.TOO_LONG)
        kept = tuple(dict.fromkeys(self.all_of))[:MOST_CLAUSES]
        return Query(
            all_of=kept,
            none_of=tuple(dict.fromkeys(self.none_of))[: MOST_CLAUSES - len(kept)],
            section=self.limits.get("section", "").strip().lower(),
            since=self._day("from", last=False),
            until=self._day("until", last=True),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _day(self, name: str, *, last: bool) -> date | None:
        if name not in self.limits:
            return None
        day = day_of(self.limits[name], last=last)
        if day is None:
            self.notes.append(Note.NO_DATE)
        return day


def day_of(text: str, *, last: bool) -> date | None:
    """A day written as 2026-11-29, 2026-11 or 2026; of a month or year its first or last day."""
    found = _DAY.fullmatch(text.strip().replace("/", "-"))
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None
