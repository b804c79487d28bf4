"""Take a stretch of a mailing in hand, settle what became of its mails, and let go of it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Min

from dateline.mail import models
from dateline.mail.adapters.journal import Journal
from dateline.mail.domain.states import Fate, MailingState, Reason
from dateline.mail.queries.mailings import SETTLED
from dateline.mail.services.suppression import suppress
from dateline.outbox.domain import wait_after

MOST_TRIES = 30  # about a day of "later"
READ = (
    'SELECT "id", "number", "address", "key", "person", "copy", "fields", "tries", '
    'EXISTS(SELECT 1 FROM "mail_suppression" AS "s" WHERE "s"."key" = "mail_entry"."key" '
    'AND "s"."scope" IN (%s, %s) AND "s"."lifted_at" IS NULL) '
    'FROM "mail_entry" WHERE "mailing_id" = %s AND "number" BETWEEN %s AND %s '
    'AND "fate" = \'waiting\' AND ("due_at" IS NULL OR "due_at" <= %s) ORDER BY "number"'
)
SETTLE = (
    'UPDATE "mail_entry" SET "fate" = %s, "told" = %s, "settled_at" = %s '
    'WHERE "id" = %s AND "fate" = \'waiting\''
)
PUT_OFF = (
    'UPDATE "mail_entry" SET "tries" = "tries" + %s, "told" = %s, "due_at" = %s '
    'WHERE "id" = %s AND "fate" = \'waiting\''
)


@dataclass(slots=True)
class Held:
    """A stretch in this process's hands. `open` counts its mails that have met no fate yet."""

    pk: int
    mailing_id: int
    scope: str
    first: int
    last: int
    journal: Journal
    open: int = 0


@dataclass(slots=True)
class Waiting:
    """One mail that is due, as plain values: the sender makes and drops thousands a second."""

    pk: int
    number: int
    address: str
    key: str
    person: int
    copy: int
    fields: dict[str, str]
    tries: int
    is_withheld: bool


@dataclass(slots=True)
class Outcome:
    """What became of one mail. No fate: its receiver said "later". `at` is aware UTC."""

    stretch: int
    pk: int
    address: str
    fate: Fate | None
    told: str
    at: datetime
    tries: int = 0
    is_of_nobody: bool = False
    again_at: datetime | None = None  # it was not even tried, and is then

    @property
    def is_end(self) -> bool:
        """Whether nothing follows: also after a day of "later"."""
        return bool(self.fate) or (not self.again_at and self.tries + 1 >= MOST_TRIES)

    @property
    def due_at(self) -> datetime:
        """When it is tried again: after 5 s, doubling to an hour."""
        return self.again_at or self.at + wait_after(self.tries + 1)


def take(folder: Path, *, at: datetime) -> tuple[Held, list[Waiting]] | None:
    """Take a stretch that is due, of the mailing started last; return it with its due mails.

    The journal is there and locked before the ledger names it. `at` is aware UTC.
    """
    if not _due(at).exists():  # asked without the lock that others need more
        return None
    journal = Journal(folder)
    held = _taken(journal, at)
    if held is None:
        journal.end()
        return None
    with connection.cursor() as cursor:
        stamp = connection.ops.adapt_datetimefield_value(at)
        scopes = ["", held.scope]
        cursor.execute(READ, [*scopes, held.mailing_id, held.first, held.last, stamp])
        rows = [_waiting(row) for row in cursor.fetchall()]
    held.open = len(rows)
    return held, rows


@transaction.atomic
def settle(
    outcomes: Sequence[Outcome], through: Mapping[int, str] = MappingProxyType({}), *, at: datetime
) -> None:
    """Write down what became of mails, and count it; a hard bounce suppresses its address.

    Stretches that are `through` (id → holder) are let go of in the same transaction. Somebody who
    heard "later" for a day is refused. What is settled already stays as it is.
    """
    ended = [one for one in outcomes if one.is_end]
    later = [one for one in outcomes if not one.is_end]
    due_at = connection.ops.adapt_datetimefield_value
    stamps = {moment: due_at(moment) for moment in {one.at for one in ended}}
    with connection.cursor() as cursor:
        cursor.executemany(
            SETTLE,
            [((one.fate or Fate.REFUSED).value, one.told, stamps[one.at], one.pk) for one in ended],
        )
        cursor.executemany(
            PUT_OFF,
            [(0 if one.again_at else 1, one.told, due_at(one.due_at), one.pk) for one in later],
        )
    counts = Counter((one.stretch, (one.fate or Fate.REFUSED).value) for one in ended)
    for (stretch, fate), count in counts.items():
        models.Stretch.objects.filter(pk=stretch).update(**{fate: F(fate) + count})
    for one in ended:
        if one.is_of_nobody:
            suppress(
                one.address, scope="", reason=Reason.BOUNCE, source="smtp", told=one.told, at=one.at
            )
    for pk, holder in through.items():
        let_go(pk, holder, at=at)


@transaction.atomic
def let_go(pk: int, holder: str, *, at: datetime) -> None:
    """Give a stretch back: what of it still waits is due again; with the last one, all is done.

    Of a mailing that was stopped meanwhile, who still waits is noted as stopped. Does nothing to a
    stretch that `holder` does not have. `at` is aware UTC.
    """
    stretch = models.Stretch.objects.select_for_update().filter(pk=pk, holder=holder).first()
    if stretch is None:
        return
    mailing = models.Mailing.objects.select_for_update().get(pk=stretch.mailing_id)
    everybody = models.Entry.objects.filter(
        mailing_id=stretch.mailing_id, number__range=(stretch.first, stretch.last)
    )
    waiting = everybody.filter(fate=Fate.WAITING.value)
    if mailing.state == MailingState.STOPPED.value:
        waiting.update(fate=Fate.STOPPED.value, settled_at=at)
    at_once = waiting.filter(due_at=None).exists()
    stretch.next_at = at if at_once else waiting.aggregate(due=Min("due_at"))["due"]
    stretch.holder, stretch.held_since = "", None
    # Counted anew: what was added up on the way may have met a lost COMMIT.
    counts = dict(everybody.order_by().values_list("fate").annotate(Count("pk")))
    for fate in SETTLED:
        setattr(stretch, fate, counts.get(fate, 0))
    stretch.save()
    if stretch.next_at is None:
        _end(mailing, at)


def put_off(mailing_id: int, *, until: datetime) -> int:
    """Let what nobody has in hand of a mailing wait until then, aware UTC; return how many."""
    rows = models.Stretch.objects.filter(mailing_id=mailing_id, holder="", next_at__lt=until)
    return rows.update(next_at=until)


def _end(mailing: models.Mailing, at: datetime) -> None:
    """Done, where nobody waits any more."""
    open_ones = models.Stretch.objects.filter(mailing=mailing, next_at__isnull=False)
    if mailing.state == MailingState.SENDING.value and not open_ones.exists():
        mailing.state, mailing.ended_at = MailingState.DONE.value, at
        mailing.save(update_fields=["state", "ended_at"])


def _due(at: datetime) -> Any:
    return models.Stretch.objects.filter(
        next_at__lte=at, holder="", mailing__state=MailingState.SENDING.value
    )


@transaction.atomic
def _taken(journal: Journal, at: datetime) -> Held | None:
    """An alert that begins while a long edition is on its way does not stand behind it."""
    skip = connection.features.has_select_for_update_skip_locked
    rows = _due(at).select_related("mailing").select_for_update(of=("self",), skip_locked=skip)
    stretch = rows.order_by("-mailing__started_at", "-mailing_id", "first").first()
    if stretch is None:
        return None
    stretch.holder, stretch.held_since = journal.name, at
    stretch.save(update_fields=["holder", "held_since"])
    mailing = stretch.mailing
    return Held(stretch.pk, mailing.pk, mailing.scope, stretch.first, stretch.last, journal)


def _waiting(row: Sequence[Any]) -> Waiting:
    pk, number, address, key, person, copy, fields, *rest = row
    given = json.loads(fields) if isinstance(fields, str) else fields
    return Waiting(pk, number, address, key, person, copy, given, *rest)
