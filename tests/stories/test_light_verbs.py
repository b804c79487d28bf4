"""What a verb leaves out because it knows the answer already, and what it still writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, TaskState

from dateline.stories import models
from dateline.stories.services import publishing
from dateline.stories.services.drafting import draft_story, save_person, save_topic
from dateline.stories.services.log_entries import note_published
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def corrected(story, **changes):
    """The story, after a correction of these fields."""
    publishing.correct_story(
        story.pk, kind="correction", text="It was wrong.", changes=changes, by="Ana Mori"
    )
    return models.Story.objects.get(pk=story.pk)


def entries(story):
    """What the history of a story says, as far as two entries can be compared."""
    rows = ModelLogEntry.objects.filter(object_id=f"{story.pk}").order_by("pk")
    return [
        (row.action, row.label, row.data, row.content_changed, row.deleted, row.user, row.uuid,
         row.revision_id, row.content_type.model_class())
        for row in rows
    ]  # fmt: skip


def test_a_correction_asks_the_database_for_little(story):
    corrected(story, headline="Once")  # writes SQL that is kept

    with CaptureQueriesContext(connection) as queries:
        corrected(story, headline="Twice")

    assert len(queries) <= 30
    assert not [q for q in queries if 'UPDATE "stories_placement"' in q["sql"]]
    assert not [q for q in queries if 'UPDATE "stories_byline"' in q["sql"]]
    assert sum("django_tasks_database" in q["sql"] for q in queries) <= 2


def test_a_correction_leaves_the_row_at_its_newest_revision(story):
    now = corrected(story, headline="Put right")

    newest = now.revisions.order_by("-pk")[0]
    assert (now.latest_revision, now.live_revision) == (newest, newest)
    assert not now.has_unpublished_changes
    assert newest.content["headline"] == now.headline == "Put right"


def test_a_text_for_later_is_the_newest_revision_and_waits(story):
    publishing.update_story(
        story.pk, changes={"headline": "Later", "go_live_at": datetime(2999, 1, 1, tzinfo=UTC)},
        by="Ana Mori",
    )  # fmt: skip

    now = models.Story.objects.get(pk=story.pk)
    newest = now.revisions.order_by("-pk")[0]
    assert (now.headline, now.live) == ("Ferry's back", True)
    assert now.latest_revision == newest != now.live_revision
    assert newest.approved_go_live_at


def test_who_and_where_are_written_when_they_change(story):
    ben = save_person(slug="ben", name="Ben Ito")
    placement = story.placements.get()
    placement.pinned_rank = 3

    now = corrected(
        story, placements=[placement], bylines=[models.Byline(person_id=ben, sort_order=0)]
    )

    assert now.placements.get().pinned_rank == 3
    assert [byline.person.name for byline in now.bylines.all()] == ["Ben Ito"]
    assert [byline.person.name for byline in corrected(now, headline="X").bylines.all()] == [
        "Ben Ito"
    ]


def test_who_is_taken_away_is_away(story):
    assert corrected(story, bylines=[]).bylines.count() == 0


def test_the_history_says_what_wagtail_would_have_written(story):
    by_wagtail = a_story("Ferry's back", at=TEN)
    editor = an_editor()
    with LogContext(user=editor) as context:
        corrected(story, headline="Put right")
    ours = [entry for entry in entries(story) if entry[6] == context.uuid]

    by_wagtail.headline = "Put right"
    with context:
        by_wagtail.save_revision().publish()

    theirs = [entry for entry in entries(by_wagtail) if entry[6] == context.uuid]
    assert [(*entry[:7], entry[8]) for entry in ours] == [
        (*entry[:7], entry[8]) for entry in theirs
    ]
    assert [entry[0] for entry in ours] == ["wagtail.rename", "wagtail.publish"]
    assert {entry[7] for entry in ours} == {story.revisions.order_by("-pk")[0].pk}


def test_without_another_headline_it_was_not_renamed(story):
    revision, before = story.latest_revision, len(entries(story))

    note_published(
        revision, before=story, after=story, action="wagtail.publish", user=None, changed=False
    )

    told = entries(story)[before:]
    assert [(entry[0], entry[3], entry[5]) for entry in told] == [("wagtail.publish", False, None)]


def test_a_correction_ends_the_workflow_the_story_was_in(story, two_pairs_of_eyes, editor):
    two_pairs_of_eyes.start(story, editor)
    assert story.current_workflow_state

    now = corrected(story, headline="Put right")

    assert now.current_workflow_state is None
    assert set(TaskState.objects.values_list("status", flat=True)) == {"cancelled"}


def test_a_draft_is_stored_once_and_queued_once():
    a_masthead("musashi")
    a_draft("Warm up")

    with CaptureQueriesContext(connection) as queries:
        a_draft("Ferry's back")

    assert sum('UPDATE "stories_story"' in q["sql"] for q in queries) == 1  # its revision
    asked = [q["sql"] for q in queries if "django_tasks_database" in q["sql"]]
    assert sum("update_reference_index" in sql for sql in asked) <= 2  # is it waiting? then put it
    assert len(asked) <= 8


def test_what_a_draft_is_about_is_kept_with_it():
    a_masthead("musashi")
    save_topic(slug="ferries", name="Ferries")

    draft = models.Story.objects.get(
        pk=draft_story(headline="Ferry's back", topics=("ferries",), body=[("heading", "Back")])
    )

    assert [topic.slug for topic in draft.topics.all()] == ["ferries"]
    assert draft.latest_revision.content["topics"] == [draft.topics.get().pk]


def test_there_is_no_verb_for_a_story_that_is_not_there(story):
    with pytest.raises(models.Story.DoesNotExist, match=r"no story 0"):
        publishing.withdraw_story(0, reason="", by="Ana Mori")


@pytest.fixture
def story():
    a_masthead("musashi")
    save_person(slug="hana", name="Hana Kurosawa")
    return a_story("Ferry's back", at=TEN, people=("hana",))
