"""Stories that wait for the desk's search go into it together, and each alone where that fails."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from modelsearch.backends import get_search_backend
from modelsearch.tasks import insert_or_update_object_task as index

from dateline import clock
from dateline.project import index_lots, schedule, worker
from dateline.stories.models import Story
from tests.factories.newsroom import a_draft, a_masthead
from tests.project import some_tasks

pytestmark = pytest.mark.django_db(transaction=True)
READY, SUCCESSFUL = TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL


@pytest.fixture
def drafts(db):
    """Twelve stories whose headlines were changed where nobody noticed, and a task for each."""
    a_masthead()
    made = [a_draft(f"Old headline {number}") for number in range(12)]
    DBTaskResult.objects.all().delete()
    for number, story in enumerate(made):
        Story.objects.filter(pk=story.pk).update(headline=f"Ferry number{number}")
        index.enqueue("stories", "story", str(story.pk))
    return made


def found(words):
    return {story.pk for story in get_search_backend().search(words, Story)}


def states():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_ten_are_found_after_one_turn_and_the_others_after_the_next(drafts):
    assert worker.run_tasks() is True  # there is more
    assert len(found("ferry")) == index_lots.AT_ONCE
    assert states() == [READY] * 2 + [SUCCESSFUL] * 10
    assert worker.run_tasks() is False  # those that come meanwhile go together again

    assert found("ferry") == {story.pk for story in drafts}
    assert found("number7") == {drafts[7].pk}
    done = DBTaskResult.objects.first()
    assert (len(done.worker_ids), done.return_value) == (1, None)
    assert done.finished_at >= done.started_at


def test_ten_take_fewer_statements_than_two_alone(drafts):
    with CaptureQueriesContext(connection) as together:
        worker.run_tasks()
    DBTaskResult.objects.filter(status=READY).update(worker_ids=["tried before"])
    with CaptureQueriesContext(connection) as alone:
        worker.run_tasks()
        worker.run_tasks()

    assert states() == [SUCCESSFUL] * 12
    assert len(together) < len(alone)


def test_one_alone_is_left_to_the_queues_own_worker(drafts):
    DBTaskResult.objects.exclude(args_kwargs__args__2=str(drafts[0].pk)).delete()

    assert index_lots.run("w") == 0
    assert worker.run_tasks() is True
    assert found("ferry") == {drafts[0].pk}


def test_other_tasks_and_stories_that_are_gone_are_left_to_it_too(drafts):
    some_tasks.note.enqueue("hello")
    Story.objects.filter(pk=drafts[3].pk).delete()

    assert index_lots.run("w") == 9
    assert index_lots.run("w") == 2
    assert index_lots.run("w") == 0
    left = DBTaskResult.objects.filter(status=READY)
    assert {row.task_path for row in left} == {index.module_path, some_tasks.note.module_path}


def test_what_fails_together_is_tried_alone_later(drafts, monkeypatch):
    def full(*_args):
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(index_lots, "_index", full)
    with pytest.raises(DatabaseError):
        index_lots.run("w")

    rows = DBTaskResult.objects.exclude(worker_ids=[])
    assert {(row.status, tuple(row.worker_ids)) for row in rows} == {(READY, ("w",))}
    assert len(rows) == index_lots.AT_ONCE
    assert min(row.run_after for row in rows) > clock.now() + timedelta(seconds=5)
    monkeypatch.undo()
    assert index_lots.run("w") == 2


def test_two_workers_never_have_the_same_task(drafts, monkeypatch):
    ours = index_lots._claimed("one")
    theirs = index_lots._claimed("two")

    assert {row.pk for row in ours} & {row.pk for row in theirs} == set()
    assert [len(ours), len(theirs)] == [10, 2]


@pytest.mark.parametrize(("count", "more"), [(100, True), (99, False), (0, False)])
def test_the_outbox_rests_between_rounds_unless_more_waits(monkeypatch, count, more):
    monkeypatch.setattr(schedule.outbox, "deliver_due", lambda **_: count)

    assert schedule.deliver() is more
