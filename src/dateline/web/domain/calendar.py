"""An event as a file for calendars (iCalendar, RFC 5545)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

LINE = 75  # octets
UNSAID = timedelta(hours=2)  # how long an event is taken to last that does not say


def calendar(
    value: Mapping[str, Any], *, uid: str, url: str, changed_at: datetime, publisher: str
) -> bytes:
    """One event block as a whole file, its moments in UTC.

    `uid` names it for good, so that a calendar that has it changes it. `url` is its story's.
    """
    starts_at: datetime = value["starts_at"]
    ends_at = value["ends_at"] or starts_at + UNSAID
    where = ", ".join(filter(None, (value["venue"], value["address"])))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(publisher)}//Dateline//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_moment(changed_at)}",
        f"DTSTART:{_moment(starts_at)}",
        f"DTEND:{_moment(ends_at)}",
        f"SUMMARY:{_text(value['name'])}",
        f"LOCATION:{_text(where)}",
        f"DESCRIPTION:{_text(value['price'])}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if value['cancelled'] else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """TEXT of RFC 5545, 3.3.11; line ends of any kind become one space."""
    escaped = " ".join(value.split()).replace("\\", "\\\\")
    return escaped.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, none of which parts a character (3.1)."""
    pieces, rest = [b""], line
    for character in rest:
        octets = character.encode()
        room = LINE if len(pieces) == 1 else LINE - 1  # the space that goes on a line counts
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces)
