"""When rights end: an honest page without a word of the text, and the thread to be read."""

from datetime import UTC, datetime

import pytest

from dateline.discussion.services import decisions
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.stories import models
from dateline.stories.domain.pages import Gone
from dateline.stories.queries import reading
from dateline.stories.services import kills
from dateline.stories.services.drafting import save_topic
from tests.factories.discussion import a_comment, a_moderator, a_reader
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, every, links, one, path_of, shelve
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
ENDED = NOON - HOUR


def test_says_what_it_was_whose_it_was_and_when_it_ended(reader, expired):
    page = reader.page(path_of(expired), status=410)

    assert one(page, "h1") == "Ferry returns"
    assert one(page, ".said") == (
        "This story can no longer be shown in full. KNA let us show it for a limited time, and that "
        "time is over. Its text and pictures are gone from this page. What readers said about it "
        "stays."
    )
    assert "Ended 20 November 2026, 11:00 JST" in one(page, ".story-times")
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"
    assert not page.cssselect(
        "script[type='application/ld+json'], link[rel=canonical], .standfirst"
    )


def test_not_a_word_of_the_text_nor_a_picture_is_left(reader, expired):
    body = reader.get(path_of(expired)).content.decode()

    assert "came back at noon" not in body
    assert "He watched" not in body
    assert "/media/" not in body


def test_a_text_of_our_own_keeps_its_standfirst(reader):
    story = a_story("Ours", at=NOON - 2 * HOUR, rights_until=ENDED, standfirst="What it was.")

    page = reader.page(path_of(story), status=410)

    assert one(page, ".standfirst") == "What it was."
    assert "It was published for a limited time" in one(page, ".said")


def test_the_thread_stays_to_be_read_and_takes_nothing(reader, musashi):
    story = a_story("Two", at=NOON - 2 * HOUR, rights_until=ENDED)
    rows = models.Story.objects.filter(pk=story.pk)
    rows.update(rights_until=None)
    first = a_comment(story, musashi, text="I was there.", author=a_reader("Rin"), at=NOON)
    a_comment(story, musashi, text="So was I.", answers_id=first.pk, at=NOON)
    rude = a_comment(story, musashi, text="You fool.", at=NOON)
    a_comment(story, musashi, text="Be kind.", answers_id=rude.pk, at=NOON)
    decisions.remove(rude.pk, by=a_moderator(musashi).pk, expected=1, rule=1, at=NOON)
    rows.update(rights_until=ENDED)

    page = reader.page(path_of(story), status=410)

    assert every(page, ".comment-text") == ["I was there.", "So was I.", "Be kind."]
    assert len(page.cssselect(".comment-gone")) == 1
    assert not page.cssselect("form textarea, .vote, .comment-reply, .thread-join")
    assert not [a for a in links(page) if "/comments/" in a]


def test_leads_on_to_the_newest_of_its_subject_else_of_its_section(reader, expired):
    shelve(["Near"])
    assert every(reader.page(path_of(expired), status=410), ".rail .card-headline") == ["Near"]

    (same,) = shelve(["Same subject"], section="politics")
    topic = save_topic(slug="ferries", name="Ferries")
    through = models.Story.topics.through.objects
    for story in (expired, same):
        through.create(story_id=story.pk, topic_id=topic)

    newest = every(reader.page(path_of(expired), status=410), ".rail .card-headline")
    assert newest == ["Same subject"]


@pytest.mark.parametrize(
    "also",
    [{"sensitive": True}, {"licensed_mastheads": ("kinako",)}, {"expire_at": ENDED}],
    ids=lambda also: next(iter(also)),
)
def test_nothing_is_kept_where_more_than_rights_shut_the_gate(reader, also):
    story = a_story("Two", at=NOON - 2 * HOUR, rights_until=ENDED, **also)

    page = reader.page(path_of(story), status=410)

    assert one(page, "h1") == "This story has expired"
    assert "Two" not in page.text_content()


def test_a_killed_story_keeps_nothing_whatever_its_rights(reader, expired):
    kills.kill_story(expired.pk, reason="Wrong.", by="Ana", at=NOON)

    assert one(reader.page(path_of(expired), status=410), "h1") == "This story was withdrawn"


def test_a_story_whose_rights_ended_before_readers_saw_it_keeps_nothing(musashi):
    story = a_story("Two", at=NOON, rights_until=ENDED)

    found = reading.story_page(mastheads.by_slug("musashi"), story.pk, at=NOW)

    assert isinstance(found, Gone)
    assert found.kept is None


def test_the_page_comes_back_with_its_rights(reader, expired):
    with edge.collecting() as page:
        reader.get(path_of(expired))
    models.Story.objects.filter(pk=expired.pk).update(rights_until=None)

    assert keys.story(expired.pk) in page.hard
    assert one(reader.page(path_of(expired)), ".story-body") == "The ferry came back at noon."


@pytest.fixture
def expired(musashi):
    """Agency copy with a picture whose rights ended an hour ago."""
    a_masthead("kinako")
    return a_story(
        "Ferry returns", at=NOON - 2 * HOUR, rights_until=ENDED, provider=a_provider(),
        standfirst="He watched a drill.", lead_picture=a_picture(caption="A quay."),
    )  # fmt: skip
