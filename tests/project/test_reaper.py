"""Tasks that fail, and tasks whose worker died."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dateline import clock
from dateline.project import reaper, worker
from tests.project import some_tasks

NOW = datetime(2025, 11, 23, 9, 10, tzinfo=UTC)
READY, FAILED = TaskResultStatus.READY, TaskResultStatus.FAILED

# The library closes old connections between tasks, which a test inside one transaction loses.
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_runs():
    some_tasks.note.enqueue("hello")

    assert worker.run_tasks()
    assert not worker.run_tasks()
    assert some_tasks.RAN == ["hello"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_failure_is_told_and_not_repeated():
    some_tasks.fail_once.enqueue()

    worker.run_tasks()

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == (FAILED, "builtins.RuntimeError")


def test_a_failure_that_may_be_repeated_is_later_and_later_each_time(at):
    some_tasks.fail_but_may_be_repeated.enqueue()
    waits = []
    for _ in range(4):
        worker.run_tasks()
        row = DBTaskResult.objects.get()
        assert row.status == READY
        waits.append((row.run_after - NOW).total_seconds())
        DBTaskResult.objects.update(run_after=NOW)

    worker.run_tasks()

    assert waits == [10, 20, 40, 80]
    assert DBTaskResult.objects.get().status == FAILED


def test_a_task_whose_worker_died_is_queued_again_where_that_is_safe(running):
    safe = running("modelsearch.tasks.insert_or_update_object_task")
    ours = running("tests.project.some_tasks.fail_but_may_be_repeated")
    once = running("tests.project.some_tasks.fail_once")
    gone = running("tests.project.some_tasks.no_longer_there")
    odd = running("tests.project.some_tasks.RAN")
    young = running("tests.project.some_tasks.fail_once", minutes=5)

    assert reaper.reap() == 5

    status = {row.pk: row.status for row in DBTaskResult.objects.all()}
    assert [status[row.pk] for row in (safe, ours, once, gone, odd)] == [
        READY, READY, FAILED, FAILED, FAILED,
    ]  # fmt: skip
    assert status[young.pk] == TaskResultStatus.RUNNING
    once.refresh_from_db()
    assert (once.exception_class_path, once.finished_at) == (reaper.DIED, NOW)


def test_the_library_s_tasks_on_our_list_exist():
    for path in reaper.SAFE_TO_REPEAT:
        assert DBTaskResult(task_path=path, backend_name="default", run_after=NOW).task.func


def test_old_tasks_are_forgotten(at):
    some_tasks.note.enqueue("x")
    worker.run_tasks()
    assert reaper.prune() == 0
    DBTaskResult.objects.update(finished_at=NOW - timedelta(days=8))

    assert reaper.prune() == 1


@pytest.fixture
def at(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def running(at):
    def make(path, *, minutes=16):
        return DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING, task_path=path, args_kwargs={"args": [], "kwargs": {}},
            backend_name="default", run_after=NOW, worker_ids=["a"],
            started_at=NOW - timedelta(minutes=minutes),
        )  # fmt: skip

    return make


@pytest.fixture(autouse=True)
def clean():
    some_tasks.RAN.clear()
