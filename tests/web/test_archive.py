"""The archive by year, month and day, as the paper counts its days."""

import pytest

from dateline.mastheads.models import Masthead
from dateline.stories.queries import listings
from dateline.stories.services import kills
from tests.factories.newsroom import a_story
from tests.factories.web import HOUR, NOON, every, links, one, shelve

pytestmark = pytest.mark.django_db


def test_the_archive_leads_from_its_years_to_the_stories_of_a_day(reader):
    a_story("In October", at=NOON - 31 * 24 * HOUR)
    a_story("At noon", at=NOON)

    years, year = reader.page("/archive/"), reader.page("/archive/2026/")
    month, day = reader.page("/archive/2026/11/"), reader.page("/archive/2026/11/20/")

    assert (one(years, "h1"), every(years, ".calendar-years a")) == ("Archive", ["2026"])
    assert one(year, "h1") == "2026"
    assert every(year, ".calendar-months a") == ["October", "November"]
    assert every(year, ".calendar-months span")[-1] == "September"
    assert one(month, "h1") == "November 2026"
    assert every(month, ".calendar a") == ["20"]
    assert every(month, ".calendar th")[0] == "Mon"
    assert (one(day, "h1"), every(day, ".index-headline")) == (
        "Friday 20 November 2026", ["At noon"],
    )  # fmt: skip
    assert every(day, ".index-time") == ["12:00"]
    assert "/archive/2026/11/19/" in links(day)
    assert "/archive/2026/11/21/" not in links(day)  # it has not begun
    assert "/archive/2026/11/20/" in links(reader.page("/archive/2026/11/19/"))


def test_the_archive_of_a_new_paper_is_this_year(reader):
    assert every(reader.page("/archive/"), ".calendar-years span") == ["2026"]
    month = reader.page("/archive/2026/11/")
    assert (every(month, ".calendar a"), len(every(month, ".calendar span"))) == ([], 30)
    assert month.cssselect('meta[name="robots"][content="noindex"]')
    assert one(reader.page("/archive/2026/11/20/"), ".empty h2") == "No stories on this day"


@pytest.mark.parametrize("path", [
    "2027/", "2026/12/", "2026/11/21/", "2026/11/31/", "2025/02/29/", "2026/00/", "2026/13/",
    "0000/", "0001/01/01/", "9999/12/31/", "2026/1/", "2026/11/20/?page=2", "2026/11/20/?page=x",
])  # fmt: skip
def test_a_day_that_was_not_has_no_page(reader, path):
    reader.page(f"/archive/{path}", status=404)


def test_a_day_is_that_of_the_paper_where_clocks_change(reader, musashi):
    Masthead.objects.update(time_zone="America/New_York")
    long_day = NOON.replace(month=11, day=1, hour=4)  # midnight in New York, summer time
    a_story("First minute", at=long_day)
    a_story("Hour 25", at=long_day + 24.5 * HOUR)
    a_story("The next", at=long_day + 25 * HOUR)
    a_story("The last", at=long_day - HOUR / 60)

    assert every(reader.page("/archive/2026/11/01/"), ".index-headline") == [
        "Hour 25", "First minute",
    ]  # fmt: skip
    assert every(reader.page("/archive/2026/11/02/"), ".index-headline") == ["The next"]
    assert every(reader.page("/archive/2026/11/"), ".calendar a") == ["1", "2"]


def test_a_busy_day_has_pages(reader, musashi, monkeypatch):
    monkeypatch.setattr(listings, "DAY_PAGE", 2)
    shelve(["One", "Two", "Three"])

    first = reader.page("/archive/2026/11/20/")

    assert every(first, ".index-headline") == ["One", "Two"]
    assert "/archive/2026/11/20/?page=2" in links(first)
    assert every(reader.page("/archive/2026/11/20/?page=2"), ".index-headline") == ["Three"]


def test_a_day_of_which_nothing_may_be_shown_is_no_link(reader):
    story = a_story("At noon", at=NOON)

    kills.kill_story(story.pk, reason="Wrong.", by="Ana")

    assert every(reader.page("/archive/2026/11/"), ".calendar a") == []
    assert every(reader.page("/archive/2026/"), ".calendar-months a") == []
    assert every(reader.page("/archive/"), ".calendar-years a") == []
