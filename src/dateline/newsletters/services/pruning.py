"""Forget addresses that were typed and never confirmed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dateline.newsletters import models
from dateline.newsletters.adapters.hashing import hashed
from dateline.newsletters.domain.kinds import Act, Standing

KEEP = timedelta(days=30)
AT_ONCE = 500  # of one transaction


def forget_asked(*, at: datetime, kept: Collection[int] = ()) -> int:
    """Forget what was asked for thirty days before `at` (aware UTC) and never confirmed; count it.

    That somebody asked stays provable, with a keyed hash in the place of the address. Who is, or
    was, on any list stays, as does who has an account, moves, or is `kept` (ids) by another room.
    """
    before = at - KEEP
    asked = models.Subscription.objects.filter(
        standing=Standing.ASKED.value, asked_at__lt=before
    )  # fmt: skip
    count, _ = asked.delete()
    rows, others, last = _nobody(before).order_by("pk"), frozenset(kept), 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1].pk
        gone = [who for who in batch if who.pk not in others]  # too many to name in a query
        _forget(gone)
        count += len(gone)
    return count


def _nobody(before: datetime) -> QuerySet[models.Subscriber]:
    """Subscribers of nothing: on no list, without an account, of whom only asking is known."""
    on_a_list = models.Subscription.objects.filter(subscriber=OuterRef("pk"))
    moving = models.AddressChange.objects.filter(subscriber=OuterRef("pk"))
    agreed = models.Consent.objects.filter(key=OuterRef("key")).exclude(act=Act.ASKED.value)
    rows = models.Subscriber.objects.filter(reader=None, created_at__lt=before)
    return (
        rows.exclude(Exists(on_a_list))
        .exclude(Exists(moving))
        .exclude(Exists(agreed))
        .exclude(Exists(models.Consent.objects.filter(key=OuterRef("key"), at__gte=before)))
    )


@transaction.atomic
def _forget(batch: list[models.Subscriber]) -> None:
    for who in batch:
        models.Consent.objects.all().veil(who.key, hashed(who.key))
    models.Subscriber.objects.filter(pk__in=[who.pk for who in batch]).delete()
