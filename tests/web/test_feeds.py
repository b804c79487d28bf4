"""RSS: what a feed reader gets, and that a story keeps its identity through every change."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from dateline import clock
from dateline.stories.services import kills
from dateline.stories.services.publishing import correct_story, update_story
from dateline.web.domain.rss import Channel, Item, write
from tests.factories.newsroom import LEGAL, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, shelve

pytestmark = pytest.mark.django_db


def read(reader, path="/feed.xml"):
    """A feed as an independent reader understands it."""
    answer = reader.get(path)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


def test_a_feed_tells_each_story_whole(reader):
    picture = a_picture(caption="A quay.", credit="VEYRAN TV via KNA", size=(1600, 1000))
    story = a_story(
        "Ferry & boats", standfirst="At <noon>.", byline="KNA", lead_picture=picture, at=NOON
    )

    (entry,) = read(reader).entries

    assert entry.title == "Ferry & boats"
    assert entry.link == f"http://musashi.localhost:8000/world/ferry-boats-{story.pk}"
    assert entry.id == f"urn:dateline:story:{story.pk}"
    assert entry.guidislink is False
    assert entry.summary == "<p>At &lt;noon&gt;.</p>"
    assert entry.author == "KNA"
    assert entry.tags[0].term == "World"
    assert entry.published_parsed[:5] == (2026, 11, 20, 3, 0)
    assert entry.media_content[0]["url"].startswith("http://musashi.localhost:8000/media/pictures/")
    assert entry.media_credit[0]["content"] == "VEYRAN TV via KNA"
    assert entry.enclosures[0].type == "image/jpeg"


def test_a_story_keeps_its_guid_through_updates_and_carries_its_correction(reader):
    story = a_story("Eight islands", at=NOON - HOUR)
    before = read(reader).entries[0]
    update_story(story.pk, by="Ana", changes={"headline": "Islands"}, at=NOON)
    correct_story(
        story.pk, kind="correction", text="There are seven.", by="Ana", at=NOON + HOUR / 4
    )

    (after,) = read(reader).entries

    assert (after.id, after.link) == (before.id, before.link)
    assert after.published == before.published
    assert after.updated == (NOON + HOUR / 4).isoformat(timespec="seconds")
    assert after.summary == "<p>Correction: There are seven.</p>"


def test_a_section_s_feed_holds_its_own_stories_only(reader):
    shelve(["In the world"])
    shelve(["In parliament"], section="politics")

    feed = read(reader, "/politics/feed.xml")

    assert [entry.title for entry in feed.entries] == ["In parliament"]
    assert feed.feed.title == "Musashi: Politics"
    assert feed.feed.link == "http://musashi.localhost:8000/politics/"


def test_a_story_whose_licence_leaves_feeds_out_is_not_in_one(reader):
    a_story("Web only", licensed_uses=("web",))
    a_story("Anywhere")

    assert [entry.title for entry in read(reader).entries] == ["Anywhere"]


def test_an_empty_feed_is_a_feed(reader):
    feed = read(reader)

    assert feed.entries == []
    assert (feed.feed.title, feed.feed.language, feed.feed.rights) == ("Musashi", "en", LEGAL)


def test_a_kill_reaches_a_reader_who_asks_by_etag_or_by_date(reader):
    a_story("Stays", at=NOON)
    killed = a_story("Killed", at=NOON - HOUR)
    first = reader.get("/feed.xml")
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana", at=NOON)

    by_etag = reader.get("/feed.xml", if_none_match=first["ETag"])
    by_date = reader.get("/feed.xml", if_modified_since=first["Last-Modified"])

    assert first["Last-Modified"] == "Fri, 20 Nov 2026 03:00:00 GMT"
    for answer in (by_etag, by_date):
        assert answer.status_code == 200
        assert b"Killed" not in answer.content


def test_characters_xml_forbids_are_left_out():
    channel = Channel(
        title="A\x00b", link="http://a.example/", own_address="http://a.example/feed.xml",
        description="", language="en", copyright="", changed_at=None,
    )  # fmt: skip
    item = Item(
        guid="urn:x:1", title="Bell\x07\ud800", link="http://a.example/1", description="",
        creator="", category="", published_at=NOON, updated_at=NOON, media=None,
    )  # fmt: skip

    feed = feedparser.parse(write(channel, [item]))

    assert not feed.bozo
    assert (feed.feed.title, feed.entries[0].title) == ("Ab", "Bell")


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(
        clock, "now", lambda: datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=4)
    )
    a_masthead()
    return Reader()
