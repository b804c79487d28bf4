"""Schedule and embargo: a story is public at its moment, and until then nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from dateline.stories import models
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.queries import reading
from dateline.stories.services import kills, publishing
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_scheduled_story_appears_at_its_moment(daily):
    story = a_draft()
    later = datetime.now(UTC) + HOUR

    publishing.schedule_story(story.pk, go_live_at=later, by="Ben")

    assert [f["go_live_at"] for f in facts("story.scheduled")] == [later.isoformat()]
    assert publishing.publish_due(at=later - timedelta(minutes=1)) == 0
    assert reading.front(site("musashi"), at=later) == []


def test_publish_due_makes_it_public_with_its_fact(daily, monkeypatch):
    story = a_draft()
    later = datetime.now(UTC) + HOUR
    publishing.schedule_story(story.pk, go_live_at=later, by="Ben")
    monkeypatch.setattr("dateline.clock.now", lambda: later)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert (publishing.publish_due(), publishing.publish_due()) == (1, 0)

    assert [c.headline for c in reading.front(site("musashi"), at=later)] == [story.headline]
    assert [f["by"] for f in facts("story.published")] == ["the schedule"]


def test_a_story_killed_after_scheduling_stays_dead(daily, monkeypatch):
    story = a_draft()
    later = datetime.now(UTC) + HOUR
    publishing.schedule_story(story.pk, go_live_at=later, by="Ben")
    revision = story.revisions.latest("pk")
    kills.kill_story(story.pk, reason="Names a minor.", by="Ben")
    story.revisions.filter(pk=revision.pk).update(approved_go_live_at=later)

    assert publishing.publish_due(at=later) == 0

    story.refresh_from_db()
    assert story.live is False
    assert not story.revisions.exclude(approved_go_live_at=None).exists()


def test_the_past_is_no_moment_for_a_schedule(daily):
    story = a_draft()

    with pytest.raises(StoryRefused, match="2020-01-01 00:00 UTC is past"):
        publishing.schedule_story(story.pk, go_live_at=datetime(2020, 1, 1, tzinfo=UTC), by="Ben")


def test_an_expired_story_leaves_by_itself(daily):
    story = a_story(at=TEN, expire_at=TEN + HOUR)

    assert publishing.publish_due(at=TEN + HOUR) == 1

    story.refresh_from_db()
    assert (story.live, story.expired) == (False, True)
    assert [f["expired"] for f in facts("story.withdrawn")] == [True]


def test_an_embargo_hides_the_public_text_and_every_draft_after_it(daily):
    story = a_story(at=TEN)

    publishing.embargo_story(story.pk, until=TEN + HOUR, by="Ben", at=TEN)

    assert reading.story_page(site("musashi"), story.pk, at=TEN) is None
    assert reading.front(site("musashi"), at=TEN) == []
    page = reading.story_page(site("musashi"), story.pk, at=TEN + HOUR)
    assert page.card.story_id == story.pk
    (fact,) = facts("story.embargoed")
    assert (fact["until"], fact["masthead_ids"]) == ((TEN + HOUR).isoformat(), [daily.pk])


def test_an_embargo_reaches_the_draft_that_is_being_written(daily):
    story = a_story(at=TEN)
    story.headline = "Half-written"
    story.save_revision()

    publishing.embargo_story(story.pk, until=TEN + HOUR, by="Ben", at=TEN)
    publishing.publish_story(story.pk, by="Ben", at=TEN)

    assert reading.story_page(site("musashi"), story.pk, at=TEN) is None
    story.refresh_from_db()
    assert (story.headline, story.embargo_until) == ("Half-written", TEN + HOUR)


def test_one_story_that_cannot_keep_its_schedule_does_not_stop_the_others(daily):
    story, other = a_story("First", at=TEN), a_draft("Second")
    story.change_kind = "correction"
    for revision, due in ((story.save_revision(), TEN), (other.get_latest_revision(), TEN + HOUR)):
        revision.approved_go_live_at = due
        revision.save()

    assert publishing.publish_due(at=TEN + HOUR) == 1

    other.refresh_from_db()
    assert other.live
    (alarm,) = models.DeskAlarm.objects.all()
    assert (alarm.kind, alarm.story_id) == ("schedule_failed", story.pk)
    assert "needs a note for readers" in alarm.text


def test_a_database_that_does_not_answer_is_no_fault_of_a_story(daily, monkeypatch):
    a_story(at=TEN, expire_at=TEN + HOUR)

    def busy(*_args, **_options):
        raise OperationalError("database is locked")

    monkeypatch.setattr(publishing, "UnpublishStory", busy)
    with pytest.raises(OperationalError):
        publishing.publish_due(at=TEN + HOUR)
    assert not models.DeskAlarm.objects.exists()


def test_a_schedule_that_changed_meanwhile_is_left_alone(daily):
    scheduled, prolonged = a_draft(), a_story(at=TEN, expire_at=TEN + 9 * HOUR)
    revision = scheduled.get_latest_revision()

    assert publishing._publish_scheduled(scheduled.pk, revision.pk, TEN) is False
    assert publishing._withdraw_expired(prolonged.pk, TEN + HOUR) is False

    scheduled.refresh_from_db()
    prolonged.refresh_from_db()
    assert (scheduled.live, prolonged.live) == (False, True)


def test_a_text_scheduled_before_an_embargo_does_not_end_it(daily):
    end = datetime.now(UTC) + HOUR
    story = a_draft()
    story.revisions.update(approved_go_live_at=TEN)
    publishing.embargo_story(story.pk, until=end, by="Ben")

    assert publishing.publish_due(at=TEN) == 1

    story.refresh_from_db()
    assert (story.live, story.embargo_until) == (True, end)
    assert reading.front(site("musashi"), at=end - timedelta(seconds=1)) == []
    publishing.embargo_story(story.pk, until=None, by="Ben")
    story.refresh_from_db()
    assert story.embargo_until is None


def test_what_changed_under_an_embargo_was_never_a_version(daily):
    story = a_story(at=TEN, embargo_until=TEN + 4 * HOUR)
    publishing.update_story(story.pk, changes={"headline": "Second"}, by="Ben", at=TEN + HOUR)
    publishing.correct_story(
        story.pk, kind="correction", text="x", changes={"headline": "Third"}, by="Ben",
        at=TEN + 2 * HOUR,
    )  # fmt: skip

    (version,) = reading.versions(story.pk)
    assert (version.headline, version.change, version.shown_from) == (
        "Third", "published", TEN + 4 * HOUR,
    )  # fmt: skip
    page = reading.story_page(site("musashi"), story.pk, at=TEN + 4 * HOUR)
    assert (page.card.headline, page.corrections) == ("Third", ())
    assert facts("story.corrected") == []


def test_a_correction_made_under_a_later_embargo_is_told_when_it_ends(daily):
    story = a_story(at=TEN)
    publishing.embargo_story(story.pk, until=TEN + 4 * HOUR, by="Ben", at=TEN + HOUR)
    correct = {"by": "Ben", "kind": "correction"}
    publishing.update_story(story.pk, changes={"headline": "Typo"}, by="Ben", at=TEN + HOUR)
    publishing.correct_story(
        story.pk,
        text="Two were hurt.",
        changes={"headline": "Two hurt"},
        at=TEN + 2 * HOUR,
        **correct,
    )

    second, first = reading.versions(story.pk)
    assert (first.shown_from, first.shown_until) == (TEN, TEN + HOUR)
    assert (second.headline, second.change, second.note) == (
        "Two hurt",
        "correction",
        "Two were hurt.",
    )
    assert second.shown_from == TEN + 4 * HOUR
    assert len(facts("story.corrected")) == 1


def test_an_embargo_that_moves_takes_the_first_version_with_it(daily):
    story = a_story(at=TEN, embargo_until=TEN + 4 * HOUR)

    publishing.embargo_story(story.pk, until=TEN + 2 * HOUR, by="Ben", at=TEN + HOUR)
    assert reading.versions(story.pk)[0].shown_from == TEN + 2 * HOUR

    publishing.embargo_story(story.pk, until=None, by="Ben", at=TEN + HOUR)
    assert reading.versions(story.pk)[0].shown_from == TEN + HOUR

    publishing.embargo_story(story.pk, until=TEN + 9 * HOUR, by="Ben", at=TEN + 3 * HOUR)
    assert reading.versions(story.pk)[0].shown_from == TEN + HOUR


def test_what_is_killed_before_anyone_saw_it_leaves_no_version(daily):
    story = a_story(at=TEN, embargo_until=TEN + 4 * HOUR)

    kills.kill_story(story.pk, reason="Hoax.", by="Ben", at=TEN + HOUR)

    assert reading.versions(story.pk) == []


@pytest.fixture
def daily():
    return a_masthead()
