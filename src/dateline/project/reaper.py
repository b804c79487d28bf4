"""Tasks that fail or whose worker died: tried again where that is safe, else said out loud."""

from datetime import timedelta

import structlog
from django.core.exceptions import SuspiciousOperation
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from dateline import clock

log = structlog.get_logger("dateline.worker")

TRIES = 5
FIRST_WAIT = timedelta(seconds=10)
RUNS_AT_MOST = timedelta(minutes=15)
KEEP_FINISHED = timedelta(days=7)
DIED = "The worker ended while it ran this task."

# Tasks of libraries that only make an index true to what is in the database now.
SAFE_TO_REPEAT = frozenset(
    {
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.tasks.delete_file_from_storage_task",
        "wagtail.tasks.update_reference_index_task",
    }
)


class RetryingWorker(Worker):
    """django-tasks-db's worker, which tries a task again when repeating it is safe."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run one task and note how it ended; a failure that may be repeated is put back."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            put_back_or_fail(db_task_result, db_task_result.exception_class_path)


def put_back_or_fail(row: DBTaskResult, why: str) -> bool:
    """Queue `row` again, later each time, if it is safe and has not been tried five times.

    Returns whether it was queued. Otherwise it is (or stays) FAILED, and that is logged.
    """
    tries = len(row.worker_ids)
    if tries < TRIES and is_safe_to_repeat(row):
        row.status = TaskResultStatus.READY
        row.run_after = clock.now() + FIRST_WAIT * 2 ** (tries - 1)
        row.save(update_fields=["status", "run_after"])
        log.warning("task_tried_again", task=row.task_path, tries=tries, why=why)
        return True
    row.status = TaskResultStatus.FAILED
    row.finished_at = row.finished_at or clock.now()
    row.exception_class_path = row.exception_class_path or why
    row.save(update_fields=["status", "finished_at", "exception_class_path"])
    log.error("task_failed", task=row.task_path, id=str(row.pk), tries=tries, why=why)
    return False


def is_safe_to_repeat(row: DBTaskResult) -> bool:
    """Whether running it twice does no harm: it is on our list, or its function says so.

    A task of ours says so with `function.idempotent = True`.
    """
    if row.task_path in SAFE_TO_REPEAT:
        return True
    try:
        return bool(getattr(row.task.func, "idempotent", False))
    except (ImportError, SuspiciousOperation):
        return False


def reap() -> int:
    """Deal with tasks that have been RUNNING longer than any may; return how many.

    django-tasks-db leaves such a row for ever when its worker is killed.
    """
    stuck = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=clock.now() - RUNS_AT_MOST
    )
    rows = list(stuck)
    for row in rows:
        put_back_or_fail(row, DIED)
    return len(rows)


def prune() -> int:
    """Forget tasks that ended more than seven days ago; return how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEEP_FINISHED)
    return int(old.delete()[0])
