"""How long a text takes to read, and how old a story is, as its page says it."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

WORDS_A_MINUTE = 230  # of English, read silently: Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047
CHARACTERS_A_MINUTE = 500  # of Japanese
_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_MARKUP = re.compile(r"<[^>]*>|&[#\w]+;")
# What of a block is read: not a picture's number.
_READ = frozenset({"text", "heading", "quote", "factbox", "wire", "title", "speaker"})


def minutes_of(texts: Iterable[str]) -> int:
    """Return how many minutes a reader takes for these texts together, at least 1."""
    whole = " ".join(texts)
    characters = len(_CHARACTER.findall(whole))
    words = len(_WORD.findall(_CHARACTER.sub(" ", whole)))
    return max(1, math.ceil(characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE - 0.25))


def texts_of(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the words of a body's raw blocks (`type` and `value` each), without their markup."""
    return [
        _MARKUP.sub(" ", text)
        for block in blocks
        if block["type"] in _READ
        for text in _strings(block["value"])
    ]


def _strings(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [str(part) for name, part in value.items() if name in _READ]
    return [str(getattr(value, "source", value))]


def years_old(published_at: datetime, now: datetime, zone: tzinfo) -> int:
    """Return how many whole years ago, by the calendar of `zone`, something was published."""
    then, today = published_at.astimezone(zone), now.astimezone(zone)
    return max(0, today.year - then.year - ((today.month, today.day) < (then.month, then.day)))


def next_birthday(published_at: datetime, now: datetime, zone: tzinfo) -> datetime:
    """Return when `years_old` next changes: the first moment of that day in `zone`, aware."""
    then = published_at.astimezone(zone)
    year = then.year + years_old(published_at, now, zone) + 1
    day = (3, 1) if (then.month, then.day) == (2, 29) and not _is_leap(year) else None
    month, date = day or (then.month, then.day)
    return datetime(year, month, date, tzinfo=zone)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
