"""Days as a paper counts them: in its own time zone, whatever the clocks do."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

FIRST_YEAR = 1600  # before there were papers
MONTHS = 12
DAYS_OF_A_WEEK = 7


def begins(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in `zone`, aware UTC; where a clock change skips it, the next."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(year: int, month: int = 1, day: int = 1) -> date | None:
    """A date of the calendar from FIRST_YEAR on, or None where there is no such day."""
    if year < FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_after(first: date) -> date:
    """The first day of the month after the one that begins with `first`."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before the one that begins with `first`."""
    return (first - timedelta(days=1)).replace(day=1)


def months_of(year: int, *, last: date) -> list[date]:
    """The first days of the months of a year, up to the month of `last`."""
    firsts = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    return [first for first in firsts if first <= last]


def days_of(first: date, *, last: date) -> list[date]:
    """The days of the month that begins with `first`, up to `last`."""
    length = (month_after(first) - first).days
    days = [first + timedelta(days=number) for number in range(length)]
    return [day for day in days if day <= last]


def weeks_of(first: date) -> list[list[date | None]]:
    """The month that begins with `first` by weeks from Monday; None before it and after it."""
    days: list[date | None] = [None] * first.weekday()
    days += days_of(first, last=date.max)
    days += [None] * (-len(days) % DAYS_OF_A_WEEK)
    return [days[at : at + DAYS_OF_A_WEEK] for at in range(0, len(days), DAYS_OF_A_WEEK)]


def by_day(
    items: Iterable[T], moment: Callable[[T], datetime], zone: tzinfo
) -> list[tuple[date, Sequence[T]]]:
    """Items in their order, each run of one day under that day."""
    runs = groupby(items, key=lambda item: moment(item).astimezone(zone).date())
    return [(day, list(run)) for day, run in runs]
