"""A card is drawn once for what it says, and is never shown for anything else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline import clock
from dateline.media.models import Picture
from dateline.stories.services.publishing import correct_story
from dateline.web.templatetags import cards
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, one, shelve
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db

FRONT = ("musashi.localhost", "/")


def test_a_front_draws_no_card_that_it_drew_before(reader):
    shelve([f"Story number {n}" for n in range(9)])
    first = reader.get("/").content
    drawn = cards._drawn.cache_info().misses

    assert reader.get("/").content == first
    assert cards._drawn.cache_info().misses == drawn > 0


def test_a_changed_headline_is_drawn_and_nothing_else(reader):
    stories = shelve([f"Story number {n}" for n in range(9)])
    reader.get("/")
    drawn = cards._drawn.cache_info().misses

    correct_story(
        stories[0].pk, kind="clarification", text="It is.", changes={"headline": "News"}, by="Ana"
    )

    assert "News" in every(reader.page("/"), ".card-headline")
    assert cards._drawn.cache_info().misses == drawn + 1


def test_what_a_page_depends_on_is_written_down_for_cards_that_were_drawn_before(on_top):
    first = Kept().fill(*FRONT)

    assert Kept().fill(*FRONT).note == replace(first.note, start=Kept().fill(*FRONT).note.start)
    assert any(tag.startswith("p:") for tag in first.note.hard)


def test_a_picture_that_may_not_be_shown_any_more_leaves_a_card_that_was_drawn(reader, on_top):
    assert reader.page("/").cssselect(".card-lead img")

    Picture.objects.update(usable_until=NOON - timedelta(seconds=1))

    assert not reader.page("/").cssselect(".card-lead img")


def test_a_card_of_this_morning_shows_its_day_on_the_next(reader, on_top, monkeypatch):
    assert one(reader.page("/"), ".card-lead time") == "12:00"

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1))

    assert one(reader.page("/"), ".card-lead time") == "20 Nov"


def test_each_title_has_its_own_language_and_hour(on_top):
    reader = Reader()
    english = one(reader.page("/"), ".card-lead time")
    a_masthead("musashi-ja", language="ja", time_zone="Europe/London")
    a_story("雪", on=("musashi-ja",), at=NOON)

    japanese = one(Reader("musashi-ja.localhost").page("/"), ".card-lead time")

    assert (english, japanese) == ("12:00", "03:00")


@pytest.fixture
def on_top(musashi):
    """One story with a picture, published this very moment."""
    return a_story("Snow at last", at=NOON, lead_picture=a_picture())
