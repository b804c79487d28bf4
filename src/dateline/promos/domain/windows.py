"""When a campaign runs: days and parts of days on a masthead's own clock, as moments of UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
EVERY_DAY = frozenset(range(7))
LONGEST_DAYS = 400  # a campaign that runs for longer is booked again
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of some weekdays (0 is Monday), in minutes since midnight of the masthead's clock.

    From `start` up to, not including, `end`; 1440 is the end of the day.
    """

    days: frozenset[int]
    start: int
    end: int


WHOLE_DAY = DayPart(EVERY_DAY, 0, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a campaign, both included, in the time zone `zone`; no parts: all day."""

    first_day: date
    last_day: date
    zone: str
    parts: tuple[DayPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to, not including, `end`; both aware UTC."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.end - self.start).total_seconds()


def problems_of(window: Window) -> list[str]:
    """Say what is wrong with a window, in sentences; nothing where it can be used."""
    if window.last_day < window.first_day:
        return [f"It ends on {window.last_day} before it begins on {window.first_day}."]
    if (window.last_day - window.first_day).days >= LONGEST_DAYS:
        return [f"It runs for more than {LONGEST_DAYS} days. Book it in parts."]
    found = [problem for part in window.parts for problem in _problems_of_part(part)]
    if not found and not spans(window):
        found = ["It has no days: no part of a day falls between its first and last one."]
    return found


def _problems_of_part(part: DayPart) -> list[str]:
    if not part.days or not part.days <= EVERY_DAY:
        return ["A part of the day needs weekdays from 0 (Monday) to 6."]
    if not 0 <= part.start < part.end <= DAY_MINUTES:
        found = (
            f"A part of the day from {part.start} to {part.end} minutes: one ends after it begins, "
            f"and by {DAY_MINUTES}; one over midnight is two parts."
        )
        return [found]
    return []


def spans(window: Window) -> tuple[Span, ...]:
    """Return when the window is open, in order, merged where one ends as the next begins.

    Wall-clock times that a change of clocks leaves out mean the moment of the change; of those it
    has twice, a part begins with the first and ends with the last.
    """
    zone = ZoneInfo(window.zone)
    days = (window.last_day - window.first_day).days + 1
    found = [
        Span(_moment(day, part.start, zone, last=False), _moment(day, part.end, zone, last=True))
        for day in (window.first_day + timedelta(days=n) for n in range(days))
        for part in window.parts or (WHOLE_DAY,)
        if day.weekday() in part.days
    ]
    return _merged(span for span in sorted(found, key=_start) if span.start < span.end)


def _start(span: Span) -> datetime:
    return span.start


def _merged(ordered: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in ordered:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _moment(day: date, minutes: int, zone: ZoneInfo, *, last: bool) -> datetime:
    """The moment of a wall-clock time; midnight of the next day is the end of this one."""
    day, minutes = day + timedelta(days=minutes // DAY_MINUTES), minutes % DAY_MINUTES
    midnight = minutes == 0 and last  # where midnight comes twice, the old day ends with the first
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    late = wall.replace(fold=1 if last and not midnight else 0)
    at = late.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return at
    return _change_before(wall.replace(fold=0).astimezone(UTC), zone)


def _change_before(at: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks were put forward, at most a few hours before `at`."""
    offset = at.astimezone(zone).utcoffset()
    while (at - MINUTE).astimezone(zone).utcoffset() == offset:
        at -= MINUTE
    return at


def is_open(times: Sequence[Span], at: datetime) -> bool:
    """Whether a campaign with these spans runs at `at` (aware)."""
    return any(span.start <= at < span.end for span in times)


def next_change(times: Sequence[Span], at: datetime) -> datetime | None:
    """The next moment after `at` at which a span begins or ends; None after the last."""
    edges = [moment for span in times for moment in (span.start, span.end) if moment > at]
    return min(edges, default=None)
