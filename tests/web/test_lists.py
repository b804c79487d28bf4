"""Lists of stories by topic, person and agency, what was corrected, what is read most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.mastheads.models import Section
from dateline.stories import models
from dateline.stories.queries import listings
from dateline.stories.services import kills
from dateline.stories.services.drafting import Place, draft_story, save_person, save_topic
from dateline.stories.services.publishing import (
    correct_story,
    publish_story,
    update_story,
    withdraw_story,
)
from dateline.stories.services.subjects import delete_topic
from dateline.trending.domain.rank import ListKind, Reason
from dateline.trending.models import RankedList
from tests.factories.discussion import a_comment
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, every, links, one, path_of
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def written(headline, *, topics=(), people=(), at=NOON, on=("musashi",), **fields):
    """A public story about topics, by people; returns its row."""
    story_id = draft_story(
        headline=headline, topics=topics, people=people, fields=fields,
        places=[Place(masthead=slug, section="world") for slug in on],
    )  # fmt: skip
    publish_story(story_id, by="Ana", at=at)
    return models.Story.objects.get(pk=story_id)


def headlines(reader, path):
    return every(reader.page(path), ".index-headline")


@pytest.fixture
def ferries(musashi):
    return save_topic(slug="ferries", name="Ferries & boats")


@pytest.mark.usefixtures("ferries")
def test_a_topic_lists_its_stories_under_their_days(reader):
    first = written("First boat", topics=["ferries"], at=NOON - DAY)
    written("Second boat", topics=["ferries"], at=NOON, standfirst="It came at noon.")
    written("A bus", at=NOON)

    page = reader.page("/topics/ferries/")

    assert one(page, "h1") == "Ferries & boats"
    assert every(page, ".index-date") == ["Friday 20 November 2026", "Thursday 19 November 2026"]
    assert every(page, ".index-headline") == ["Second boat", "First boat"]
    assert every(page, ".index-standfirst") == ["It came at noon."]
    assert path_of(first) in links(page)
    assert "/archive/2026/11/19/" in links(page)
    assert "/topics/ferries/" in links(reader.page(path_of(first)))


@pytest.mark.usefixtures("ferries")
def test_all_topics_with_stories_stand_on_one_page(reader):
    save_topic(slug="snow", name="Snow")
    assert one(reader.page("/topics/"), ".empty h2") == "No stories here yet"
    written("First boat", topics=["ferries"])

    page = reader.page("/topics/")

    assert every(page, ".index-names a") == ["Ferries & boats"]
    assert "/topics/ferries/" in links(page)


@pytest.mark.usefixtures("ferries")
def test_a_list_is_read_page_by_page_and_ends_honestly(reader, monkeypatch):
    monkeypatch.setattr(listings, "PAGE", 2)
    for number in range(3):
        written(f"Boat {number}", topics=["ferries"], at=NOON - number * HOUR)

    first, second = reader.page("/topics/ferries/"), reader.page("/topics/ferries/?page=2")

    assert every(first, ".index-headline") == ["Boat 0", "Boat 1"]
    assert "/topics/ferries/?page=2" in links(first)
    assert every(second, ".index-headline") == ["Boat 2"]
    assert "/topics/ferries/" in links(second)
    assert second.cssselect('link[rel="canonical"]')[0].get("href").endswith("?page=2")
    for page in ("3", "0", "01", "-1", "x", "99999999", "１"):
        reader.page(f"/topics/ferries/?page={page}", status=404)


@pytest.mark.usefixtures("ferries")
def test_a_topic_without_stories_says_so_and_is_not_for_search_engines(reader):
    page = reader.page("/topics/ferries/")

    assert one(page, ".empty h2") == "No stories here yet"
    assert page.cssselect('meta[name="robots"][content="noindex"]')
    for path in ("/topics/none/", "/people/none/", "/agencies/none/"):
        reader.page(path, status=404)


def test_a_person_has_a_page_with_portrait_and_stories(reader):
    portrait = a_picture("ana", size=(800, 1000))
    save_person(slug="ana", name="Ana Mori", role="Reporter", about="At sea.", portrait=portrait)
    save_person(slug="ben", name="Ben Ito")
    story = written("By both", people=["ben", "ana"])

    page = reader.page("/people/ana/")
    other = reader.page("/people/ben/")

    assert one(page, "h1") == "Ana Mori"
    assert (one(page, ".kicker"), one(page, ".section-standfirst")) == ("Reporter", "At sea.")
    assert page.cssselect(".index-portrait img")
    assert one(page, ".index-by") == "Ben Ito, Ana Mori"
    assert (one(other, ".kicker"), every(other, ".index-portrait")) == ("Our people", [])
    assert {"/people/ana/", "/people/ben/"} <= set(links(reader.page(path_of(story))))
    assert '"@type":"Person"' in reader.get("/people/ana/").content.decode()


def test_an_agency_has_a_page_and_the_source_chain_leads_there(reader):
    kna = a_provider()
    story = written("From the wire", provider=kna, byline="KNA")

    page = reader.page("/agencies/kna/")

    assert one(page, "h1") == "KNA"
    assert every(page, ".index-headline") == ["From the wire"]
    assert "/agencies/kna/" in links(reader.page(path_of(story)))


def test_what_was_corrected_stands_by_the_moment_of_the_correction(reader):
    old = written("Old", at=NOON - DAY)
    new = written("New", at=NOON - HOUR)
    written("Right", at=NOON)
    assert one(reader.page("/corrections/"), ".empty h2") == "Nothing has been corrected"
    correct_story(new.pk, kind="clarification", text="In metres.", by="A", at=NOON - HOUR / 2)
    correct_story(old.pk, kind="correction", text="It was red.", by="A", at=NOON - HOUR / 4)
    correct_story(new.pk, kind="correction", text="Two boats.", by="A", at=NOON - HOUR / 8)
    update_story(new.pk, changes={"headline": "Newer"}, by="A", at=NOON)

    page = reader.page("/corrections/")

    assert every(page, ".index-headline") == ["Newer", "Old"]
    notes = every(page, ".index-note")
    assert notes[0] == "Correction Two boats."
    assert notes[1].startswith("Clarification · 20 November 2026, 11:30 JST In metres.")
    assert notes[2] == "Correction It was red."
    reader.page("/corrections/?page=2", status=404)
    reader.page("/corrections/?page=x", status=404)


def test_a_topic_added_later_or_taken_away_is_followed(reader, ferries):
    story = written("A boat")
    draft = story.get_latest_revision_as_object()
    draft.topics.add(models.Topic.objects.get(pk=ferries))
    draft.save_revision()
    publish_story(story.pk, by="Ana", at=NOON)
    assert headlines(reader, "/topics/ferries/") == ["A boat"]

    delete_topic(ferries, by="Ana")

    reader.page("/topics/ferries/", status=404)
    assert not models.ListedUnder.objects.exists()


@pytest.mark.parametrize("close", [
    lambda pk: kills.kill_story(pk, reason="Wrong.", by="Ana"),
    lambda pk: kills.withhold_story(pk, reason="Doubts.", by="Ana"),
    lambda pk: withdraw_story(pk, reason="Wrong.", by="Ana"),
], ids=["killed", "withheld", "withdrawn"])  # fmt: skip
@pytest.mark.usefixtures("ferries")
def test_what_is_closed_stands_in_no_list(reader, close):
    save_person(slug="ana", name="Ana Mori")
    story = written("Boat", topics=["ferries"], people=["ana"], provider=a_provider())
    correct_story(story.pk, kind="correction", text="Two.", by="A", at=NOON)
    paths = ("/topics/ferries/", "/people/ana/", "/agencies/kna/", "/corrections/")
    day = "/archive/2026/11/20/"
    assert [headlines(reader, path) for path in (*paths, day)] == [["Boat"]] * 5

    close(story.pk)

    assert [headlines(reader, path) for path in (*paths, day)] == [[]] * 5
    assert every(reader.page("/topics/"), ".index-names a") == []
    assert "/archive/2026/11/20/" not in links(reader.page("/archive/2026/11/"))


@pytest.mark.usefixtures("ferries")
def test_each_title_lists_its_own(reader):
    a_masthead("kinako")
    written("Here", topics=["ferries"])
    written("There", topics=["ferries"], on=("kinako",))

    assert headlines(reader, "/topics/ferries/") == ["Here"]
    assert headlines(Reader("kinako.localhost"), "/topics/ferries/") == ["There"]


def test_most_read_are_those_that_were_ranked_and_may_be_shown(reader, musashi):
    assert one(reader.page("/most-read/"), ".empty h2") == "No stories here yet"
    first, second = written("First"), written("Second")
    a_comment(second, musashi, at=NOON)
    RankedList.objects.create(
        masthead=musashi, kind=ListKind.READ, made_at=NOON,
        items=[_ranked(story) for story in (second, first)],
    )  # fmt: skip
    kills.kill_story(first.pk, reason="Wrong.", by="Ana")

    page = reader.page("/most-read/")

    assert every(page, ".ranks-title") == ["Most read now", "Most discussed this week"]
    assert every(page, ".rank-list h3") == ["Second", "Second"]


def _ranked(story):
    placement = story.placements.get()
    return {
        "placement": placement.pk, "story": story.pk, "site": placement.masthead_id,
        "section": placement.section_id, "reason": Reason.READ,
    }  # fmt: skip


@pytest.mark.usefixtures("ferries")
def test_a_list_asks_as_much_for_many_as_for_one(reader):
    save_person(slug="ana", name="Ana Mori")
    kna = a_provider()
    everything = {"topics": ["ferries"], "people": ["ana"], "provider": kna}
    paths = {
        "/topics/ferries/": 6, "/people/ana/": 6, "/agencies/kna/": 6, "/corrections/": 6,
        "/topics/": 4, "/archive/": 5, "/archive/2026/": 4, "/archive/2026/11/": 4,
        "/archive/2026/11/20/": 5, "/most-read/": 4,
    }  # fmt: skip
    one_story = written("One", **everything)
    correct_story(one_story.pk, kind="correction", text="Two.", by="A", at=NOON)
    few = {path: asked(reader, path) for path in paths}
    for number in range(12):
        story = written(f"Boat {number}", **everything, at=NOON - number * HOUR / 60)
        correct_story(story.pk, kind="correction", text="Two.", by="A", at=NOON)

    assert {path: asked(reader, path) for path in paths} == few == paths


def asked(reader, path):
    """How many queries a page asks, once its SQL is written and its title is known."""
    counted = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            reader.page(path)
        counted.append(len(queries))
    return min(counted)


def test_lists_speak_the_language_of_their_title(reader):
    a_masthead("nippo", language="ja")
    written("渡し船", on=("nippo",))
    paper = Reader("nippo.localhost")

    assert one(paper.page("/archive/2026/11/20/"), "h1") == "2026年11月20日（金）"
    assert one(paper.page("/archive/2026/11/"), "h1") == "2026年11月"
    assert one(paper.page("/archive/2026/"), "h1") == "2026年"
    assert one(paper.page("/corrections/"), "h1") == "訂正"
    assert Section.objects.filter(masthead__slug="nippo").exists()
