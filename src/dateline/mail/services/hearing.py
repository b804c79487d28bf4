"""Take in what an ESP tells of mails that have left, and keep what could not be taken in."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from dateline import clock
from dateline.mail import models
from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.states import Fate, Reason
from dateline.mail.domain.told import EventRefused, Kind, Told
from dateline.mail.services.suppression import suppress

LONGEST_WHY, LONGEST_BODY = 300, 64 * 1024
KEPT_PROVED, KEPT_OTHERS = 500, 50  # refused events: strangers cannot push out what matters
REMEMBERED = timedelta(days=90)  # longer than an event may be late
COLUMNS = {
    Kind.DELIVERED: "delivered_at", Kind.BOUNCED: "bounced_at", Kind.REJECTED: "bounced_at",
    Kind.COMPLAINED: "complained_at",
}  # fmt: skip
SETTLED = "The ESP tells: {}."


@transaction.atomic
def hear(esp: str, told: Told, *, at: datetime) -> bool:
    """Write into the ledger what one event says; say whether that was new. `at` is aware UTC.

    Delivered, bounced and complained are noted with the earliest time that was told. Who was
    unknown is settled: the ESP had it. A mailbox that is not there and a complaint suppress all
    mail to the address, an unsubscription that of the mailing's scope; but not where somebody has
    lifted that since. Safe to run twice, and in any order.

    Raises:
        EventRefused: it is too old, or names another reader than the mail went to.

    """
    told.checked(at)
    _, is_new = models.RouteEvent.objects.get_or_create(
        esp=esp, key=told.key,
        defaults={"kind": told.kind.value, "happened_at": told.at, "received_at": at},
    )  # fmt: skip
    if not is_new or told.kind is Kind.OTHER:
        return is_new
    entry = _entry(told)
    if entry:
        _note(entry, told)
        _settle(entry, told)
    _suppress(esp, told, entry.mailing.scope if entry else "")
    return True


@transaction.atomic
def keep(esp: str, body: bytes, *, why: str, is_proved: bool, at: datetime) -> None:
    """Keep a request that was not taken in, for the operator; the oldest of many go.

    `at` is aware UTC.
    """
    models.RefusedEvent.objects.create(
        esp=esp, why=why.replace("\0", " ")[:LONGEST_WHY], body=body[:LONGEST_BODY],
        is_proved=is_proved, received_at=at,
    )  # fmt: skip
    rows = models.RefusedEvent.objects.filter(is_proved=is_proved).order_by("-pk")
    most = KEPT_PROVED if is_proved else KEPT_OTHERS
    oldest = rows.values_list("pk", flat=True)[most : most + 1].first()
    if oldest is not None:
        rows.filter(pk__lte=oldest).delete()


def prune(*, at: datetime | None = None) -> int:
    """Forget events that are too old to come again; return how many. `at` is aware UTC."""
    old = (at or clock.now()) - REMEMBERED
    models.RefusedEvent.objects.filter(received_at__lt=old).delete()
    return models.RouteEvent.objects.filter(received_at__lt=old).delete()[0]


def _entry(told: Told) -> models.Entry | None:
    if told.message is None:
        return None
    mailing_id, number = told.message
    rows = models.Entry.objects.select_for_update(of=("self",)).select_related("mailing")
    entry = rows.filter(mailing_id=mailing_id, number=number).first()
    if entry is None:
        raise EventRefused(f"There is no mail {number} of mailing {mailing_id}.")
    if entry.key != key_of(told.address):
        raise EventRefused(f"Mail {number} of mailing {mailing_id} went to somebody else.")
    return entry


def _note(entry: models.Entry, told: Told) -> None:
    changes: dict[str, Any] = {}
    if column := COLUMNS.get(told.kind):
        before = getattr(entry, column)
        changes[column] = min(before, told.at) if before else told.at
    if told.is_soft:
        changes["soft_bounces"] = Coalesce(F("soft_bounces"), 0) + 1
    if told.kind in {Kind.BOUNCED, Kind.REJECTED, Kind.DEFERRED} and told.said:
        changes["told"] = told.said
    if changes:
        models.Entry.objects.filter(pk=entry.pk).update(**changes)


def _settle(entry: models.Entry, told: Told) -> None:
    """Who was unknown is so no longer: the ESP had the mail, and took it or not."""
    fate = Fate.REFUSED if told.kind is Kind.REJECTED else Fate.SENT
    said = told.said or SETTLED.format(told.kind.value)
    unknown = models.Entry.objects.filter(pk=entry.pk, fate=Fate.UNKNOWN.value)
    if not unknown.update(fate=fate.value, told=said):
        return
    models.Stretch.objects.filter(
        mailing_id=entry.mailing_id, first__lte=entry.number, last__gte=entry.number
    ).update(unknown=F("unknown") - 1, **{fate.value: F(fate.value) + 1})


def _suppress(esp: str, told: Told, scope: str) -> None:
    reason = _reason(told)
    if reason is None or not told.address:
        return
    where = scope if reason is Reason.REQUEST else ""
    lifted = models.Suppression.objects.filter(
        key=key_of(told.address), scope=where, lifted_at__gte=told.at
    )
    if not lifted.exists():
        suppress(
            told.address, scope=where, reason=reason, source=esp, told=told.said, at=told.at
        )  # fmt: skip


def _reason(told: Told) -> Reason | None:
    if told.kind is Kind.COMPLAINED:
        return Reason.COMPLAINT
    if told.kind is Kind.UNSUBSCRIBED:
        return Reason.REQUEST
    return Reason.BOUNCE if told.is_of_nobody else None
