"""When something happened, as agencies write it, and what is missing from it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

# XML Schema dateTime, ISO 8601 basic (NITF) and the blank that BusinessDesk puts for the T.
_TIME = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})[T ]"
    r"([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"\s*(Z|z|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(Z|[+-][0-9]{2}:?[0-9]{2})?")
_FIRST_YEAR = 1900  # 0001-01-01 and its like are placeholders, not dates
_LAST_ZONE = timezone(timedelta(hours=-12))  # a day ends here last ...
_FIRST_ZONE = timezone(timedelta(hours=14))  # ... and begins here first


class Doubt(StrEnum):
    """Why a time cannot be taken at its word."""

    UNREADABLE = "unreadable"
    DAY_ONLY = "day only"
    NO_ZONE = "no zone"


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in UTC, or the outer bound of what may be meant, and the doubt about it."""

    at: datetime | None
    doubt: Doubt | None = None


def read_instant(text: str, *, zone: str | None, late: bool) -> Instant:
    """Read a time as an agency wrote it.

    `zone` is the provider's IANA name, used where the text has no offset. `late` says which way to
    err when the text leaves room: True gives the last moment that may be meant (embargoes), False
    the first (expiry). A day without a time, or a time without any zone, comes with its doubt and
    that bound; an unreadable or placeholder text has no moment. Standard: XML Schema dateTime and
    ISO 8601. Raises nothing.
    """
    stripped = text.strip()
    try:
        if found := _TIME.fullmatch(stripped):
            return _moment(found, zone, late=late)
        if found := _DAY.fullmatch(stripped):
            return _day(found, zone, late=late)
    except (ValueError, OverflowError):  # a 31st of February; a year that leaves the calendar
        pass
    return Instant(None, Doubt.UNREADABLE)


def _moment(found: re.Match[str], zone: str | None, *, late: bool) -> Instant:
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    clock = time(int(hour), int(minute), int(second or 0), micro)
    wall = datetime.combine(date(int(year), int(month), int(day)), clock)
    if wall.year < _FIRST_YEAR:
        return Instant(None, Doubt.UNREADABLE)
    if offset:
        return Instant(wall.replace(tzinfo=_offset(offset)).astimezone(UTC))
    if zone:
        return Instant(_in_zone(wall, ZoneInfo(zone), late=late))
    return Instant(_in_zone(wall, _LAST_ZONE if late else _FIRST_ZONE, late=late), Doubt.NO_ZONE)


def _day(found: re.Match[str], zone: str | None, *, late: bool) -> Instant:
    year, month, day, offset = found.groups()
    named = date(int(year), int(month), int(day))
    if named.year < _FIRST_YEAR:
        return Instant(None, Doubt.UNREADABLE)
    place: tzinfo = _LAST_ZONE if late else _FIRST_ZONE
    if offset:
        place = _offset(offset)
    elif zone:
        place = ZoneInfo(zone)
    wall = datetime.combine(named + timedelta(days=1) if late else named, time())
    return Instant(_in_zone(wall, place, late=late), Doubt.DAY_ONLY)


def _in_zone(wall: datetime, place: tzinfo, *, late: bool) -> datetime:
    """Return `wall` in UTC; where a clock change makes it two moments, the later or the earlier."""
    both = [wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(both) if late else min(both)


def _offset(text: str) -> timezone:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if text[0] == "-" else away)
