"""What keeps one sender from counting much: a rate an address, and once a reader and story.

Both have a fixed size, whoever sends what.
"""

from array import array
from dataclasses import dataclass, field

PLACES = 65_536
MINUTE_S = 60.0
# The same reader counts once for the same story and kind within half an hour (at most an hour).
WINDOW_S = 1800.0
REMEMBER_AT_MOST = 65_536


@dataclass(slots=True)
class Rates:
    """So many a minute for each address. Two addresses that fall on one place share its rate."""

    a_minute: int
    _began: float = 0.0
    _counts: "array[int]" = field(default_factory=lambda: array("Q", bytes(8 * PLACES)))

    def allow(self, group: str, now: float) -> bool:
        """Count one from `group` (an address, or a /64) and say whether it is within the rate.

        `now` is seconds of any clock; a minute ends also where the clock is set back.
        """
        if not self._began <= now < self._began + MINUTE_S:
            self._began = now
            self._counts = array("Q", bytes(8 * PLACES))
        counts, place = self._counts, hash(group) % PLACES
        counts[place] = count = counts[place] + 1
        return count <= self.a_minute

    def is_over(self, group: str) -> bool:
        """Whether `group` had its rate already in this minute; counts nothing."""
        return self._counts[hash(group) % PLACES] >= self.a_minute


@dataclass(slots=True)
class Once:
    """Remembers the newest events, at most twice 65,536 of them, each for 30 to 60 minutes."""

    window_s: float = WINDOW_S
    most: int = REMEMBER_AT_MOST
    _began: float = 0.0
    _now: set[int] = field(default_factory=set)
    _before: set[int] = field(default_factory=set)

    def is_new(self, visitor: int, story: int, kind: int, now: float) -> bool:
        """Whether this visitor's event of this kind on this story is the first in the window."""
        known = self._now
        if len(known) >= self.most or not self._began <= now < self._began + self.window_s:
            self._turn(now)
            known = self._now
        key = hash((visitor, story, kind))
        if key in known or key in self._before:
            return False
        known.add(key)
        return True

    def _turn(self, now: float) -> None:
        long_ago = not self._began <= now < self._began + 2 * self.window_s
        self._before, self._now = (set() if long_ago else self._now), set()
        self._began = now
