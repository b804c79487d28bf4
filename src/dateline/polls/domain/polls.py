"""A poll as readers see it, and what makes one fit to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

FEWEST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer, how often it was given, and how many of a hundred that is."""

    id: int
    text: str
    votes: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPoll:
    """A poll at one moment. Moments are aware UTC; `total` counts votes, one a voter."""

    id: int
    question: str
    answers: tuple[ShownAnswer, ...]
    opens_at: datetime
    closes_at: datetime | None
    total: int
    opened: bool
    closed: bool

    @property
    def open(self) -> bool:
        """Whether it takes votes."""
        return self.opened and not self.closed


def shares(votes: Sequence[int]) -> list[int]:
    """Whole percents of each count; they sum to 100 where anybody voted (largest remainder)."""
    total = sum(votes)
    if not total:
        return [0] * len(votes)
    found = [count * 100 // total for count in votes]
    by_rest = sorted(range(len(votes)), key=lambda n: (-(votes[n] * 100 % total), n))
    for place in by_rest[: 100 - sum(found)]:
        found[place] += 1
    return found


def problems_of(
    answers: Sequence[str], *, opens_at: datetime | None, closes_at: datetime | None
) -> dict[str, str]:
    """What keeps a poll from being asked: sentences by field, "" for its answers."""
    found = {}
    texts = [text.strip().casefold() for text in answers]
    if not FEWEST <= len(texts) <= MOST:
        found[""] = f"A poll has {FEWEST} to {MOST} answers; this one has {len(texts)}."
    elif len(set(texts)) < len(texts):
        found[""] = "Two answers read the same."
    if opens_at and closes_at and closes_at <= opens_at:
        found["closes_at"] = "It closes before it opens."
    return found
