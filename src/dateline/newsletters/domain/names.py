"""What people say of themselves, made fit to be kept: a name, a language, a time zone."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

LONGEST_NAME = 120
# Marks that join letters in several scripts, though Unicode files them under "format".
JOINERS = frozenset({"\u200c", "\u200d"})
NEVER = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LANGUAGES = {"en": "English", "ja": "日本語"}


def clean_name(typed: str) -> str:
    """Return a name as it is kept: NFC, one space between words, at most 120 characters.

    Controls, marks that turn the direction of writing, and half characters are left out: a name
    stands in mails, where they would break a line or hide what follows.
    """
    text = unicodedata.normalize("NFC", typed)
    kept = "".join(" " if ch.isspace() else ch for ch in text if _may_stay(ch))
    return " ".join(kept.split())[:LONGEST_NAME].strip()


def known_zone(typed: str) -> str:
    """A time zone of the IANA database as it is written there; empty for anything else."""
    return typed if typed in zones() else ""


def known_language(typed: str) -> str:
    """A language that mails and pages are written in; empty for anything else."""
    return typed if typed in LANGUAGES else ""


@cache
def zones() -> tuple[str, ...]:
    """Every zone that somebody may choose: places, not abbreviations; in the order of names."""
    places = (zone for zone in available_timezones() if "/" in zone)
    return ("UTC", *sorted(zone for zone in places if not zone.startswith(("Etc/", "SystemV/"))))


def _may_stay(ch: str) -> bool:
    return ch.isspace() or ch in JOINERS or unicodedata.category(ch) not in NEVER
