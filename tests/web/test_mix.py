"""What trends on the sister sites, as readers of a page find it."""

import json

import pytest

from dateline.stories.services import kills
from tests.factories.discussion import a_comment
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, every, one, path_of
from tests.trending.test_block import ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(musashi):
    a_masthead("kinako", sections=("food",))
    return [
        a_story(
            f"Theirs {n}", on=("kinako",), section="food", at=NOON - HOUR,
            lead_picture=a_picture("tea") if n == 0 else None,
            kind="opinion" if n == 1 else "article",
        )
        for n in range(14)
    ]  # fmt: skip


def test_a_story_s_page_ends_with_twelve_of_the_sister_sites(reader, stories):
    ranked(*stories)
    ours = a_story("Ours", at=NOON)

    page = reader.page(path_of(ours))

    assert one(page, "#mix-title") == "Articles, Offers & Useful Resources"
    assert one(page, ".mix-head p") == "A mix of what's trending on our other sites"
    assert every(page, ".mix .mix-item .elsewhere-headline") == [f"Theirs {n}" for n in range(12)]
    assert set(every(page, ".mix .mix-site")) == {"Kinako"}
    link = page.cssselect(".mix .mix-item a")[0]
    assert link.get("href").startswith("http://kinako.localhost")
    assert link.get("href").endswith("#mix")
    assert link.get("data-mix") == str(stories[0].pk)
    assert "Opinion" in every(page, ".mix .mix-item .kicker")[1]
    (image,) = page.cssselect(".mix .mix-picture img")
    assert (image.get("width"), image.get("height")) == ("320", "213")
    assert str(ours.pk) in page.cssselect(".mix")[0].get("data-without").split()
    assert page.cssselect(".mix a[href='/trending/']")


def test_no_mix_where_there_are_no_sister_sites(reader):
    assert not reader.page(path_of(a_story("Alone", at=NOON))).cssselect(".mix")


def test_open_pages_are_told_of_more_than_they_show(reader, stories):
    ranked(*stories)

    answer = reader.get("/trending.json")
    items = json.loads(answer.content)["items"]

    assert [item["title"] for item in items] == [f"Theirs {n}" for n in range(14)]
    assert items[0]["src"].endswith("3x2-320.webp")
    assert items[0]["dense"].endswith("3x2-640.webp")
    assert (items[1]["src"], items[1]["labels"]) == ("", ["Opinion"])
    assert items[0].keys() == items[1].keys()
    assert answer["Cache-Control"] == "no-cache"


def test_anybody_can_read_how_the_list_is_made_and_why_each_story_is_in_it(reader, stories):
    ranked(*stories)

    page = reader.page("/trending/")

    assert one(page, "h1") == "How this list is made"
    reasons = every(page, ".trending-mix li .trending-why")
    assert len(reasons) == 12
    assert reasons[0].startswith("41 readers a day")


def test_what_is_talked_about_most_this_week_stands_on_the_page_too(reader, musashi):
    loud, quiet = a_story("Loud", at=NOON - HOUR), a_story("Quiet", at=NOON - HOUR)
    old, gone = a_story("Old", at=NOON - 200 * HOUR), a_story("Gone", at=NOON - HOUR)
    a_story("Silent", at=NOON - HOUR)
    for story, count in ((loud, 3), (quiet, 1), (old, 4), (gone, 5)):
        for _ in range(count):
            a_comment(story, musashi)
    kills.kill_story(gone.pk, reason="Wrong.", by="ana")

    page = reader.page("/trending/")

    assert every(page, ".trending-page h2")[-1] == "Most discussed this week · Musashi"
    discussed = ".trending-own section:last-of-type li"
    assert every(page, f"{discussed} a") == ["Loud", "Quiet"]
    assert every(page, f"{discussed} .muted") == ["3 Comments", "1 Comment"]


def test_the_page_says_so_where_there_is_nothing_yet(reader):
    assert "There is nothing to list yet." in one(reader.page("/trending/"), ".trending-page")
