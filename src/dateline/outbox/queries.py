"""What the outbox still owes, for `dateline outbox status` and the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min

from dateline.outbox import models

STUCK_AFTER = timedelta(hours=1)  # a handler that fails for longer does not mend itself
STUCK_TRIES = 5


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


@dataclass(frozen=True, slots=True)
class Stuck:
    """One delivery that keeps failing. `since` is when its fact was recorded, aware UTC."""

    id: int
    fact: str
    handler: str
    attempts: int
    since: datetime
    next_try_at: datetime
    last_error: str


def stuck(*, at: datetime) -> list[Stuck]:
    """Deliveries that failed STUCK_TRIES times or more over STUCK_AFTER until `at`, oldest first.

    `at` is aware UTC. One query, however many facts there are.
    """
    rows = models.Delivery.objects.filter(
        done_at=None, attempts__gte=STUCK_TRIES, fact__recorded_at__lte=at - STUCK_AFTER
    )
    return [
        Stuck(
            d.pk, str(d.fact), d.handler, d.attempts, d.fact.recorded_at, d.next_try_at,
            d.last_error,
        )
        for d in rows.exclude(last_error="").select_related("fact").order_by("fact_id", "place")
    ]  # fmt: skip


def owed_to(handler: str) -> tuple[int, datetime | None]:
    """How many facts a handler (dotted name) has not heard, and when the oldest was recorded.

    Aware UTC; None where it has heard all. One query.
    """
    rows = models.Delivery.objects.filter(done_at=None, handler=handler)
    found = rows.aggregate(count=Count("pk"), at=Min("fact__recorded_at"))
    return found["count"], found["at"]


def payloads(names: Iterable[str], *, since: datetime) -> list[dict[str, Any]]:
    """The fields of every fact of these names recorded after `since`, aware UTC; oldest first."""
    rows = models.FactRecord.objects.filter(name__in=list(names), recorded_at__gt=since)
    return list(rows.order_by("pk").values_list("payload", flat=True))


def undelivered_of(fact_id: int) -> list[str]:
    """Dotted names of the handlers that have not yet heard this fact, in order."""
    rows = models.Delivery.objects.filter(fact_id=fact_id, done_at=None).order_by("place")
    return list(rows.values_list("handler", flat=True))
