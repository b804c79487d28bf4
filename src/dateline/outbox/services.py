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
from dateline.outbox.domain import (
    LEASE,
    Fact,
    Handler,
    Hearers,
    Together,
    decode,
    encode,
    handler_path,
    wait_after,
)
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
    5 s, doubling to 1 h. Several workers may run this: a lease keeps them from the same row. A
    handler that hears facts together hears those of this run when the first has its turn.
    """
    now = clock.now()
    due = (
        models.Delivery.objects.filter(done_at=None, next_try_at__lte=now)
        .filter(_free())
        .exclude(urgent=True, attempts=0, next_try_at__gt=now - head_start)
        .order_by(F("urgent").desc(), "next_try_at", "id")
        .values_list("pk", "handler")[:limit]
    )
    lots: dict[object, list[int]] = {}
    for pk, handler in due:
        key = handler if isinstance(_handler(handler), Together) else pk
        lots.setdefault(key, []).append(pk)
    return sum(_attempt(lot) for lot in lots.values())


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


def _attempt(delivery_ids: list[int]) -> int:
    """Lease deliveries to one handler, run it outside any transaction of ours, note the outcome."""
    until = clock.now() + LEASE
    mine = models.Delivery.objects.filter(pk__in=delivery_ids, done_at=None)
    if not mine.filter(_free()).update(leased_until=until, attempts=F("attempts") + 1):
        return 0
    leased = mine.filter(leased_until=until).select_related("fact").order_by("pk")
    heard = _heard_of(list(leased))
    _note_success([delivery.pk for delivery in heard])
    return len(heard)


def _heard_of(deliveries: list[models.Delivery]) -> list[models.Delivery]:
    """Tell one handler: of all at once where there are several, else, or if it fails, of each."""
    if len(deliveries) > 1:
        error = _error_of(deliveries)
        if error is None:
            return deliveries
        log.warning("told_one_by_one", handler=deliveries[0].handler, error=repr(error))
    return [delivery for delivery in deliveries if _hears(delivery)]


def _hears(delivery: models.Delivery) -> bool:
    error = _error_of([delivery])
    if error:
        _note_failure(delivery, error)
    return error is None


def _error_of(deliveries: list[models.Delivery]) -> Exception | None:
    """Tell their one handler of these, and return what went wrong."""
    try:
        facts = [_fact_of(delivery) for delivery in deliveries]
        handler = _handler(deliveries[0].handler)
        if isinstance(handler, Together):
            handler.many(facts)
        else:
            handler(*facts)
    except Exception as error:  # noqa: BLE001 - the one sanctioned place: a failure is a row
        return error
    return None


def _fact_of(delivery: models.Delivery) -> Any:
    kinds = {kind.name: kind for kind in subscriptions()}
    return decode(kinds[delivery.fact.name], delivery.fact.payload)


def _handler(path: str) -> Handler:
    handler: Handler = import_string(path)
    return handler


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
