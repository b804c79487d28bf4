"""The desk's search follows many stories at once: their waiting tasks are run together.

Each save of a story queues a task that puts it into Wagtail's index. One by one they cost four
commits each, and every commit takes the database's one writer from those who publish.
"""

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from modelsearch.backends import get_search_backends

from dateline import clock
from dateline.project.reaper import put_back_or_fail

TASK = "modelsearch.tasks.insert_or_update_object_task"
STORY = ("stories", "story")  # what there is most of, and whose index takes several at once
AT_ONCE = 10  # written in one transaction: others wait for it
FEWEST = 2


def run(worker_id: str) -> int:
    """Put up to AT_ONCE stories that wait for it into the index; return how many tasks it was.

    0 where fewer than two wait: the queue's own worker does those, and tasks that failed before.

    Raises:
        Exception: what the index raised; each of the tasks is tried again alone, later.

    """
    rows = _claimed(worker_id)
    if not rows:
        return 0
    try:
        _index([_pk(row) for row in rows])
    except Exception as error:
        for row in rows:
            put_back_or_fail(row, f"{type(error).__module__}.{type(error).__qualname__}")
        raise
    done = DBTaskResult.objects.filter(pk__in=[row.pk for row in rows])
    done.update(status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now())
    return len(rows)


def _claimed(worker_id: str) -> list[DBTaskResult]:
    """Tasks that were ready and are ours now, of stories that are there; none or several."""
    waiting = DBTaskResult.objects.ready().filter(
        task_path=TASK, worker_ids=[],
        args_kwargs__args__0=STORY[0], args_kwargs__args__1=STORY[1],
    )  # fmt: skip
    found = list(waiting.order_by("enqueued_at")[:AT_ONCE])
    stories: Any = apps.get_model(*STORY).objects
    there = set(stories.filter(pk__in=map(_pk, found)).values_list("pk", flat=True))
    wanted = [row.pk for row in found if _pk(row) in there]
    if len(wanted) < FEWEST:
        return []
    locks = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        rows = list(waiting.filter(pk__in=wanted).select_for_update(skip_locked=locks))
        for row in rows:
            row.status, row.started_at = TaskResultStatus.RUNNING, clock.now()
            row.worker_ids = [worker_id]
        DBTaskResult.objects.bulk_update(rows, ["status", "started_at", "worker_ids"])
    return rows


def _pk(row: DBTaskResult) -> int:
    return int(row.args_kwargs["args"][2])


def _index(story_ids: list[int]) -> None:
    """What the task does for one story, for several. Whoever comes later sees what is there now."""
    model: Any = apps.get_model(*STORY)
    stories = list(model.get_indexed_objects().filter(pk__in=story_ids))
    for backend in get_search_backends(with_auto_update=True):
        with transaction.atomic():
            backend.add_bulk(model, stories)
