"""Record facts with the change that makes them true, and deliver each until it is heard."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.module_loading import import_string

from dateline import clock
from dateline.outbox import models
from dateline.outbox.domain import LEASE, Fact, Hearers, decode, encode, handler_path, wait_after
from dateline.prepared import Insert

log = structlog.get_logger(__name__)

NONE = timedelta(0)
_told = Insert(models.FactRecord)
_owed = Insert(models.Delivery)
HEAD_START = timedelta(seconds=1)  # how long a process that has just committed is left alone


def record(fact: Fact) -> int:
    """Store `fact` so that every subscribed handler gets it at least once; return its id.

    Must run inside the transaction that makes the fact true: both are saved or neither is. Urgent
    handlers run right after COMMIT in this process; the worker is their guarantee.

    Raises:
        RuntimeError: called outside a transaction.

    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"{fact.name} recorded outside a transaction. "
            "Call outbox.record from a function marked @transaction.atomic."
        )
    at = clock.now()
    row = _told(models.FactRecord(name=fact.name, payload=encode(fact), recorded_at=at))
    hearers = subscriptions().get(type(fact), Hearers())
    if hearers.unless and hearers.unless(fact):
        return row.pk
    marked = [(h, True) for h in hearers.urgent] + [(h, False) for h in hearers.later]
    deliveries = _owed.together(
        [
            models.Delivery(
                fact=row, handler=handler_path(handler), urgent=urgent, place=place, next_try_at=at
            )
            for place, (handler, urgent) in enumerate(marked)
        ]
    )
    if hearers.urgent:
        urgent_ones = [delivery for delivery in deliveries if delivery.urgent]
        transaction.on_commit(partial(_deliver_now, urgent_ones), robust=True)
    return row.pk


def subscriptions() -> dict[type[Any], Hearers]:
    """The table of `project/subscriptions.py`: which fact is told to whom."""
    table: dict[type[Any], Hearers] = import_string(settings.DATELINE_SUBSCRIPTIONS)
    return table


def _deliver_now(deliveries: Iterable[models.Delivery]) -> None:
    """Run urgent deliveries right after the COMMIT that made them, in order.

    They take no lease, for that would be a write more before readers are told: the worker leaves
    them their head start. Where it comes in between after all, a handler is run twice, and is safe
    to run twice.
    """
    for delivery in deliveries:
        delivery.attempts = 1
    _note_success([delivery.pk for delivery in deliveries if _hears(delivery)])


def deliver_due(*, limit: int = 100, head_start: timedelta = NONE) -> int:
    """Run up to `limit` due deliveries, urgent first, then oldest; return how many succeeded.

    Urgent ones younger than `head_start` are left to the process that recorded them.

    One handler's failure never stops another: it is noted on its own row and tried again after
    5 s, doubling to 1 h. Several workers may run this: a lease keeps them from the same row.
    """
    now = clock.now()
    due = (
        models.Delivery.objects.filter(done_at=None, next_try_at__lte=now)
        .filter(_free())
        .exclude(urgent=True, attempts=0, next_try_at__gt=now - head_start)
        .order_by(F("urgent").desc(), "next_try_at", "id")
        .values_list("pk", flat=True)[:limit]
    )
    return sum(_attempt(pk) for pk in list(due))


def retry_now(delivery_ids: Iterable[int], *, by: str) -> int:
    """Make these deliveries due at once instead of in up to an hour; return how many.

    The worker takes them within a second, in their order. What is done, or running this moment, is
    left alone. `by` is who asked, for the log.
    """
    failing = models.Delivery.objects.filter(
        _free(), pk__in=list(delivery_ids), done_at=None, attempts__gt=0
    )
    count = failing.update(next_try_at=clock.now())
    log.info("deliveries_retried", count=count, by=by)
    return count


def _free() -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=clock.now())


def _attempt(delivery_id: int) -> bool:
    """Lease one delivery, run its handler outside any transaction of ours, note the outcome."""
    leased = (
        models.Delivery.objects.filter(_free(), pk=delivery_id, done_at=None)
        .update(leased_until=clock.now() + LEASE, attempts=F("attempts") + 1)
    )  # fmt: skip
    if not leased:
        return False
    delivery = models.Delivery.objects.select_related("fact").get(pk=delivery_id)
    heard = _hears(delivery)
    if heard:
        _note_success([delivery.pk])
    return heard


def _hears(delivery: models.Delivery) -> bool:
    try:
        _run(delivery)
    except Exception as error:  # noqa: BLE001 - the one sanctioned place: a failure is a row
        _note_failure(delivery, error)
        return False
    return True


def _run(delivery: models.Delivery) -> None:
    kinds = {kind.name: kind for kind in subscriptions()}
    fact: Any = decode(kinds[delivery.fact.name], delivery.fact.payload)
    import_string(delivery.handler)(fact)


def _note_success(pks: list[int]) -> None:
    models.Delivery.objects.filter(pk__in=pks).update(
        done_at=clock.now(), leased_until=None, last_error="", attempts=Greatest("attempts", 1)
    )


def _note_failure(delivery: models.Delivery, error: Exception) -> None:
    log.warning(
        "delivery_failed", fact=str(delivery.fact), handler=delivery.handler, error=repr(error)
    )
    models.Delivery.objects.filter(pk=delivery.pk).update(
        leased_until=None,
        attempts=delivery.attempts,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        next_try_at=clock.now() + wait_after(delivery.attempts),
    )
