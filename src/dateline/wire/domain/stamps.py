"""Times as telegrams and mails write them: `131137 GMT Nov 13`, `11-13-13 1509GMT`."""

import re
import unicodedata
from datetime import UTC
from email.utils import parsedate_to_datetime

ZONES = {
    "gmt": "+00:00", "utc": "+00:00", "z": "+00:00", "bst": "+01:00", "mez": "+01:00",
    "cet": "+01:00", "mesz": "+02:00", "cest": "+02:00", "jst": "+09:00",
}  # fmt: skip
ZONE = r"\b(?:GMT|UTC|BST|MEZ|CET|MESZ|CEST|JST)\b"
_MONTHS = (
    ("jan", "janv", "ene", "gen"), ("feb", "fev", "fevr"), ("mar", "mars", "mrz", "maerz", "mrt"),
    ("apr", "avr", "abr"), ("may", "mai", "maj", "mei", "mag"), ("jun", "juin", "giu"),
    ("jul", "juil", "lug"), ("aug", "aou", "aout", "ago"), ("sep", "sept", "set"),
    ("oct", "okt", "ott", "out"), ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_CENTURY, _LAST_CENTURY = 100, 70  # a year of two digits is 1970 to 2069
_OF_7901 = re.compile(
    r"(?P<day>[0-9]{2})(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})\s*(?:(?P<zone>[A-Za-z]{1,4})\s+)??"
    r"(?P<month>[^\W\d_]{3,9})\.?(?:\s+(?P<year>[0-9]{2}|[0-9]{4}))?"
)


def number_of(month: str) -> int | None:
    """Return 1 to 12 for a month in English, German, French, Spanish, Italian or Portuguese."""
    bare = unicodedata.normalize("NFD", month.casefold())
    name = "".join(one for one in bare if not unicodedata.combining(one)).rstrip(".")
    return next((_NUMBER[name[:size]] for size in (5, 4, 3) if name[:size] in _NUMBER), None)


def iso(
    *, year: str, month: str | int | None, day: str, hour: str, minute: str, zone: str | None
) -> str | None:
    """Return ISO 8601 without an offset where no zone is given; None for an unknown one.

    Whether the parts make a real time is not checked here
    (`instants.read_instant` does).
    """
    number = number_of(month) if isinstance(month, str) and not month.isdigit() else month
    offset = ZONES.get(zone.lower()) if zone else ""
    if number is None or offset is None:
        return None
    whole = int(year)
    if whole < _CENTURY:
        whole += 1900 if whole >= _LAST_CENTURY else 2000
    return f"{whole:04d}-{int(number):02d}-{int(day):02d}T{hour:0>2}:{minute}{offset}"


def of_7901(text: str) -> str | None:
    """Return the time of IPTC 7901's last line, day hour minute [zone] month [year], as ISO 8601.

    A line that is a time but not understood (no year, a strange zone) comes back as it is; None
    where the line is no time.
    """
    found = _OF_7901.fullmatch(text.strip())
    if not found:
        return None
    parts = found.groupdict()
    return (iso(**parts) if parts["year"] else None) or text.strip()


def of_mail(sent: str | None) -> str | None:
    """Return a date of RFC 5322 (mail, RSS) as ISO 8601; anything else as it is, None for nothing.

    -0000 is UTC, as the standard has it. A zone by letters that it does not know (JST) is none, so
    the time comes back without an offset, as one does that names no zone.
    """
    if not sent:
        return None
    try:
        moment = parsedate_to_datetime(sent)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return sent
    if moment.tzinfo is None and sent.rstrip().endswith("-0000"):
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat()


def day_of(moment: str | None) -> str | None:
    """Return the day of an ISO time, digits only, None where it is no ISO time."""
    found = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T", moment or "")
    return "".join(found.groups()) if found else None
