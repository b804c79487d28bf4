"""The worker: delivers facts, runs tasks and the schedule, each in a thread of its own."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.models import DBTaskResult

from dateline import clock
from dateline.project import restored, schedule
from dateline.project.processes import Bell
from dateline.project.reaper import RetryingWorker
from dateline.project.ticker import Lease, run_due, this_worker

log = structlog.get_logger("dateline.worker")

RENEW_S = 10.0
CRON_S = 1.0
TASK_POLL_S = 0.5
AFTER_ERROR_S = 2.0
JOIN_S = 10.0
# Tasks only make indexes true: on a busy machine pages and facts come first. A niceness of 10 is a
# tenth of the processor time that others have.
TASKS_NICE = 10


@dataclass(slots=True)
class Loops:
    """Functions that run over and over, each in its thread, until `stop` is set."""

    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def add(self, name: str, every_s: float, work: Callable[[], Any], *, nice: int = 0) -> None:
        """Run `work` now, and again `every_s` seconds after each end; at once if it found work.

        `nice` is what the thread adds to the niceness of the process.
        """
        thread = threading.Thread(target=self._repeat, args=(name, every_s, work, nice), name=name)
        thread.start()
        self.threads.append(thread)

    def _repeat(self, name: str, every_s: float, work: Callable[[], Any], nice: int) -> None:
        if nice:
            _step_back(nice)
        while not self.stop.is_set():
            pause = every_s
            close_old_connections()
            try:
                if work():
                    pause = 0.0
            except DatabaseError as error:
                log.warning("database_trouble", loop=name, error=str(error).strip())
                pause = max(every_s, AFTER_ERROR_S)
            except Exception:
                log.exception("loop_failed", loop=name)
                pause = max(every_s, AFTER_ERROR_S)
            self.stop.wait(pause)
        connections.close_all()

    def join(self) -> bool:
        """Wait up to ten seconds for what is in hand; say whether all ended."""
        for thread in self.threads:
            thread.join(JOIN_S)
        return not any(thread.is_alive() for thread in self.threads)


def work() -> int:
    """Run every loop until SIGTERM or SIGINT; return 0 when all ended in time. Main thread only."""
    loops, lease, bell = Loops(), Lease(), Bell()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        bell.ring()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    restored.hold(settings.DATELINE_DATA_DIR, at=clock.now())
    lease.renew()
    loops.add("lease", RENEW_S, _renewing(lease))
    loops.add("tasks", TASK_POLL_S, run_tasks, nice=TASKS_NICE)
    loops.add("jobs", CRON_S, _while_held(lease, run_jobs))
    for loop in schedule.LOOPS:
        loops.add(loop.name, loop.every_s, _while_held(lease, loop.run))
    log.info("working", loops=[thread.name for thread in loops.threads])
    bell.wait()
    loops.stop.set()
    ended = loops.join()
    lease.release()
    return 0 if ended else 1


def _step_back(nice: int) -> None:
    """Let others go first: Linux keeps a niceness for each thread."""
    thread = threading.get_native_id()
    os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + nice)


def run_jobs() -> None:
    """Run what the timetable says is due."""
    for job in schedule.JOBS:
        run_due(job.name, job.cron, job.run)


def run_tasks() -> bool:
    """Run one queued task; say whether there was one."""
    if not DBTaskResult.objects.ready().exists():
        return False  # the library asks under the write lock, which others need more
    worker = RetryingWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=this_worker(),
        excluded_queue_names=[],
    )
    worker.run()
    return bool(worker._run_tasks)  # noqa: SLF001 - it counts, and tells nobody else


def _while_held(lease: Lease, run: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: lease.held() and run()


def _renewing(lease: Lease) -> Callable[[], None]:
    def renew() -> None:
        lease.renew()

    return renew
