"""Headlines on trial: in lists of one title only, complete without a script, gone in a moment."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from dateline import clock
from dateline.stories.services import headlines
from dateline.stories.services.publishing import correct_story
from dateline.trending.domain.beacons import parse
from dateline.trending.domain.views import Kind, Source
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, path_of, shelve

pytestmark = pytest.mark.django_db

OTHERS = ["The ferry is back", "Harbour: <ferry> returns"]
SCRIPT = "/static/trending/headlines.js"
TRIED = "tried-headline"


@pytest.fixture
def story(musashi, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    a_masthead("kinako", sections=("world",))
    shelve([f"Story number {n}" for n in range(9)])
    return a_story("Ferry returns", on=("musashi",), short_headline="Ferry is back?", at=NOON)


def show(story, texts, number=0):
    headlines.show_in_lists(story.pk, story.placements.get().masthead_id, texts, number=number)


def try_out(story):
    show(story, ["Ferry is back?", *OTHERS], number=7)


@pytest.mark.parametrize("path", ["/", "/world/"])
def test_a_list_carries_every_headline_and_shows_the_storys_own(story, path):
    before = Reader().page(path)
    assert not before.cssselect(f"script[src='{SCRIPT}'], {TRIED}")
    try_out(story)
    page = Reader().page(path)

    (card,) = page.cssselect(TRIED)
    assert dict(card.attrib) == {"data-story": str(story.pk), "data-mark": "7", "data-arms": "3"}
    own, *others = card.cssselect("span")
    assert own.text == "Ferry returns"
    assert [one.text for one in others] == OTHERS
    assert [one.get("hidden") for one in (own, *others)] == [None, "", ""]
    (script,) = page.cssselect(f"script[src='{SCRIPT}']")
    assert script.get("type") is None  # it chooses before anything is painted
    assert script.getnext().get("rel") == "stylesheet"


def test_nothing_else_shows_them(story):
    try_out(story)
    for path in (path_of(story), "/feed.xml", "/new.json", "/world/feed.xml"):
        assert OTHERS[0] not in Reader().get(path).content.decode(), path
    assert OTHERS[0] not in str(Reader().page("/").cssselect("script[type*=ld]"))
    assert OTHERS[0] not in Reader("kinako.localhost").get("/").content.decode()


def test_a_headline_that_has_won_stands_without_a_script(story):
    show(story, OTHERS[:1])
    page = Reader().page("/")

    assert OTHERS[0] in every(page, ".card-headline")
    assert not page.cssselect(f"{TRIED}, script[src='{SCRIPT}']")
    assert headlines.show_own(story.pk, story.placements.get().masthead_id)
    assert not headlines.show_own(story.pk, story.placements.get().masthead_id)
    assert "Ferry returns" in every(Reader().page("/"), ".card-headline")


def test_a_corrected_headline_is_shown_before_anybody_has_heard_of_it(story):
    try_out(story)
    correct_story(
        story.pk, kind="correction", text="A boat.", by="Ana", changes={"headline": "Boat returns"}
    )
    page = Reader().page("/")

    assert "Boat returns" in every(page, ".card-headline")
    assert not page.cssselect(TRIED)


def test_latest_headlines_are_tried_too(story):
    later = [a_story(f"New {n}", on=("musashi",), at=NOON) for n in range(9)]
    for one in later:
        show(one, [one.headline, f"Other {one.pk}"], number=one.pk)

    shown = Reader().page("/").cssselect(f".latest {TRIED}")
    assert shown
    assert shown[0].cssselect("span")[1].text.startswith("Other ")


def test_the_script_is_small_and_keeps_nothing():
    script = Path(finders.find("trending/headlines.js")).read_text()

    assert len(gzip.compress(script.encode(), 9)) <= 1_200
    for kept in ("cookie", "setItem", "sessionStorage", "indexedDB"):
        assert kept not in script
    assert "globalPrivacyControl" in script


def test_what_the_script_sends_is_what_the_collector_reads():
    script = Path(finders.find("trending/headlines.js")).read_text()
    assert {int(kind) for kind in re.findall(r"tell\((\d), ", script)} == {
        Kind.HEADLINE_SEEN, Kind.HEADLINE_CLICKED,
    }  # fmt: skip
    (form,) = re.findall(r"`(1\.\S+?)`", script)
    for name, value in {"story": "7", "kind": "6", "mark": "43199", "arm": "3"}.items():
        form = form.replace(f"${{{name}}}", value)

    assert parse(form.encode()) == (7, Kind.HEADLINE_SEEN, Source.INTERNAL, 43_199, 3)
