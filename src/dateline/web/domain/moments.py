"""When what a page says of time turns: the day at its head, a time that becomes a date."""

from datetime import datetime, time, timedelta, tzinfo

FRESH = timedelta(hours=18)


def is_fresh(at: datetime, now: datetime, zone: tzinfo) -> bool:
    """Whether a list at `now` shows the time of `at` rather than its day. Both are aware."""
    return now - at < FRESH and at.astimezone(zone).date() == now.astimezone(zone).date()


def fresh_until(at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """When a list turns from the time of `at` to its day, for an `at` that is fresh at `now`."""
    return min(at + FRESH, next_midnight(now, zone))


def next_midnight(now: datetime, zone: tzinfo) -> datetime:
    """The beginning of the next day in `zone`, aware; where a clock change skips it, soon after."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)
