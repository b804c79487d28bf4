"""Gathers what one page depends on while it is rendered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from dateline.edge import keys
from dateline.edge.domain.note import PageNote


@dataclass(slots=True)
class Collector:
    """What one render has recorded so far. `start` is None where the counters cannot be used."""

    start: int | None
    hard: set[str] = field(default_factory=lambda: {keys.release()})
    soft: set[str] = field(default_factory=set)
    opens: float | None = None
    closes: float | None = None
    _softly: int = 0

    def depend(self, tags: Iterable[str]) -> None:
        """Record tags: hard ones, or soft ones inside `softly()`."""
        (self.soft if self._softly else self.hard).update(tags)

    def depend_softly(self, tags: Iterable[str]) -> None:
        """Record soft tags."""
        self.soft.update(tags)

    @contextmanager
    def softly(self) -> Iterator[None]:
        """Make every `depend` inside soft."""
        self._softly += 1
        try:
            yield
        finally:
            self._softly -= 1

    def opens_at(self, moment: datetime) -> None:
        """Record an aware moment at which something may appear; the earliest counts."""
        self.opens = _earlier(self.opens, moment)

    def closes_at(self, moment: datetime) -> None:
        """Record an aware moment at which something must vanish; the earliest counts."""
        self.closes = _earlier(self.closes, moment)

    def note(self, ttl: float | None = None) -> PageNote | None:
        """Return what was recorded, or None where the page must not be stored.

        A tag recorded both ways is hard. Tags are sorted, so that equal pages have equal notes.
        """
        if self.start is None:
            return None
        return PageNote(
            start=self.start,
            hard=tuple(sorted(self.hard)),
            soft=tuple(sorted(self.soft - self.hard)),
            opens=self.opens,
            closes=self.closes,
            ttl=ttl,
        )


def _earlier(known: float | None, moment: datetime) -> float:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone. Pass an aware datetime.")
    found = moment.timestamp()
    return found if known is None else min(known, found)
