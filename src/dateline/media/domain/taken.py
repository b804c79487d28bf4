"""When a picture was taken: three blocks, many notations, and often no zone."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

_FIRST_YEAR, _LAST_YEAR = 1826, 2200  # the oldest photograph; agencies send 0001-01-01 for "none"
_QUARTER = (
    900  # seconds: no zone lies off a quarter of an hour (wrong offsets occur, GIMP writes them)
)
_FURTHEST = 14 * 3600
_IIM_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IIM_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})([+-]\d{2})(\d{2})")
_EXIF_TIME = re.compile(r"(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})")


class Said(NamedTuple):
    """What one block says: its name, and a time in ISO 8601 as far as it could be read."""

    block: str
    value: str


def from_iim(date: str | None, time: str | None) -> str | None:
    """Join 2:55 (CCYYMMDD) and 2:60 (HHMMSS±HHMM) to ISO 8601; unreadable parts are left out."""
    day = _IIM_DATE.fullmatch(date or "")
    if day is None:
        return date
    clock = _IIM_TIME.fullmatch(time or "")
    iso = "-".join(day.groups())
    return iso if clock is None else "{}T{}:{}:{}{}:{}".format(iso, *clock.groups())


def from_exif(taken_at: str | None, offset: str | None) -> str | None:
    """Join DateTimeOriginal and OffsetTimeOriginal to ISO 8601."""
    found = _EXIF_TIME.fullmatch(taken_at or "")
    if found is None:
        return taken_at
    year, month, day, clock = found.groups()
    return f"{year}-{month}-{day}T{clock}{offset or ''}"


def decide(said: list[Said]) -> tuple[datetime | None, tuple[str, ...]]:
    """Choose the time a picture was taken, in UTC.

    The first block whose time has a zone decides, in the order given. A time
    without a zone is not guessed: when there is no better one the answer is
    None with a warning that tells what was found.
    """
    warnings: list[str] = []
    for block, value in said:
        moment = _moment(value)
        if moment is None:
            warnings.append(f"{block} says it was taken at {value[:40]!r}, which is no time.")
        elif moment.tzinfo is None:
            warnings.append(f"{block} says it was taken at {value[:40]!r}, without a time zone.")
        else:
            return moment.astimezone(UTC), ()
    return None, tuple(warnings)


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    offset = moment.utcoffset()
    if offset is None:
        return moment
    seconds = offset.total_seconds()
    return moment if abs(seconds) <= _FURTHEST and seconds % _QUARTER == 0 else None
