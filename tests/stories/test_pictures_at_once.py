"""The file of a picture is readers' from the moment its text is, without waiting for the worker."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from dateline.stories.services import publishing
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_a_picture_placed_in_a_public_text_is_public_with_it(daily):
    picture = a_picture("new")
    story = a_story(at=TEN)

    publishing.update_story(story.pk, changes={"body": showing(picture)}, by="Ana", at=TEN)

    assert standing(picture) is True


def test_a_picture_in_a_draft_is_public_when_the_draft_is_published(daily):
    picture = a_picture("new")
    draft = a_draft(body=showing(picture))
    assert standing(picture) is not True

    publishing.publish_story(draft.pk, by="Ana", at=TEN)

    assert standing(picture) is True


def test_a_picture_taken_out_of_a_public_text_is_not_public_any_more(daily):
    picture = a_picture("old")
    story = a_story(at=TEN, body=showing(picture))

    publishing.update_story(story.pk, changes={"body": []}, by="Ana", at=TEN)

    assert standing(picture) is not True


def test_a_picture_of_a_text_scheduled_for_later_waits_for_it(daily):
    picture, shown = a_picture("next"), a_picture("now")
    story = a_story(at=TEN, body=showing(shown))
    story.body = showing(picture)
    story.save_revision()

    publishing.schedule_story(story.pk, go_live_at=datetime.now(UTC) + timedelta(days=1), by="Ana")

    assert standing(picture) is not True
    assert standing(shown) is True


def test_what_the_worker_would_note_is_noted_already(daily):
    story = a_story(at=TEN, body=showing(a_picture("new")), lead_picture=a_picture("lead"))
    before = noted(story)

    ReferenceIndex.create_or_update_for_object(story)

    assert noted(story) == before


def test_stories_may_be_published_while_the_index_is_left_alone(daily):
    picture = a_picture("new")

    with disable_reference_index_auto_update():
        a_story(at=TEN, body=showing(picture))
        a_story("Another", at=TEN, body=showing(picture))

    assert standing(picture) is True
    queued = DBTaskResult.objects.filter(task_path__endswith="update_reference_index_task")
    assert [task for task in queued if "story" in task.args_kwargs["args"]] == []


def test_a_file_asks_one_question_of_the_database(daily, django_assert_num_queries):
    lead, inside = a_picture("lead"), a_picture("inside")
    for number in range(3):
        a_story(f"S{number}", at=TEN, lead_picture=lead, body=showing(inside))
    closed = a_picture("closed")
    a_draft(lead_picture=closed)
    standing(lead)  # knows the content types from now on

    for picture in (lead, inside):
        with django_assert_num_queries(1):
            assert standing(picture) is True
    with django_assert_num_queries(2):
        assert standing(closed) is False


def showing(picture):
    return [("picture", {"picture": picture, "caption": ""})]


def standing(picture):
    return import_string(settings.DATELINE_PICTURE_GATE)(picture.pk, at=TEN)


def noted(story):
    rows = ReferenceIndex.get_references_for_object(story)
    return sorted(rows.values_list("model_path", "to_object_id", "content_path"))


@pytest.fixture
def daily():
    return a_masthead()
