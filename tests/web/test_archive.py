"""The archive by year, month and day, as the paper counts its days."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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

    assert (one(years, "h1"), every(years, ".calendar-year h2 a")) == ("Archive", ["2026"])
    assert every(years, ".calendar-months a") == ["October", "November"]
    assert {"/archive/2026/", "/archive/2026/10/", "/archive/2026/11/"} <= set(links(years))
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
    first = reader.page("/archive/")
    assert (every(first, ".calendar-year h2"), len(every(first, ".calendar-months span"))) == (
        ["2026"], 11,
    )  # fmt: skip
    month = reader.page("/archive/2026/11/")
    assert (every(month, ".calendar a"), len(every(month, ".calendar span"))) == ([], 30)
    assert month.cssselect('meta[name="robots"][content="noindex"]')
    assert one(reader.page("/archive/2026/11/20/"), ".empty h2") == "No stories on this day"


def test_years_before_the_two_newest_stand_below_their_months(reader):
    a_story("Now", at=NOON)
    a_story("Then", at=NOON.replace(year=2023))

    page = reader.page("/archive/")

    assert every(page, ".calendar-year h2") == ["2026", "2025", "Earlier years"]
    assert [len(year.cssselect("li")) for year in page.cssselect(".calendar-months")] == [11, 12]
    assert every(page, ".calendar-years li") == ["2024", "2023"]
    assert every(page, ".calendar-years a") == ["2023"]
    assert every(page, ".calendar-months a") == ["November"]


def test_a_month_and_a_year_lead_to_those_around_them(reader):
    a_story("Now", at=NOON)
    a_story("Then", at=NOON.replace(year=2025, month=12))

    november, january = reader.page("/archive/2026/11/"), reader.page("/archive/2026/01/")
    first = reader.page("/archive/2025/12/")

    assert every(november, "nav.pager a") == ["Archive", "Earlier: October 2026"]
    assert steps_of(november) == {"next": "/archive/2026/10/"}
    assert steps_of(january) == {"prev": "/archive/2026/02/", "next": "/archive/2025/12/"}
    assert steps_of(first) == {"prev": "/archive/2026/01/"}  # nothing is older
    assert steps_of(reader.page("/archive/2026/")) == {"next": "/archive/2025/"}
    assert steps_of(reader.page("/archive/2025/")) == {"prev": "/archive/2026/"}


def test_a_paper_without_an_older_story_leads_nowhere_from_its_first_month(reader):
    story = a_story("Now", at=NOON)
    assert not steps_of(reader.page("/archive/2026/11/"))
    before = a_story("Then", at=NOON - 60 * 24 * HOUR)
    assert steps_of(reader.page("/archive/2026/11/")) == {"next": "/archive/2026/10/"}

    kills.kill_story(before.pk, reason="Wrong.", by="Ana")

    assert not reader.page("/archive/2026/11/").cssselect("nav.pager")
    assert story.live


@pytest.mark.parametrize(("path", "queries"), [("", 3), ("2026/", 2), ("2026/11/", 2)])
def test_the_archive_asks_as_little_of_a_long_one_as_of_a_short_one(reader, path, queries):
    a_story("Now", at=NOON)
    reader.page(f"/archive/{path}")  # what every page of a title asks is kept from here on
    for year in range(2010, 2026):
        a_story(f"In {year}", at=NOON.replace(year=year))

    with CaptureQueriesContext(connection) as asked:
        reader.page(f"/archive/{path}")

    assert len([q for q in asked if "stories_placement" in q["sql"]]) == queries


def steps_of(page):
    """Where a page leads back and forth, by the relation."""
    return {a.get("rel"): a.get("href") for a in page.cssselect("nav.pager a[rel]")}


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
    assert every(reader.page("/archive/"), ".calendar-months a") == []
