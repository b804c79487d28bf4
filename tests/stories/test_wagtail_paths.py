"""Every way Wagtail has to publish ends in the service: one transaction, one fact, or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.actions import action_registry
from wagtail.models import Workflow

from dateline.stories import models
from dateline.stories.queries import reading
from dateline.stories.services import kills, publishing, wagtail_verbs
from tests.factories.desk import bulk, edit, form
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


def test_the_edit_view_publishes_through_the_service(desk, draft):
    answer = desk.post(edit(draft), form(draft, headline="Edited on the desk", publish=True))

    assert answer.status_code == 302, answer.context["form"].errors
    assert [f["by"] for f in facts("story.published")] == ["Ana Mori"]
    draft.refresh_from_db()
    assert (draft.live, draft.headline) == (True, "Edited on the desk")


def test_saving_a_draft_on_the_desk_tells_nobody(desk, draft):
    desk.post(edit(draft), form(draft, headline="Half-written"))

    draft.refresh_from_db()
    assert draft.live is False
    assert draft.get_latest_revision_as_object().headline == "Half-written"
    assert facts("story.published") == []


def test_a_correction_without_words_is_asked_for_on_the_form(desk, story):
    answer = desk.post(edit(story), form(story, change_kind="correction", publish=True))

    assert answer.status_code == 200
    assert "A correction needs a note for readers" in answer.content.decode()
    assert facts("story.corrected") == []


def test_a_correction_on_the_desk_is_told_to_readers(desk, story):
    desk.post(
        edit(story),
        form(
            story,
            headline="Right",
            change_kind="correction",
            change_note="It was left.",
            publish=True,
        ),
    )

    assert [f["kind"] for f in facts("story.corrected")] == ["correction"]
    assert models.Correction.objects.get().text == "It was left."


def test_a_section_of_another_masthead_is_refused_on_the_form(desk, draft):
    other = a_masthead("kinako")
    data = form(draft, publish=True)
    data["placements-0-section"] = str(other.sections.first().pk)

    answer = desk.post(edit(draft), data)

    assert "World is not a section of Musashi." in answer.content.decode()
    assert facts("story.published") == []


def test_publishing_a_killed_story_on_the_desk_is_a_sentence_not_an_error(desk, story):
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana")

    answer = desk.post(edit(story), form(story, headline="Typed anew", publish=True), follow=True)

    assert "Reinstate it before you publish it again. Your text is kept as a draft." in text_of(
        answer
    )
    assert story.revisions.latest("pk").as_object().headline == "Typed anew"
    story.refresh_from_db()
    assert story.live is False


def test_the_unpublish_view_is_withdraw_with_a_reason(desk, story):
    page = desk.get(reverse("wagtailsnippets_stories_story:unpublish", args=[story.pk]))
    assert "its address says that it was withdrawn" in page.content.decode()

    desk.post(
        reverse("wagtailsnippets_stories_story:unpublish", args=[story.pk]),
        {"reason": "Unclear source."},
    )

    assert [(f["reason"], f["by"]) for f in facts("story.withdrawn")] == [
        ("Unclear source.", "Ana Mori")
    ]


def test_withdrawing_what_is_not_public_is_a_sentence(desk, draft):
    answer = desk.post(
        reverse("wagtailsnippets_stories_story:unpublish", args=[draft.pk]), {}, follow=True
    )

    assert "is not public, so there is nothing to withdraw" in text_of(answer)


def test_workflow_approval_publishes_through_the_service(desk, draft, editor):
    approve(draft, editor)

    draft.refresh_from_db()
    assert draft.live is True
    assert [f["by"] for f in facts("story.published")] == ["Ana Mori"]


def test_approval_of_a_killed_story_is_a_sentence(desk, draft, editor, two_pairs_of_eyes):
    state = two_pairs_of_eyes.start(draft, editor)
    models.Story.objects.filter(pk=draft.pk).update(
        killed_at=datetime.now(UTC), kill_reason="Hoax."
    )

    answer = desk.post(
        reverse(
            "wagtailsnippets_stories_story:workflow_action",
            args=[draft.pk, "approve", state.current_task_state.pk],
        ),
        follow=True,
    )

    assert "Reinstate it before you publish it again." in text_of(answer)


def test_approval_on_the_edit_page_is_refused_the_same_way(
    desk, draft, editor, two_pairs_of_eyes, settings
):
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False  # else it only asks once more
    two_pairs_of_eyes.start(draft, editor)
    models.Story.objects.filter(pk=draft.pk).update(
        killed_at=datetime.now(UTC), kill_reason="Hoax."
    )
    data = form(draft) | {"action-workflow-action": "true", "workflow-action-name": "approve"}

    answer = desk.post(edit(draft), data, follow=True)

    assert "Your text is kept as a draft." in text_of(answer)


def test_wagtails_own_schedule_command_publishes_through_the_service(draft):
    draft.go_live_at = datetime.now(UTC) + timedelta(hours=1)
    revision = draft.save_revision()
    revision.publish()
    draft.revisions.update(approved_go_live_at=datetime.now(UTC) - timedelta(seconds=1))
    content = {
        **revision.content,
        "go_live_at": (datetime.now(UTC) - timedelta(minutes=1)).isoformat(),
    }
    draft.revisions.filter(pk=revision.pk).update(content=content)

    call_command("publish_scheduled")

    assert [f["by"] for f in facts("story.published")] == ["the schedule"]
    assert len(facts("story.scheduled")) == 1


def test_wagtails_own_expiry_withdraws_through_the_service(story):
    models.Story.objects.filter(pk=story.pk).update(
        expire_at=datetime.now(UTC) - timedelta(minutes=1)
    )

    call_command("publish_scheduled")

    assert [f["expired"] for f in facts("story.withdrawn")] == [True]


def test_bulk_publish_and_unpublish_go_through_the_service(desk, draft, story):
    bulk(desk, "publish", [draft, story])
    assert [f["story_id"] for f in facts("story.published")][-1] == draft.pk

    bulk(desk, "unpublish", [draft, story])
    assert {f["story_id"] for f in facts("story.withdrawn")} == {draft.pk, story.pk}


def test_bulk_publish_names_what_it_could_not_publish(desk, draft, story):
    kills.kill_story(story.pk, reason="Hoax.", by="Ana")

    answer = bulk(desk, "publish", [draft, story])

    assert "Reinstate it before you publish it again." in text_of(answer)
    draft.refresh_from_db()
    assert draft.live is True


def test_the_api_uses_the_same_two_verbs():
    assert action_registry.get_action_class(models.Story, "publish") is wagtail_verbs.PublishStory
    assert (
        action_registry.get_action_class(models.Story, "unpublish") is wagtail_verbs.UnpublishStory
    )


def test_reverting_to_an_old_version_and_publishing_is_an_update(desk, story):
    first = story.latest_revision
    publishing.update_story(story.pk, changes={"headline": "Third"}, by="Ana")

    first.publish(user=None)

    story.refresh_from_db()
    assert story.headline == "Second story"
    assert reading.versions(story.pk)[0].number == 3


def approve(draft, editor):
    workflow = Workflow.objects.get(name="Two pairs of eyes")
    state = workflow.start(draft, editor)
    state.current_task_state.approve(user=editor)


def text_of(answer):
    return answer.content.decode().replace("&#x27;", "'")


@pytest.fixture
def draft(two_pairs_of_eyes):
    a_masthead()
    return a_draft()


@pytest.fixture
def story(draft):
    return a_story("Second story")
