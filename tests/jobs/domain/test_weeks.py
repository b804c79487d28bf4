"""Weeks of the ISO calendar, when their drafts are due, and what keeps a series from starting."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from dateline.jobs.domain.round_up import body, intro
from dateline.jobs.domain.weeks import (
    SeriesTerms,
    Week,
    due_at,
    headline,
    problems_of,
    series_name,
    week_of,
)
from tests.factories.jobs import TERMS

GOOD = SeriesTerms(
    pattern="{year} Top Jobs in Japan Week {week}", section="world", weekday=3, time=time(9)
)


@pytest.mark.parametrize(
    ("at", "zone", "week"),
    [
        ("2025-07-24T00:00+00:00", "Asia/Tokyo", Week(2025, 30)),
        ("2026-12-31T15:00+00:00", "Asia/Tokyo", Week(2026, 53)),
        ("2024-12-29T15:00+00:00", "Asia/Tokyo", Week(2025, 1)),
        ("2024-12-29T15:00+00:00", "UTC", Week(2024, 52)),
    ],
)
def test_the_week_is_that_of_the_title_s_clock(at, zone, week):
    assert week_of(datetime.fromisoformat(at), zone) == week


def test_a_draft_is_due_at_its_hour_on_the_title_s_clock_in_summer_too():
    assert due_at(Week(2025, 30), 3, time(9), "Asia/Tokyo") == datetime(2025, 7, 24, tzinfo=UTC)
    new_york = "America/New_York"
    assert due_at(Week(2025, 30), 3, time(9), new_york).hour == 13
    assert due_at(Week(2025, 50), 3, time(9), new_york).hour == 14
    skipped = due_at(Week(2025, 10), 6, time(2, 30), new_york)
    assert skipped == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)


def test_the_headline_has_the_week_s_numbers():
    assert headline(GOOD.pattern, Week(2025, 30)) == "2025 Top Jobs in Japan Week 30"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pattern": ""}, "pattern: It needs 1 to 100 characters."),
        ({"pattern": "x{year}{week}" * 20}, "pattern: It needs 1 to 100 characters."),
        (
            {"pattern": "Top Jobs"},
            "pattern: It has no {year} and no {week}: two weeks would look alike.",
        ),
        ({"pattern": "{year} {week} {0.x}"}, "pattern: Only {year} and {week} stand in braces."),
        ({"section": "food"}, "section: The title has no section 'food'."),
        ({"how_many": 0}, "how_many: It lists 1 to 30 jobs, not 0."),
    ],
)
def test_what_keeps_a_series_from_starting_is_said(wrong, said):
    found = problems_of(replace(GOOD, **wrong), sections=frozenset({"world"}))

    assert list(map(str, found)) == [said]
    assert problems_of(GOOD, sections=frozenset({"world"})) == []


def test_the_draft_has_a_paragraph_a_job_and_links():
    job = replace(TERMS, title="<Editor>", text="word " * 100)

    first, end = body([("https://x.example/jobs/1-e/", job)], board="https://x.example/jobs/",
                      language="en")  # fmt: skip

    assert '<h3><a href="https://x.example/jobs/1-e/">&lt;Editor&gt;</a></h3>' in first
    assert "<b>Minasato Press · Minasato · Full-time · Japanese: None needed</b>" in first
    assert first.endswith("word…</p>")
    assert (
        end == '<p><a href="https://x.example/jobs/">Every open position is on the board</a>.</p>'
    )


def test_the_draft_speaks_its_title_s_language():
    first, end = body([("u", TERMS)], board="b", language="ja")

    assert "正社員 · 日本語: 不問" in first
    assert end.endswith("</a>。</p>")
    assert intro(Week(2025, 30), 4, language="ja").startswith("2025年第30週")
    assert intro(Week(2025, 30), 4, language="en") == (
        "The newest positions on our board in week 30 of 2025: 4 of them."
    )


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{year} Top Jobs in Japan Week {week}", "Top Jobs in Japan"),
        ("Jobs: week {week} of {year}", "Jobs"),
        ("週間求人 {year}年第{week}週", "週間求人"),
        ("{year} {week}", "Jobs"),
    ],
)
def test_all_weeks_of_a_series_have_one_name(pattern, name):
    assert series_name(pattern) == name
