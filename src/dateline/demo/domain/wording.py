"""Small things that make plain typing look printed: quotes, days, inline marks."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape

_OPEN_ONE, _CLOSE_ONE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_OPEN_TWO, _CLOSE_TWO = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_PLACEHOLDER = re.compile(r"\{(day|date)([+-][0-9]+)?\}")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def with_quotes(text: str) -> str:
    """Typewriter quotes, single and double, as a printer would set them; apostrophes too."""
    text = re.sub(r'(^|[\s(\[—/*])"', rf"\1{_OPEN_TWO}", text)
    text = text.replace('"', _CLOSE_TWO)
    text = re.sub(rf"(^|[\s(\[—/*{_OPEN_TWO}])'", rf"\1{_OPEN_ONE}", text)
    return text.replace("'", _CLOSE_ONE)


def with_days(text: str, *, at: datetime, language: str) -> str:
    """Put days in for `{day}`, `{day-1}` and `{date+2}`, counted from `at` (aware, local time).

    English gets a weekday, or a day and month; Japanese the day of the month, as newspapers write.
    """

    def said(match: re.Match[str]) -> str:
        day = at + timedelta(days=int(match[2] or 0))
        if language == "ja":
            return f"{day.day}日"
        if match[1] == "date":
            return f"{day.day} {_MONTHS[day.month - 1]}"
        return _WEEKDAYS[day.weekday()]

    return _PLACEHOLDER.sub(said, text)


def inline(text: str) -> str:
    """HTML of one paragraph: `**strong**` and `*emphasis*`, everything else escaped."""
    marked = escape(text, quote=False)
    marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", marked)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", marked)


def bare(text: str) -> str:
    """The same without the marks, for places that take plain text."""
    return re.sub(r"\*\*?(.+?)\*\*?", r"\1", text)


def told(*, at: datetime, language: str) -> Callable[[str], str]:
    """A function that makes typed text ready for readers who read it on the day of `at`."""

    def ready(text: str) -> str:
        dated = with_days(text, at=at, language=language)
        return dated if language == "ja" else with_quotes(dated)

    return ready
