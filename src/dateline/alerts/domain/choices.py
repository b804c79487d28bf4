"""What a follower chose, and whether an alert may reach them now. Clocks are those of their zone.

A moment in UTC has exactly one wall-clock time in a zone, also while clocks are put forward or
back, so nothing here is ever computed the other way round: days and quiet hours are read off the
wall. An hour that comes twice is quiet twice, and one that is skipped is not missed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateline.alerts.domain.kinds import AlertClass

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of a day without alerts, in minutes since midnight; `end` is no longer quiet.

    22:00 to 7:00 goes over midnight. Where both are the same there is no quiet at all.
    """

    start: int
    end: int

    def covers(self, minute: int) -> bool:
        """Whether this minute of the day is quiet."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


@dataclass(frozen=True, slots=True)
class Choices:
    """What one follower chose. `caps` are alerts a day for each class; 0 is none."""

    time_zone: str
    caps: Mapping[AlertClass, int]
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an alert may leave now; else it is held for the next digest, for `why`."""

    send: bool
    why: str = ""


SEND, QUIET, CAPPED = Verdict(True), Verdict(False, "quiet"), Verdict(False, "cap")


@dataclass(slots=True)
class Clocks:
    """What the clocks of all zones show at one moment, aware UTC; each zone is read once."""

    at: datetime
    read: dict[str, tuple[date, int, ZoneInfo]] = field(default_factory=dict)

    def here(self, time_zone: str) -> tuple[date, int, ZoneInfo]:
        """The day, and the minute of it, in a zone (IANA name), which comes with them."""
        found = self.read.get(time_zone)
        if found is None:
            zone = ZoneInfo(time_zone)
            wall = self.at.astimezone(zone)
            found = self.read[time_zone] = (wall.date(), wall.hour * 60 + wall.minute, zone)
        return found


def decide(
    choices: Choices,
    alert_class: AlertClass,
    *,
    clocks: Clocks,
    earlier: Iterable[datetime],
    confirmed: bool,
) -> Verdict:
    """Say whether an alert of a class may reach a follower at the moment of `clocks`.

    `earlier` are the moments (aware) of alerts of the same class that reached them before; those of
    other days do not count. Only a breaking alert that a second person `confirmed` breaks quiet
    hours, and even that one not the cap.
    """
    today, minute, zone = clocks.here(choices.time_zone)
    breaks = confirmed and alert_class is AlertClass.BREAKING
    if choices.quiet and not breaks and choices.quiet.covers(minute):
        return QUIET
    had = sum(moment.astimezone(zone).date() == today for moment in earlier)
    return SEND if had < choices.caps[alert_class] else CAPPED
