"""Freeze whom a mailing goes to, and start, pause, resume or stop it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from dateline import clock
from dateline.mail import models
from dateline.mail.domain.addresses import LONGEST, AddressRefused, key_of, normalised
from dateline.mail.domain.copies import Letter, cut
from dateline.mail.domain.states import Fate, MailingState
from dateline.mail.events import MailingAbandoned
from dateline.mail.queries.sending import route
from dateline.mail.queries.suppression import withheld_among
from dateline.outbox import services as outbox

SIZE = 1000  # entries of one stretch; so many rows are one transaction, and others write between
ABANDONED = timedelta(minutes=2)  # a freezing that stood still for so long has died
LONGEST_TOLD, LONGEST_ROUTE = 300, 40
ENDED = {MailingState.STOPPED.value, MailingState.DONE.value}
LATER = {MailingState.SENDING.value, MailingState.PAUSED.value, MailingState.DONE.value}

INSERT = (
    'INSERT INTO "mail_entry" ("mailing_id", "number", "address", "key", "person", "copy", '
    '"fields", "due_at", "fate", "tries", "told", "settled_at") '
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, %s)"
)
THERE = 'SELECT "key" FROM "mail_entry" WHERE "mailing_id" = %s AND "key" IN (KEYS)'


class AlreadyFrozen(Exception):
    """The same is being sent, or was: nobody gets it twice."""


class WrongState(Exception):
    """The mailing has ended, or has not begun; the text says which."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader of a mailing. `person` is their id in the room that sends, `copy` their letter.

    `due_at` is aware UTC: their mail does not leave before; none: at once.
    """

    address: str
    person: int
    copy: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None


def freeze(
    subject_key: str, *, scope: str, envelope_from: str, letters: Sequence[Letter],
    audience: Iterable[Recipient], at: datetime,
) -> int:  # fmt: skip
    """Write down what is sent to whom, before any of it leaves; return the mailing's id.

    The audience is read once, as it comes, and kept a thousand at a time, each thousand in a
    transaction of its own: a million need little memory and hold up no other writer. The first of
    two equal addresses counts. Whoever may not be written to is kept too, as withheld, and what
    is no address as refused. A freezing that died is begun anew after two minutes. `at` is aware
    UTC.

    Raises:
        AlreadyFrozen: there is a mailing of this key.
        LetterRefused: a letter cannot be a mail.
        IndexError: a reader's letter is none of `letters`.

    """
    segments = [cut(letter) for letter in letters]
    mailing = _begun(subject_key, scope, normalised(envelope_from), segments, at)
    try:
        number, readers = 1, iter(audience)
        while batch := list(islice(readers, SIZE)):
            number = _written(mailing, batch, len(segments), number, at)
    except Exception:
        _forget(mailing)
        raise
    mailing.state = MailingState.READY.value
    mailing.save(update_fields=["state"])
    return mailing.pk


@transaction.atomic
def start(mailing_id: int, *, at: datetime) -> None:
    """Let a frozen mailing leave. `at` is aware UTC. Safe to run twice.

    Raises:
        WrongState: it is not frozen yet, or was stopped.

    """
    mailing = _locked(mailing_id)
    if mailing.state in LATER:
        return
    if mailing.state != MailingState.READY.value:
        raise WrongState(f"{mailing} is {mailing.state}: it cannot be started.")
    mailing.started_at, mailing.route = at, route()[:LONGEST_ROUTE]
    _send_on(mailing, at)


@transaction.atomic
def pause(mailing_id: int, *, at: datetime) -> None:
    """Hold back what has not left; nothing leaves a second later. `at` is aware UTC.

    Raises:
        WrongState: it is not on its way.

    """
    _move(mailing_id, {MailingState.SENDING}, MailingState.PAUSED, at)


@transaction.atomic
def resume(mailing_id: int, *, at: datetime) -> None:
    """Go on with a mailing that was paused. `at` is aware UTC.

    Raises:
        WrongState: it was stopped, has ended or has not begun.

    """
    mailing = _locked(mailing_id)
    if mailing.state not in {MailingState.PAUSED.value, MailingState.SENDING.value}:
        raise WrongState(f"{mailing} is {mailing.state}: it cannot go on.")
    _send_on(mailing, at)


def hold_all(*, why: str, at: datetime) -> int:
    """Pause every mailing that is on its way, and say why; return how many.

    `at` is aware UTC. Safe to run twice.
    """
    rows = models.Mailing.objects.filter(state=MailingState.SENDING.value)
    told = f"{why} Held at {at:%Y-%m-%d %H:%M} UTC."
    return rows.update(state=MailingState.PAUSED.value, why=told[:LONGEST_TOLD])


def stop(mailing_id: int, *, why: str, at: datetime) -> bool:
    """Stop a mailing for good; nothing leaves a second later. Say whether that changed anything.

    Whose mail had not left is noted as stopped: at once where no sender has it in hand, else by
    that sender. `at` is aware UTC. Safe to run twice.
    """
    with transaction.atomic():
        mailing = _locked(mailing_id)
        if mailing.state in ENDED:
            return False
        _end(mailing, why, at)
    sweep(mailing_id, at=at)
    return True


def abandon(mailing_id: int, *, why: str, by: str, at: datetime) -> bool:
    """Give a mailing up for good, and have it on record; say whether that changed anything.

    For one that somebody must decide about: it is paused, is on its way, or was never started.
    What has not left never leaves. `by` says who decided, `at` is aware UTC. Safe to run twice.

    Raises:
        Mailing.DoesNotExist: there is none of this id.
        WrongState: it is still being frozen, or has wholly left.

    """
    with transaction.atomic():
        mailing = _locked(mailing_id)
        if mailing.state in {MailingState.FREEZING.value, MailingState.DONE.value}:
            raise WrongState(f"{mailing} is {mailing.state}: there is nothing to give up.")
        if is_new := mailing.state not in ENDED:
            _end(mailing, why, at)
            outbox.record(
                MailingAbandoned(
                    mailing_id=mailing.pk, subject_key=mailing.subject_key, why=mailing.why,
                    by=by, at=at,
                )
            )  # fmt: skip
    sweep(mailing_id, at=at)
    return is_new


def _end(mailing: models.Mailing, why: str, at: datetime) -> None:
    mailing.state, mailing.why = MailingState.STOPPED.value, why[:LONGEST_TOLD]
    mailing.ended_at = at
    mailing.save(update_fields=["state", "why", "ended_at"])


def sweep(mailing_id: int, *, at: datetime) -> int:
    """Note as stopped whom a stopped mailing did not reach; return how many. `at` is aware UTC.

    A thousand at a time; what a sender has in hand is left to it.
    """
    open_ones = models.Stretch.objects.filter(mailing_id=mailing_id, next_at__isnull=False)
    return sum(_stopped(pk, at) for pk in list(open_ones.values_list("pk", flat=True)))


@transaction.atomic
def _stopped(pk: int, at: datetime) -> int:
    rows = models.Stretch.objects.select_for_update().filter(pk=pk, holder="")
    stretch = rows.filter(next_at__isnull=False).first()
    if stretch is None:
        return 0
    count = models.Entry.objects.filter(
        mailing_id=stretch.mailing_id, number__range=(stretch.first, stretch.last),
        fate=Fate.WAITING.value,
    ).update(fate=Fate.STOPPED.value, settled_at=at)  # fmt: skip
    stretch.stopped, stretch.next_at = stretch.stopped + count, None
    stretch.save(update_fields=["stopped", "next_at"])
    return count


def _locked(mailing_id: int) -> models.Mailing:
    return models.Mailing.objects.select_for_update().get(pk=mailing_id)


def _move(mailing_id: int, before: set[MailingState], after: MailingState, at: datetime) -> None:
    mailing = _locked(mailing_id)
    if mailing.state not in {state.value for state in before | {after}}:
        raise WrongState(f"{mailing} is {mailing.state} at {at:%H:%M} UTC.")
    mailing.state = after.value
    mailing.save(update_fields=["state"])


def _send_on(mailing: models.Mailing, at: datetime) -> None:
    """On its way; or at its end, where nobody waits for it."""
    waits = models.Stretch.objects.filter(mailing=mailing, next_at__isnull=False).exists()
    mailing.state = (MailingState.SENDING if waits else MailingState.DONE).value
    mailing.ended_at = None if waits else at
    mailing.save(update_fields=["state", "route", "started_at", "ended_at"])


def _begun(
    subject_key: str, scope: str, envelope_from: str, segments: list[bytes], at: datetime
) -> models.Mailing:
    old = models.Mailing.objects.filter(subject_key=subject_key).first()
    if old and _has_died(old):
        _forget(old)
    elif old:
        raise AlreadyFrozen(f"{old} was frozen at {old.created_at:%Y-%m-%d %H:%M} UTC.")
    with transaction.atomic():
        mailing, is_new = models.Mailing.objects.get_or_create(
            subject_key=subject_key,
            defaults={
                "scope": scope, "envelope_from": envelope_from, "created_at": at,
                "touched_at": clock.now(),
            },
        )  # fmt: skip
        if not is_new:
            raise AlreadyFrozen(f"{mailing} is being frozen.")
        models.MailingCopy.objects.bulk_create(
            models.MailingCopy(mailing=mailing, number=number, segments=made)
            for number, made in enumerate(segments)
        )
    return mailing


def _has_died(mailing: models.Mailing) -> bool:
    freezing = mailing.state == MailingState.FREEZING.value
    return freezing and mailing.touched_at < clock.now() - ABANDONED


def _forget(mailing: models.Mailing) -> None:
    """Drop what a freezing left that did not end; nothing of it has left. Bit by bit, as above."""
    last = mailing.entries.aggregate(last=Max("number"))["last"] or 0
    for first in range(1, last + 1, SIZE):
        mailing.entries.filter(number__range=(first, first + SIZE - 1)).delete()
    mailing.delete()


@transaction.atomic
def _written(
    mailing: models.Mailing, batch: list[Recipient], letters: int, number: int, at: datetime
) -> int:
    """Keep a batch as one stretch from `number` on; return the number after its last."""
    fresh = _fresh(mailing, batch)
    withheld = withheld_among(fresh, mailing.scope)
    stretch = models.Stretch(mailing=mailing, first=number, last=number + len(fresh) - 1)
    rows, stamp = [], connection.ops.adapt_datetimefield_value
    for key, (address, refusal, one) in fresh.items():
        if not 0 <= one.copy < letters:
            raise IndexError(f"{address}: there is no letter {one.copy}.")
        fate = Fate.WAITING
        if refusal:
            fate, stretch.refused = Fate.REFUSED, stretch.refused + 1
        elif key in withheld:
            fate, stretch.withheld = Fate.WITHHELD, stretch.withheld + 1
        else:
            due = max(one.due_at or at, at)
            stretch.next_at = min(stretch.next_at or due, due)
        rows.append((
            mailing.pk, number, address, key, one.person, one.copy, _json(one.fields),
            one.due_at and stamp(one.due_at), fate.value, refusal,
            None if fate is Fate.WAITING else stamp(at),
        ))  # fmt: skip
        number += 1
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)
        stretch.save(force_insert=True)
    models.Mailing.objects.filter(pk=mailing.pk).update(touched_at=clock.now())
    return number


def _fresh(
    mailing: models.Mailing, batch: list[Recipient]
) -> dict[str, tuple[str, str, Recipient]]:
    """Key → address, why it is none, and whose it is; without those who are on it already."""
    found: dict[str, tuple[str, str, Recipient]] = {}
    for address, refusal, one in _read(batch):
        found.setdefault(key_of(address), (address, refusal, one))
    marks = ", ".join(["%s"] * len(found))
    with connection.cursor() as cursor:
        cursor.execute(THERE.replace("KEYS", marks), [mailing.pk, *found])
        for (key,) in cursor.fetchall():
            del found[key]
    return found


def _read(batch: list[Recipient]) -> Iterator[tuple[str, str, Recipient]]:
    for one in batch:
        try:
            yield normalised(one.address), "", one
        except AddressRefused as error:
            yield _kept(one.address)[:LONGEST], _kept(str(error))[:LONGEST_TOLD], one


def _json(fields: Mapping[str, Any]) -> str:
    return json.dumps({name: _kept(str(value)) for name, value in fields.items()})


def _kept(text: str) -> str:
    """What a database can keep: no NUL, no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
