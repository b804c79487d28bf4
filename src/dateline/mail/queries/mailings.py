"""What became of a mailing, and of each of its mails."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Sum

from dateline.mail import models
from dateline.mail.domain.addresses import key_of
from dateline.mail.domain.message_ids import message_id
from dateline.mail.domain.states import Fate, MailingState


@dataclass(frozen=True, slots=True)
class Progress:
    """How many readers a mailing has, and how many of them met which fate."""

    state: MailingState
    total: int = 0
    waiting: int = 0
    sent: int = 0
    refused: int = 0
    withheld: int = 0
    stopped: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reader whose mail was handed over, and nobody knows whether it was taken. Aware UTC."""

    address: str
    number: int
    message_id: str
    at: datetime


SETTLED = ("sent", "refused", "withheld", "stopped", "unknown")


def progress(mailing_id: int) -> Progress:
    """Return how far a mailing is: what is settled, counted a thousand readers a row.

    Raises:
        Mailing.DoesNotExist: there is none of this id.

    """
    mailing = models.Mailing.objects.get(pk=mailing_id)
    counts = models.Stretch.objects.filter(mailing_id=mailing_id).aggregate(
        total=Sum(F("last") - F("first") + 1), **{name: Sum(name) for name in SETTLED}
    )
    found = {name: count or 0 for name, count in counts.items()}
    waiting = found["total"] - sum(found[name] for name in SETTLED)
    return Progress(MailingState(mailing.state), waiting=waiting, **found)


def in_doubt(mailing_id: int) -> list[Doubt]:
    """Return whose mail may or may not have arrived, by name; none of them is sent again."""
    rows = models.Entry.objects.filter(mailing_id=mailing_id, fate=Fate.UNKNOWN.value)
    host = settings.DATELINE_NETWORK_DOMAIN
    return [
        Doubt(row.address, row.number, f"<{message_id(mailing_id, row.number, host)}>", at)
        for row in rows.order_by("number")
        if (at := row.settled_at)
    ]


def left_out(mailing_id: int) -> Iterator[str]:
    """Stream the addresses that a mailing never left for, since it was stopped before."""
    rows = models.Entry.objects.filter(mailing_id=mailing_id, fate=Fate.STOPPED.value)
    return rows.order_by("number").values_list("address", flat=True).iterator(chunk_size=1_000)


def fate_of(mailing_id: int, address: str) -> Fate | None:
    """Return what became of one reader's mail; none where the mailing does not go to them."""
    rows = models.Entry.objects.filter(mailing_id=mailing_id, key=key_of(address.strip()))
    found = rows.values_list("fate", flat=True).first()
    return Fate(found) if found else None


@dataclass(frozen=True, slots=True)
class MailingLine:
    """One mailing as a list shows it. Moments are aware UTC; `per_second` since it was started."""

    id: int
    subject_key: str
    started_at: datetime | None
    ended_at: datetime | None
    progress: Progress
    per_second: float
    doubts: list[Doubt]


def latest(count: int, *, at: datetime) -> list[MailingLine]:
    """Return the newest mailings, the newest first. `at` is aware UTC."""
    return [_line(mailing, at) for mailing in models.Mailing.objects.order_by("-pk")[:count]]


def _line(mailing: models.Mailing, at: datetime) -> MailingLine:
    found = progress(mailing.pk)
    began, ended = mailing.started_at, mailing.ended_at or at
    seconds = max(1.0, (ended - began).total_seconds()) if began else 1.0
    return MailingLine(
        mailing.pk, mailing.subject_key, began, mailing.ended_at, found,
        round(found.sent / seconds, 1), in_doubt(mailing.pk),
    )  # fmt: skip
