"""What the outbox still owes, for `dateline outbox status` and the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from dateline.outbox import models


@dataclass(frozen=True, slots=True)
class Failing:
    """One delivery that failed at least once and is not done."""

    fact: str
    handler: str
    attempts: int
    next_try_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """How far behind the outbox is. `oldest_at` is aware UTC, or None when nothing waits."""

    facts: int
    waiting: int
    oldest_at: datetime | None
    failing: tuple[Failing, ...]


def status(*, failing_limit: int = 20) -> OutboxStatus:
    """Count facts and undelivered rows; list up to `failing_limit` that failed, oldest first."""
    waiting = models.Delivery.objects.filter(done_at=None)
    failed = waiting.filter(attempts__gt=0).exclude(last_error="").select_related("fact")
    return OutboxStatus(
        facts=models.FactRecord.objects.count(),
        waiting=waiting.count(),
        oldest_at=waiting.aggregate(at=Min("fact__recorded_at"))["at"],
        failing=tuple(
            Failing(str(d.fact), d.handler, d.attempts, d.next_try_at, d.last_error)
            for d in failed.order_by("fact_id", "place")[:failing_limit]
        ),
    )


def undelivered_of(fact_id: int) -> list[str]:
    """Dotted names of the handlers that have not yet heard this fact, in order."""
    rows = models.Delivery.objects.filter(fact_id=fact_id, done_at=None).order_by("place")
    return list(rows.values_list("handler", flat=True))
