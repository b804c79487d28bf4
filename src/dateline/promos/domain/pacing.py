"""Spend a promised number evenly: how much is due by now, and the share of views it takes.

The budget-rate controller. Once a minute: what the plan wants delivered a minute from now, less
what is delivered, over the chances there were in the last minute. A rush of readers makes the
share small within a minute, a quiet night makes it large; nothing is forecast.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.promos.domain.windows import Span

AHEAD_S = 60.0  # how far the plan is looked ahead, and how long a share holds
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be delivered by when: pieces of time, each with what is due after it."""

    goal: int
    starts: tuple[datetime, ...]
    pieces: tuple[Span, ...]
    before: tuple[float, ...]  # what is due when each piece begins
    within: tuple[float, ...]  # what each piece adds

    def at(self, moment: datetime) -> float:
        """How many are due by `moment` (aware): 0 before the first piece, the goal at the end."""
        place = bisect_right(self.starts, moment) - 1
        if place < 0:
            return 0.0
        piece = self.pieces[place]
        gone = min((moment - piece.start).total_seconds() / piece.seconds, 1.0)
        return self.before[place] + self.within[place] * gone


def plan_of(goal: int, times: Sequence[Span], hours: Sequence[float] = ()) -> Plan:
    """Plan `goal` over `times`: evenly, or by `hours`, 24 weights for the hours of the day in UTC.

    Raises:
        ValueError: no time, or weights that leave nothing.

    """
    pieces = _by_hour(times) if hours else list(times)
    weights = [piece.seconds * (hours[piece.start.hour] if hours else 1.0) for piece in pieces]
    total = sum(weights)
    if total <= 0:
        raise ValueError("A plan needs time in which something may be delivered.")
    within = [goal * weight / total for weight in weights]
    before = [0.0]
    for amount in within[:-1]:
        before.append(before[-1] + amount)
    starts = tuple(piece.start for piece in pieces)
    return Plan(goal, starts, tuple(pieces), tuple(before), tuple(within))


def _by_hour(times: Sequence[Span]) -> list[Span]:
    found = []
    for span in times:
        start = span.start
        while start < span.end:
            end = min(start.replace(minute=0, second=0, microsecond=0) + HOUR, span.end)
            found.append(Span(start, end))
            start = end
    return found


def share(*, due_soon: float, delivered: int, chances: int, over_s: float) -> float:
    """The share of chances to take in the next minute, from 0 to 1.

    `due_soon` is what the plan wants a minute from now, `chances` how many there were in the last
    `over_s` seconds. Where there was none, the next one is taken: a small site has few.
    """
    wanted = due_soon - delivered
    if wanted <= 0:
        return 0.0
    expected = chances * AHEAD_S / over_s if over_s > 0 else 0.0
    return min(1.0, wanted / expected) if expected else 1.0
