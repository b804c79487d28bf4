"""The leased ticker: one worker at a time runs the schedule, and each slot runs once."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from cronsim import CronSim
from django.db import IntegrityError, transaction
from django.db.models import Q

from dateline import clock
from dateline.project.models import JobRun, TickerLease
from dateline.project.processes import alive

log = structlog.get_logger("dateline.worker")

LEASE = timedelta(seconds=30)
NAME = "ticker"
KEEP_SLOTS = timedelta(days=14)


def this_worker() -> str:
    """`host:pid`: names this process among all workers of the installation."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass(slots=True)
class Lease:
    """The right to run the schedule. `renew` it well within 30 seconds."""

    holder: str = field(default_factory=this_worker)
    until: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def held(self) -> bool:
        """Whether this worker may run the schedule now."""
        return clock.now() < self.until

    def renew(self) -> bool:
        """Take or keep the lease; False when another living worker has it."""
        now = clock.now()
        until = now + LEASE
        _free_the_dead()
        free = Q(holder=self.holder) | Q(until__lt=now)
        taken = TickerLease.objects.filter(free, name=NAME).update(holder=self.holder, until=until)
        if not taken and not TickerLease.objects.filter(name=NAME).exists():
            with suppress(IntegrityError), transaction.atomic():
                TickerLease.objects.create(name=NAME, holder=self.holder, until=until)
                taken = 1
        self.until = until if taken else datetime(1970, 1, 1, tzinfo=UTC)
        return bool(taken)

    def release(self) -> None:
        """Give the lease back at once, so that the next worker need not wait for it to end."""
        TickerLease.objects.filter(name=NAME, holder=self.holder).delete()
        self.until = datetime(1970, 1, 1, tzinfo=UTC)


def _free_the_dead() -> None:
    """Drop the lease of a worker of this machine that is gone (kill -9), without the wait."""
    for row in TickerLease.objects.filter(name=NAME, holder__startswith=f"{socket.gethostname()}:"):
        if not alive(int(row.holder.rpartition(":")[2])):
            TickerLease.objects.filter(pk=row.pk, holder=row.holder).delete()


def run_due(name: str, cron: str, work: Callable[[], Any]) -> bool:
    """Run `work` for the newest slot of `cron` (UTC) that is due, unless it has run; say if it did.

    Slots missed while no worker ran are not made up one by one: the newest stands for all. A
    failure is kept on the slot's row and logged; the next slot tries again.
    """
    now = clock.now()
    slot = next(CronSim(cron, now + timedelta(seconds=1), reverse=True))
    try:
        with transaction.atomic():
            run = JobRun.objects.create(job=name, slot=slot, started_at=now)
    except IntegrityError:
        return False
    try:
        work()
    except Exception as error:
        log.exception("job_failed", job=name)
        run.error = f"{type(error).__name__}: {error}"[:2000]
    run.finished_at = clock.now()
    run.save(update_fields=["finished_at", "error"])
    return True


def prune() -> int:
    """Forget slots older than fourteen days; return how many."""
    return JobRun.objects.filter(slot__lt=clock.now() - KEEP_SLOTS).delete()[0]
