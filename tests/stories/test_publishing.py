"""Publish, update, correct, withdraw: one transaction and one fact each."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.edge import keys
from dateline.outbox import models as outbox
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyKilled, NeedsText, NotPublic, StoryRefused
from dateline.stories.domain.gate import Closed
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading
from dateline.stories.services import kills, publishing
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_published_story_is_public_wherever_it_is_placed(daily, kinako):
    story = a_story("Ferry's back", on=("musashi", "kinako"), at=TEN)

    assert (story.live, story.first_published_at, story.last_published_at) == (True, TEN, TEN)
    assert {p.published_at for p in story.placements.all()} == {TEN}
    assert [p.canonical for p in story.placements.order_by("pk")] == [True, False]
    page = reading.story_page(site("kinako"), story.pk, at=TEN)
    assert isinstance(page, StoryPage)
    assert page.card.path == f"/world/ferrys-back-{story.pk}"
    assert page.canonical_url == f"http://musashi.localhost:8000/world/ferrys-back-{story.pk}"
    assert page.elsewhere == (("musashi", page.canonical_url),)
    assert facts("story.published") == [
        {
            "story_id": story.pk,
            "masthead_ids": sorted([daily.pk, kinako.pk]),
            "at": TEN.isoformat(),
            "by": "Ana Mori",
            "card_changed": False,
            "lists": [
                tag
                for title in (daily, kinako)
                for one in (title.sections.get(slug="world").pk, None)
                for tag in (keys.far(keys.list_of(title.pk, one)), keys.list_of(title.pk, one))
            ],
            "closed": False,
        }
    ]


def test_a_draft_is_nowhere(daily):
    story = a_draft()

    assert reading.story_page(site("musashi"), story.pk, at=TEN) is None
    assert reading.front(site("musashi"), at=TEN) == []
    assert not outbox.FactRecord.objects.filter(name__startswith="story.").exists()


def test_an_update_keeps_the_address_and_adds_a_version(daily):
    story = a_story(at=TEN)

    publishing.update_story(
        story.pk, changes={"headline": "Ferry delayed"}, by="Ben", at=TEN + HOUR
    )

    page = reading.story_page(site("musashi"), story.pk, at=TEN + HOUR)
    assert page.card.headline == "Ferry delayed"
    assert page.card.path == f"/world/ferry-returns-to-harbour-{story.pk}"
    assert (page.card.published_at, page.card.updated_at) == (TEN, TEN + HOUR)
    newest, first = reading.versions(story.pk)
    assert (first.number, first.change, first.shown_from, first.shown_until) == (
        1, "published", TEN, TEN + HOUR,
    )  # fmt: skip
    assert (newest.number, newest.change, newest.shown_until) == (2, "update", None)
    assert newest.body == "The ferry came back at noon."
    assert [f["version"] for f in facts("story.updated")] == [2]


def test_an_update_without_a_new_word_is_no_new_version(daily):
    story = a_story(at=TEN)

    publishing.update_story(story.pk, changes={"urgency": 2}, by="Ben", at=TEN + HOUR)

    assert [v.number for v in reading.versions(story.pk)] == [1]
    assert [f["version"] for f in facts("story.updated")] == [1]


def test_a_correction_tells_readers_what_was_wrong(daily):
    story = a_story(at=TEN)

    publishing.correct_story(
        story.pk,
        kind="correction",
        text="The ferry came back at one, not at noon.",
        changes={"body": [("text", "<p>The ferry came back at one.</p>")]},
        by="Ben",
        at=TEN + HOUR,
    )

    page = reading.story_page(site("musashi"), story.pk, at=TEN + HOUR)
    (note,) = page.corrections
    assert (note.kind, note.text, note.at) == (
        "correction", "The ferry came back at one, not at noon.", TEN + HOUR,
    )  # fmt: skip
    assert reading.front(site("musashi"), at=TEN + HOUR)[0].corrected is True
    assert reading.versions(story.pk)[0].note == note.text
    assert [(f["kind"], f["version"]) for f in facts("story.corrected")] == [("correction", 2)]
    story.refresh_from_db()
    assert (story.change_kind, story.change_note) == ("", "")
    assert facts("story.updated") == []


def test_the_next_publish_is_not_called_a_correction_again(daily):
    story = a_story(at=TEN)
    publishing.correct_story(story.pk, kind="clarification", text="At the old pier.", by="Ben")

    publishing.update_story(story.pk, changes={"headline": "Ferry home"}, by="Ben")

    assert models.Correction.objects.count() == 1
    assert reading.versions(story.pk)[0].change == "update"


@pytest.mark.parametrize(
    ("kind", "text", "error", "message"),
    [
        ("correction", "  ", NeedsText, "a correction needs a note for readers"),
        ("update", "x", StoryRefused, "'update' is not a kind of correction"),
    ],
)
def test_a_correction_is_refused_without_kind_or_words(daily, kind, text, error, message):
    story = a_story(at=TEN)

    with pytest.raises(error, match=message):
        publishing.correct_story(story.pk, kind=kind, text=text, by="Ben")

    assert models.Correction.objects.count() == 0


def test_a_correction_typed_without_words_is_refused_whole(daily):
    story = a_story(at=TEN)
    story.headline, story.change_kind = "Wrong", "correction"
    revision = story.save_revision()

    with pytest.raises(NeedsText, match="needs a note for readers"):
        revision.publish()

    story.refresh_from_db()
    assert story.headline == "Ferry returns to harbour"
    assert reading.versions(story.pk)[0].number == 1


@pytest.mark.parametrize("verb", ["update", "correct", "withdraw"])
def test_what_is_not_public_cannot_be_changed_in_public(daily, verb):
    story = a_draft()
    verbs = {
        "update": lambda: publishing.update_story(story.pk, changes={}, by="Ben"),
        "correct": lambda: publishing.correct_story(story.pk, kind="correction", text="x", by="B"),
        "withdraw": lambda: publishing.withdraw_story(story.pk, reason="", by="Ben"),
    }

    with pytest.raises(NotPublic, match=f"Story {story.pk} is not public"):
        verbs[verb]()


def test_a_withdrawn_story_is_gone_and_may_come_back(daily):
    story = a_story(at=TEN)

    publishing.withdraw_story(story.pk, reason="Unclear source.", by="Ben", at=TEN + HOUR)

    assert reading.story_page(site("musashi"), story.pk, at=TEN + HOUR) == Gone(
        story.pk, Closed.NOT_PUBLISHED, TEN + HOUR, None
    )
    assert reading.front(site("musashi"), at=TEN + HOUR) == []
    (fact,) = facts("story.withdrawn")
    assert (fact["reason"], fact["expired"], fact["masthead_ids"]) == (
        "Unclear source.", False, [daily.pk],
    )  # fmt: skip
    assert reading.versions(story.pk)[0].shown_until == TEN + HOUR

    publishing.publish_story(story.pk, by="Ben", at=TEN + 2 * HOUR)
    page = reading.story_page(site("musashi"), story.pk, at=TEN + 2 * HOUR)
    assert page.card.published_at == TEN
    assert [v.number for v in reading.versions(story.pk)] == [2, 1]


def test_withdrawing_keeps_the_public_text_when_a_draft_waits(daily):
    story = a_story(at=TEN)
    story.headline = "Half-written"
    story.save_revision()

    models.Story.objects.get(pk=story.pk).get_latest_revision_as_object().unpublish()

    story.refresh_from_db()
    assert (story.live, story.headline) == (False, "Ferry returns to harbour")


def test_unpublishing_twice_is_one_fact(daily):
    story = a_story(at=TEN)
    stale = models.Story.objects.get(pk=story.pk)
    story.unpublish()

    stale.unpublish()

    assert len(facts("story.withdrawn")) == 1


def test_a_killed_story_cannot_be_published(daily):
    story = a_story(at=TEN)
    kills.kill_story(story.pk, reason="Names a minor.", by="Ben", at=TEN)

    with pytest.raises(AlreadyKilled, match=r"was killed at 10:00 UTC, 20 November\. Reinstate"):
        publishing.publish_story(story.pk, by="Ben")
    with pytest.raises(AlreadyKilled):
        publishing.update_story(story.pk, changes={}, by="Ben")


def test_a_placement_taken_away_is_told_to_its_masthead_too(daily, kinako):
    story = a_story(on=("musashi", "kinako"), at=TEN)
    draft = story.get_latest_revision_as_object()
    draft.placements = [p for p in draft.placements.all() if p.masthead_id == daily.pk]
    draft.save_revision().publish()

    assert facts("story.updated")[0]["masthead_ids"] == sorted([daily.pk, kinako.pk])
    assert reading.story_page(site("kinako"), story.pk, at=datetime.now(UTC)) is None


def test_publishing_costs_few_queries(daily, django_assert_max_num_queries):
    story = a_draft()

    with django_assert_max_num_queries(60):
        publishing.publish_story(story.pk, by="Ben")


@pytest.fixture
def daily():
    return a_masthead()


@pytest.fixture
def kinako():
    return a_masthead("kinako", look="magazine")
