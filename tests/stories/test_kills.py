"""Killing a story: gone at once, told to everyone, on the record, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from dateline.media import services as media
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyKilled, NeedsText, NotKilled
from dateline.stories.domain.gate import Closed
from dateline.stories.domain.pages import Gone
from dateline.stories.queries import reading
from dateline.stories.services import alarms, kills, publishing
from dateline.stories.services.kills import Seen
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_takes_the_page_down_and_keeps_the_reason(story, noise):
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    story.refresh_from_db()
    noise.refresh_from_db()
    assert (story.live, story.killed_at) == (False, TEN)
    assert (story.kill_reason, story.killed_by) == ("Names a minor.", "Ana")
    assert noise.live is True
    assert reading.story_page(site("musashi"), story.pk, at=TEN) == Gone(
        story.pk, Closed.KILLED, TEN, None
    )
    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [noise.pk]
    assert [c.story_id for c in reading.feed(site("musashi"), at=TEN)] == [noise.pk]


def test_records_one_fact_with_everything_a_surface_needs(story):
    report_id = kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    assert facts("story.killed") == [
        {
            "story_id": story.pk,
            "masthead_ids": [p.masthead_id for p in story.placements.all()],
            "report_id": report_id,
            "at": TEN.isoformat(),
            "by": "Ana",
            "reason": "Names a minor.",
        }
    ]
    assert reading.versions(story.pk)[0].shown_until == TEN


def test_an_alarm_stays_until_a_person_has_seen_it(story):
    kills.kill_story(story.pk, reason="Names a minor.", by="KNA", source="agency", at=TEN)

    (alarm,) = models.DeskAlarm.objects.all()
    assert (alarm.kind, alarm.text, alarm.story_id) == (
        "kill", "Killed by KNA: Names a minor.", story.pk,
    )  # fmt: skip
    assert alarms.acknowledge(alarm.pk, by="Ana", at=TEN + MINUTE) is True
    assert alarms.acknowledge(alarm.pk, by="Ben") is False
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.acknowledged_at) == ("Ana", TEN + MINUTE)


def test_refuses_to_kill_twice(story):
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    with pytest.raises(AlreadyKilled, match=r"was killed at 10:00 UTC, 20 November\."):
        kills.kill_story(story.pk, reason="Again.", by="Ben")


def test_refuses_to_kill_without_a_reason(story):
    with pytest.raises(NeedsText, match="a kill needs a reason"):
        kills.kill_story(story.pk, reason=" ", by="Ana")

    story.refresh_from_db()
    assert story.live is True


def test_no_draft_brings_a_killed_story_back(story):
    story.headline = "Half-written"
    revision = story.save_revision()
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    with pytest.raises(AlreadyKilled):
        revision.publish()

    assert story.revisions.get(pk=revision.pk).as_object().killed_at == TEN


def test_a_reinstated_story_is_a_draft_until_it_is_published(story):
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    kills.reinstate_story(story.pk, by="Ben", at=TEN + MINUTE)

    gone = reading.story_page(site("musashi"), story.pk, at=TEN + MINUTE)
    assert gone.closed == Closed.NOT_PUBLISHED
    assert [f["by"] for f in facts("story.reinstated")] == ["Ben"]
    assert models.KillReport.objects.get().reinstated_at == TEN + MINUTE
    publishing.publish_story(story.pk, by="Ben", at=TEN + 2 * MINUTE)
    assert reading.front(site("musashi"), at=TEN + 2 * MINUTE)[0].story_id == story.pk


def test_only_a_killed_story_can_be_reinstated(story):
    with pytest.raises(NotKilled, match="is not killed"):
        kills.reinstate_story(story.pk, by="Ben")


def test_its_own_pictures_go_with_it_and_come_back_with_it(story):
    own, shared, inside = a_picture("own"), a_picture("shared"), a_picture("inside")
    body = [("picture", {"picture": inside, "caption": ""})]
    publishing.update_story(story.pk, changes={"lead_picture": own, "body": body}, by="Ana")
    other = a_story("Other", lead_picture=shared)
    third = a_story("Third", lead_picture=shared)

    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)
    kills.kill_story(other.pk, reason="Same.", by="Ana", at=TEN)

    for picture in (own, inside, shared):
        picture.refresh_from_db()
    assert (own.killed_at, inside.killed_at, shared.killed_at) == (TEN, TEN, None)
    assert own.killed_reason == f"With story {story.pk}: Names a minor."
    third.refresh_from_db()
    assert third.live
    kills.reinstate_story(story.pk, by="Ben", at=TEN + MINUTE)
    own.refresh_from_db()
    assert own.killed_at is None


def test_a_picture_killed_before_the_story_stays_killed_when_it_comes_back(story):
    picture = a_picture("own")
    publishing.update_story(story.pk, changes={"lead_picture": picture}, by="Ana")
    media.kill_picture(picture.pk, reason="Not ours.", by="Ana", at=TEN - MINUTE)

    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)
    kills.reinstate_story(story.pk, by="Ben")

    picture.refresh_from_db()
    assert picture.killed_reason == "Not ours."


def test_a_picture_shown_in_another_public_text_stays(story):
    picture = a_picture("both")
    publishing.update_story(story.pk, changes={"lead_picture": picture}, by="Ana")
    a_story("Other", body=[("picture", {"picture": picture, "caption": "x"})])

    kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)

    picture.refresh_from_db()
    assert picture.killed_at is None


def test_a_withheld_story_is_closed_until_it_is_lifted(story):
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN)
    kills.withhold_story(story.pk, reason="Again.", by="KNA", at=TEN)

    assert reading.story_page(site("musashi"), story.pk, at=TEN).closed == Closed.WITHHELD
    assert [f["reason"] for f in facts("story.withdrawn")] == ["Being checked."]
    kills.lift_hold(story.pk, by="Ana")
    assert reading.story_page(site("musashi"), story.pk, at=TEN).card.story_id == story.pk
    with pytest.raises(NotKilled, match="is not withheld"):
        kills.lift_hold(story.pk, by="Ana")


def test_the_report_keeps_the_first_moment_a_surface_was_clear(story):
    report_id = kills.kill_story(story.pk, reason="Names a minor.", by="Ana", at=TEN)
    kills.list_surfaces(report_id, [("page", "http://a/1"), ("front", "http://a/")])
    kills.list_surfaces(report_id, [("page", "http://a/1")])

    listed = Seen("http://a/", "still listed", None)
    kills.note_surfaces(report_id, [listed, Seen("http://a/1", "200", TEN + MINUTE)])
    kills.note_surfaces(report_id, [Seen("http://a/1", "410", TEN + 2 * MINUTE)])

    rows = models.KillSurface.objects.order_by("surface").values_list(
        "surface", "found", "clear_at"
    )
    assert list(rows) == [("front", "still listed", None), ("page", "410", TEN + MINUTE)]


def test_a_kill_ends_the_workflow_it_was_in(story, in_workflow):
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana")

    story.refresh_from_db()
    assert story.current_workflow_state is None


def test_a_draft_can_be_killed_before_anyone_saw_it():
    a_masthead("kinako")
    draft = a_draft(on=("kinako",))

    kills.kill_story(draft.pk, reason="Hoax.", by="Ana", at=TEN)

    assert reading.story_page(site("kinako"), draft.pk, at=TEN) is None


def test_costs_few_queries(story, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        kills.kill_story(story.pk, reason="Names a minor.", by="Ana")


@pytest.fixture
def story():
    a_masthead()
    return a_story(at=TEN - MINUTE)


@pytest.fixture
def noise(story):
    """A second story, so that a query that forgets its filter fails."""
    return a_story("Another story", at=TEN - MINUTE)


@pytest.fixture
def in_workflow(story, admin_user):
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(story, admin_user)
    assert story.current_workflow_state is not None
