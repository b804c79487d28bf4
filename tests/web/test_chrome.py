"""What stands around and beside a page is drawn once for what it says, and noted each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline import clock
from dateline.mastheads.services import save_masthead
from dateline.media.models import Picture
from dateline.stories.services.publishing import correct_story
from dateline.web.templatetags import chrome
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, one, path_of, shelve
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db

FRONT = ("musashi.localhost", "/")
DRAWN = (chrome._header, chrome._footer, chrome._join, chrome._box, chrome._headlines)


def drawn():
    """How often each of them was drawn in this process."""
    return [memory.cache_info().misses for memory in DRAWN]


def test_a_second_front_draws_nothing_around_its_stories_again(reader, beside):
    shelve([f"Story number {n}" for n in range(20)])
    first = reader.get("/").content
    before = drawn()

    assert reader.get("/").content == first
    assert drawn() == before
    assert every(reader.page("/"), ".latest h3")
    assert every(reader.page("/"), ".lead-more li")


def test_two_stories_of_a_section_share_all_but_their_ways_to_join(reader, beside):
    one_, other = shelve(["One", "Another"])
    reader.get(path_of(one_))
    before = drawn()

    reader.get(path_of(other))

    header, footer, join, box, headlines = before
    assert drawn() == [header, footer, join + 1, box, headlines]


def test_the_picture_beside_is_written_down_for_a_box_that_was_drawn_before(beside):
    first = Kept().fill(*FRONT)
    before = drawn()

    second = Kept().fill(*FRONT)

    assert drawn() == before
    assert second.note == replace(first.note, start=second.note.start)
    assert f"p:{beside.lead_picture_id}" in first.note.hard


def test_a_picture_that_may_not_be_shown_any_more_leaves_a_box_that_was_drawn(reader, beside):
    assert reader.page("/").cssselect(".elsewhere-title img")

    Picture.objects.update(usable_until=NOON - timedelta(seconds=1))

    assert not reader.page("/").cssselect(".elsewhere-title img")
    assert every(reader.page("/"), ".elsewhere-headline") == ["Tea in the snow"]


def test_a_box_and_the_newest_show_a_changed_headline_at_once(reader, beside):
    stories = shelve([f"Story number {n}" for n in range(9)])
    reader.get("/")
    for story in (beside, *stories):
        correct_story(
            story.pk, kind="clarification", text="It is.", by="Ana",
            changes={"headline": f"{story.headline}, put right"},
        )  # fmt: skip

    page = reader.page("/")

    assert every(page, ".elsewhere-headline") == ["Tea in the snow, put right"]
    newest = every(page, ".latest h3 > a")
    assert newest
    assert all(headline.endswith("put right") for headline in newest)


def test_a_title_that_is_renamed_is_renamed_around_every_page(reader, beside):
    reader.get("/")
    kinako = beside.placements.get().masthead
    kinako.name, kinako.legal_line = "Kinako Weekly", "©2026 Kinako"
    save_masthead(kinako, by="Ana")

    assert "Kinako Weekly" in every(reader.page("/"), ".foot-titles strong")
    assert "Kinako Weekly" in every(reader.page("/"), ".elsewhere-title h3")
    assert one(Reader("kinako.localhost").page("/"), ".legal") == "©2026 Kinako"


def test_the_next_day_has_another_head(reader, monkeypatch):
    today = one(reader.page("/"), ".today")

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1))

    assert one(reader.page("/"), ".today") == "Saturday 21 November 2026" != today


@pytest.fixture
def beside(musashi):
    """The newest story of another title, with its picture."""
    a_masthead("kinako")
    return a_story("Tea in the snow", on=("kinako",), at=NOON, lead_picture=a_picture())
