"""Saved searches by mail: how often, when the next digest is due, what `mail` knows them by."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

MOST_SAVED = 20  # of one reader, on all mastheads together
MOST_TOLD = 100  # stories of one digest: more are on the page of the search
MOST_LISTED = 20  # of them so many are in the mail
# A story that was published so long before the last digest may be new to it: an embargo ended, or
# a word came into its text.
LOOKED_BACK = timedelta(days=7)
YES = "alerts.search_yes"
YES_LIVES = timedelta(days=7)
EIGHT = time(8)
MONDAY = 0
_SCOPE = "alerts:search:"


class SearchPace(StrEnum):
    """How often new hits come."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it is kept. `narrowed`: kind of mark → value; `path` is its page on the masthead.

    `label` is what its reader knows it by: what was typed, and by what it was narrowed.
    """

    typed: str
    path: str
    label: str
    narrowed: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for the same search, whatever order its filters had."""
        parts = [self.typed, *(f"{kind}={value}" for kind, value in sorted(self.narrowed.items()))]
        return sha256("\0".join(parts).encode()).hexdigest()


def next_due(pace: SearchPace, time_zone: str, *, after: datetime) -> datetime:
    """The first moment after `after` (aware) at which a digest is due.

    8 in the morning by the reader's clock (IANA name), each day or each Monday.
    """
    zone = ZoneInfo(time_zone)
    day = after.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, EIGHT, zone)
        if moment > after and (pace is SearchPace.DAILY or day.weekday() == MONDAY):
            return moment
        day += timedelta(days=1)


def scope_of(saved_id: int) -> str:
    """By what `mail` knows the digests of one saved search."""
    return f"{_SCOPE}{saved_id}"


def saved_of(scope: str) -> int | None:
    """Which saved search a scope names; None for one of something else."""
    number = scope.removeprefix(_SCOPE)
    known = scope.startswith(_SCOPE) and number.isascii() and number.isdecimal()
    return int(number) if known else None
