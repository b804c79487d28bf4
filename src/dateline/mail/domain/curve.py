"""How much a new way of sending may carry on each of its days: twice as much, step by step."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DOUBLINGS = 14  # then it is warm: 16,384 times the first day's mails, and no limit any more


def allowance(first: int, days: Iterable[tuple[int, int]]) -> int | None:
    """Return how many mails a day may carry; none: it is warm, and there is no limit.

    `days` are the earlier ones, as allowed and taken. A day counts if half of it was used: on a
    way that rests, receivers do not get to know anybody.
    """
    steps = sum(2 * taken >= allowed for allowed, taken in days)
    return None if steps > DOUBLINGS else first * 2**steps


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the day in `zone` at an aware moment."""
    return at.astimezone(zone).date()


def next_day(at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the next day begins in `zone`, in UTC; where clocks skip midnight, after that."""
    following = day_of(at, zone) + timedelta(days=1)
    return datetime.combine(following, time(), zone).astimezone(UTC)
