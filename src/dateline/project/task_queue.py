"""The queue of tasks in the database, in which nothing waits twice."""

from typing import Any, cast

from django.db import connection, transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from dateline.project.reaper import SAFE_TO_REPEAT


class OnceInLine(DatabaseBackend):
    """django-tasks-db's queue; a task that only makes an index true waits in it once.

    Each save of a story queues one to index it. Where the same one is waiting already, it will see
    this save too: it is not taken from the queue before our transaction ends (SQLite has one writer
    at a time, PostgreSQL locks the row).
    """

    def _task_to_db_task(self, task: Task[Any, Any], args: Any, kwargs: Any) -> DBTaskResult:
        if task.module_path in SAFE_TO_REPEAT:
            with transaction.atomic(savepoint=False):  # nothing here is taken back alone
                waiting = _waiting(task, args, kwargs)
            if waiting:
                return waiting
        return super()._task_to_db_task(task, args, kwargs)


def _waiting(task: Task[Any, Any], args: Any, kwargs: Any) -> DBTaskResult | None:
    """The same task with the same arguments, ready and in nobody's hands."""
    locks = connection.features.has_select_for_update_skip_locked
    ready = DBTaskResult.objects.ready().select_for_update(skip_locked=locks)
    found = ready.filter(
        task_path=task.module_path,
        args_kwargs={"args": list(args), "kwargs": dict(kwargs)},
        worker_ids=[],
    ).first()
    return cast("DBTaskResult | None", found)
