"""A task that only makes an index true waits in the queue once; every other one each time."""

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task as index

from dateline import clock
from tests.project import some_tasks

pytestmark = pytest.mark.django_db


def test_the_same_index_task_waits_once():
    first, second = (index.enqueue("stories", "story", "7") for _ in range(2))

    assert first.id == second.id
    assert DBTaskResult.objects.count() == 1


def test_another_storys_task_waits_beside_it():
    index.enqueue("stories", "story", "7")
    index.enqueue("stories", "story", "8")

    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize(
    "taken",
    [
        {"status": TaskResultStatus.RUNNING, "worker_ids": ["w"]},
        {"status": TaskResultStatus.SUCCESSFUL, "worker_ids": ["w"]},
        {"worker_ids": ["w"]},  # it failed and is tried again: perhaps much later
    ],
    ids=["running", "done", "tried before"],
)
def test_one_that_a_worker_has_had_is_not_counted_on(taken):
    index.enqueue("stories", "story", "7")
    DBTaskResult.objects.update(**taken)

    index.enqueue("stories", "story", "7")

    assert DBTaskResult.objects.count() == 2


def test_one_that_waits_for_its_hour_is_not_counted_on():
    index.using(run_after=clock.now().replace(year=2100)).enqueue("stories", "story", "7")

    index.enqueue("stories", "story", "7")

    assert DBTaskResult.objects.count() == 2


def test_a_task_that_does_something_is_queued_each_time():
    some_tasks.note.enqueue("hello")
    some_tasks.note.enqueue("hello")

    assert DBTaskResult.objects.count() == 2
