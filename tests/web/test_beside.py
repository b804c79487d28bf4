"""What stands around a story: its age and length, the next one, others of its subject, tools."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.stories import models
from dateline.stories.queries.beside import CANDIDATES, related
from dateline.stories.services import kills
from dateline.stories.services.drafting import save_topic
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, every, links, one, path_of, shelve
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)


def test_others_on_the_same_subject_stand_beside_a_story_each_once(reader, tagged):
    story = a_story("This one", at=NOON)
    shelve(["Near"])
    tagged(story, *shelve(["Next", "Older", "Oldest"], section="politics"))
    shelve(["Of nothing"], section="politics")

    page = reader.page(path_of(story))

    assert every(page, "#related-title ~ .card .card-headline")[:3] == ["Next", "Older", "Oldest"]
    assert one(page, "#related-title") == "On the same subject"
    headlines = every(page, ".rail .card-headline, .story-next a")
    assert len(headlines) == len(set(headlines))


def test_neither_sensitive_nor_killed_nor_other_titles_stories_are_related(musashi, tagged):
    a_masthead("kinako")
    story, killed = a_story("This one", at=NOON), a_story("Killed", at=NOON)
    shown = shelve(["Shown", "Left out"])
    tagged(
        story,
        killed,
        *shown,
        *shelve(["Sensitive"], sensitive=True),
        *shelve(["There"], on="kinako"),
    )
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana", at=NOON)

    assert [card.headline for card in beside(story, without=[shown[1].pk])] == ["Shown"]


def test_a_story_without_topics_asks_once_and_has_none(musashi):
    story = a_story(at=NOON)

    assert beside(story) == []


def test_the_cost_is_the_same_for_many_stories_of_many_topics(musashi, tagged):
    story = a_story(at=NOON)
    tagged(story, *shelve(["One"]))
    few = cost_of(story)
    for slug in ("a", "b", "c", "d"):
        tagged(story, *shelve([f"{slug}{n}" for n in range(CANDIDATES)]), slug=slug)

    assert cost_of(story) == few == 2
    assert len(beside(story)) == 4


def test_a_page_falls_with_a_related_story_and_at_the_end_of_its_rights(musashi, tagged):
    story = a_story(at=NOON)
    (other,) = shelve(["Other"], rights_until=LATER + HOUR)
    tagged(story, other)

    with edge.collecting() as page:
        assert [card.headline for card in beside(story)] == ["Other"]

    assert keys.card(other.pk) in page.hard
    assert page.closes == (LATER + HOUR).timestamp()


def test_an_old_story_says_how_old_it_is_until_it_is_older(reader, monkeypatch):
    story = a_story("Old", at=NOON - timedelta(days=3 * 366))

    page = reader.page(path_of(story))

    assert one(page, ".story-age") == "This story is 3 years old."
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(days=2 * 366))
    assert one(reader.page(path_of(story)), ".story-age") == "This story is 1 year old."


def test_a_young_story_does_not_speak_of_its_age_but_of_its_length(reader):
    page = reader.page(path_of(a_story(at=NOON, body=[("text", f"<p>{'word ' * 690}</p>")])))

    assert not page.cssselect(".story-age")
    assert one(page, ".story-length") == "3 min read"


def test_a_story_can_be_handed_on_without_a_script_and_tools_wait_for_one(reader):
    page = reader.page(path_of(a_story("Ferry & co", at=NOON)))

    shared = [a for a in links(page) if "musashi.localhost%3A8000" in a]
    assert shared[0].startswith("mailto:?subject=Ferry%20%26%20co&body=")
    assert len(shared) == 6
    assert {b.get("data-do") for b in page.cssselect(".tools-own button")} == {
        "share", "copy", "save", "smaller", "larger", "times", "ruby", "since",
    }  # fmt: skip
    assert page.cssselect("[data-tools]")[0].get("data-zone") == "Asia/Tokyo"


def test_the_chain_says_how_the_picture_was_made_and_that_a_text_was_translated(reader):
    provider = a_provider()
    item = a_wire_item(provider, language="ja")
    picture = a_picture(credit="A/B", digital_source_type="digitalCapture")
    story = a_story("Wire", provider=provider, wire_item=item, at=NOON, lead_picture=picture)

    chain = one(reader.page(path_of(story)), ".chain dl")

    assert "Translated from 日本語" in chain
    assert "Picture A/B · photograph" in chain


def test_a_picture_of_which_nothing_is_known_is_no_part_of_the_chain(reader):
    story = a_story("Wire", at=NOON, lead_picture=a_picture())

    assert "Picture" not in one(reader.page(path_of(story)), ".chain dl")


def test_saved_stories_have_a_page_that_says_what_it_needs(reader):
    page = reader.page("/saved/")

    assert one(page, "h1") == "Saved stories"
    assert "scripts are off" in one(page, "noscript")
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"
    assert page.cssselect("[data-saved]")


def test_ruby_stays_in_a_text(reader):
    body = [("text", "<p><ruby>武蔵<rp>(</rp><rt>むさし</rt><rp>)</rp></ruby></p>")]

    page = reader.page(path_of(a_story(at=NOON, body=body)))

    assert page.cssselect(".prose ruby rt")[0].text == "むさし"


def beside(story, without=()):
    return related(mastheads.by_slug("musashi"), story.pk, without=without, at=LATER, limit=4)


def cost_of(story):
    mastheads.by_slug("musashi")
    with CaptureQueriesContext(connection) as queries:
        site = mastheads.by_slug("musashi")
        before = len(queries)
        related(site, story.pk, without=(), at=LATER, limit=4)
    return len(queries) - before


@pytest.fixture
def tagged():
    """tagged(*stories): put them under one topic."""

    def put(*stories, slug="ferries"):
        topic = save_topic(slug=slug, name=slug.title())
        rows = models.Story.topics.through
        rows.objects.bulk_create(rows(story_id=story.pk, topic_id=topic) for story in stories)

    return put
