"""Plain typing made to look printed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dateline.demo.domain.wording import bare, inline, told, with_days, with_quotes

FRIDAY = datetime(2026, 11, 27, 1, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Go," she said.', "“Go,” she said."),
        ("urges gunners to train 'for a real storm'", "urges gunners to train ‘for a real storm’"),
        ("It's the Haradas' dog", "It’s the Haradas’ dog"),
        ("\"'Go' is what I said\"", "“‘Go’ is what I said”"),
        ('(the "gate")', "(the “gate”)"),
        ('**"Two"**', "**“Two”**"),
    ],
)
def test_quotes_open_and_close(typed, printed):
    assert with_quotes(typed) == printed


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("on {day}", "en", "on Friday"),
        ("on {day-1} night", "en", "on Thursday night"),
        ("on {day+3}", "en", "on Monday"),
        ("until {date+4}", "en", "until 1 December"),
        ("{day}午後", "ja", "27日午後"),
        ("{day+4}に", "ja", "1日に"),
        ("{other} stays", "en", "{other} stays"),
    ],
)
def test_days_count_from_the_day_of_publishing(typed, language, said):
    assert with_days(typed, at=FRIDAY, language=language) == said


def test_japanese_keeps_its_own_quotes():
    assert told(at=FRIDAY, language="ja")("「'{day}'」") == "「'27日'」"
    assert told(at=FRIDAY, language="en")("'{day}'") == "‘Friday’"


def test_marks_become_html_and_nothing_else_does():
    assert inline("**Hot** & *cold* <b>") == "<b>Hot</b> &amp; <i>cold</i> &lt;b&gt;"
    assert bare("**Hot** & *cold* <b>") == "Hot & cold <b>"
