"""What engines hold and answer: documents with marks to filter and count by, questions, answers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dateline.search.domain.analyser import terms
from dateline.search.domain.query import Query

ALWAYS = 2**40  # a moment after all others, in seconds
COUNTED = 5_000  # hits that are counted at most, newest first; more are "more than"
RANKED = 2_000  # of the newest hits so many are put in order by how well they match
DEEPEST = 1_000  # hits that readers can page through
SECTION, MONTH, AUTHOR, KIND, LANGUAGE, CORRECTED, MASTHEAD = "s", "t", "a", "k", "l", "c", "m"
FACETS = (SECTION, MONTH, AUTHOR, KIND, LANGUAGE, CORRECTED)
_GAP = "\u00b6"  # between parts of a text: no phrase reaches over it


class Order(StrEnum):
    """How hits are sorted."""

    NEWEST = "newest"
    BEST = "best"


class EngineAway(Exception):
    """The engine did not answer, or not in time. The text is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A story on one masthead, as words. Moments are whole seconds since 1970 UTC.

    Readers may find it from `opens` until `closes`; the gate decides, this only keeps counts true.
    """

    placement_id: int
    story_id: int
    published: int
    opens: int
    closes: int
    title: tuple[str, ...]
    by: tuple[str, ...]
    text: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def place(self) -> int:
        """A number that grows with the moment of publication; no two documents have the same."""
        return (max(self.published, 0) << 30) | (self.placement_id & (2**30 - 1))


@dataclass(frozen=True, slots=True)
class StoryDocuments:
    """All documents of a story, none where it must not be found.

    `stamp` grows: what was read of the story later has a greater one, and an engine that has seen
    a greater one ignores this.
    """

    story_id: int
    stamp: int
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an engine is asked. Moments are whole seconds since 1970 UTC; `until` is not part of it.

    `marks`: of each group, a hit has one.
    """

    query: Query
    marks: tuple[tuple[str, ...], ...]
    at: int
    since: int | None = None
    until: int | None = None
    order: Order = Order.NEWEST
    start: int = 0
    size: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One document that was found."""

    placement_id: int
    story_id: int
    published: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of one page. `total` is at most COUNTED; `more` says that there are others.

    `facets`: kind of mark → value → how many of the counted hits have it.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def joined(parts: Iterable[str]) -> tuple[str, ...]:
    """The terms of several texts in one, so that no phrase reaches from one into the next."""
    found: list[str] = []
    for part in parts:
        if words := terms(part):
            found += [_GAP, *words] if found else words
    return tuple(found)


def mark(kind: str, value: str | int) -> str:
    """A value as one word of ASCII letters and digits, for every engine alike."""
    return kind + str(value)[:60].encode().hex()


def read_mark(written: str) -> tuple[str, str]:
    """(kind, value) of a mark."""
    return written[:1], bytes.fromhex(written[1:]).decode()


def month_of(moment: datetime) -> str:
    """The month of a moment, in its own time zone: 2026-11."""
    return f"{moment:%Y-%m}"


def counted(marks: Iterable[str]) -> dict[str, dict[str, int]]:
    """How often each value of each facet is among `marks`, each given as its words in one text."""
    counts = Counter(one for text in marks for one in text.split())
    return sorted_facets(counts)


def sorted_facets(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Counts of marks by facet and value, the most frequent first."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in FACETS}
    for written, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        kind, value = read_mark(written)
        if kind in found:
            found[kind][value] = count
    return {kind: values for kind, values in found.items() if values}
