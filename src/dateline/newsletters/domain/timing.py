"""When an edition is due: wall-clock times in a list's zone or each reader's, also on DST days."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
WEEK = 7


def zone_of(name: str, fallback: str) -> ZoneInfo:
    """The zone a reader told, or, where it is none we know, the list's; UTC where that is none."""
    for one in (name, fallback):
        try:
            return ZoneInfo(one)
        except (ValueError, ZoneInfoNotFoundError, OSError):
            continue
    return ZoneInfo("UTC")


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `wall` on `day`.

    Where they show it twice (clocks go back) it is the first time; where they never do (clocks go
    forward) it is as long after the leap as the time lies after its beginning, RFC 5545, 3.3.5.
    """
    return datetime.combine(day, wall, tzinfo=zone).replace(fold=0).astimezone(UTC)


def due_at(day: date, wall: time, *, reader_zone: str, list_zone: str) -> datetime:
    """When one reader gets an edition that comes at `wall` on `day` by their own clock, in UTC."""
    return moment(day, wall, zone_of(reader_zone, list_zone))


def next_slot(
    after: datetime, *, days: Collection[int], wall: time, zone: ZoneInfo
) -> tuple[date, datetime]:
    """The first day (0 is Monday) of a rhythm whose moment comes after `after`, and that moment.

    Raises:
        ValueError: the rhythm has no day.

    """
    day = after.astimezone(zone).date() - DAY
    for _ in range(WEEK + 2):
        found = moment(day, wall, zone)
        if day.weekday() in days and found > after:
            return day, found
        day += DAY
    raise ValueError("A rhythm needs a day of the week.")
