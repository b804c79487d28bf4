"""Read what was received: parse in a process of its own, store, or put into quarantine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from dateline import clock
from dateline.media import services as media
from dateline.media.domain.metadata import PictureRefused
from dateline.outbox import services as outbox
from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.adapters.raw_store import RawDamaged
from dateline.wire.adapters.reader import TIME_LIMIT_S, Reader, Task, Unreadable
from dateline.wire.domain.item import IncomingItem, Usability
from dateline.wire.domain.profile import ProviderProfile, profile_for
from dateline.wire.events import RawQuarantined
from dateline.wire.services.storing import store_items

LEASE = timedelta(seconds=60)  # longer than a document may take
TRIES = 3  # a delivery that took the whole worker down this often is not tried again
TOGETHER = 20  # deliveries taken by one UPDATE, well below what a lease is long enough for
READER = Reader()
Damaged = RawDamaged  # what `open_raw` raises, for whoever calls it
log = structlog.get_logger(__name__)
State = models.RawDelivery.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery: its state, new items' ids, and why it is in quarantine."""

    raw_id: int
    state: str
    item_ids: tuple[int, ...] = ()
    reason: str = ""


def raw_root() -> Path:
    """Where the bytes of deliveries are kept."""
    return Path(settings.DATELINE_DATA_DIR) / "raw"


def open_raw(raw: models.RawDelivery) -> BinaryIO:
    """Open the bytes of a delivery as they came, to be read in parts.

    Raises:
        RawDamaged: they are missing, or no longer what was received.

    """
    return raw_store.open_checked(raw.sha256, root=raw_root())


def read_waiting(*, at: datetime | None = None, limit: int = 200) -> list[Outcome]:
    """Read deliveries that are received but not read, oldest first: new ones and a crash's.

    One that fails is left for a later try and never keeps the next one waiting.
    """
    at = at or clock.now()
    waiting = models.RawDelivery.objects.filter(_free(at), state=State.RECEIVED).order_by("pk")
    tried = dict(waiting.values_list("pk", "attempts")[:limit])
    outcomes = []
    for group in _groups(tried):
        for raw in _claim(group, at):
            try:
                outcome = _read(raw, at=at, time_limit_s=TIME_LIMIT_S)
            except Exception:
                log.exception("delivery_not_read", raw_id=raw.pk)
            else:
                outcomes += [outcome] if outcome else []
    return outcomes


def _groups(tried: dict[int, int]) -> Iterator[list[int]]:
    """New deliveries some at a time; one that was tried before alone, as it may be the reason."""
    fresh = [raw_id for raw_id, attempts in tried.items() if not attempts]
    for start in range(0, len(fresh), TOGETHER):
        yield fresh[start : start + TOGETHER]
    yield from ([raw_id] for raw_id, attempts in tried.items() if attempts)


def _free(at: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=at)


def read_delivery(
    raw_id: int, *, at: datetime | None = None, time_limit_s: float = TIME_LIMIT_S
) -> Outcome | None:
    """Read one delivery; None when another process reads it, or it has been read.

    Items, facts and the delivery's new state are one transaction. `at` is aware UTC. A document
    that cannot be read goes to quarantine with a sentence; its bytes stay.

    Raises:
        OSError: a picture could not be stored; the delivery is tried again later.

    """
    at = at or clock.now()
    return next(
        (_read(raw, at=at, time_limit_s=time_limit_s) for raw in _claim([raw_id], at)), None
    )


def _read(raw: models.RawDelivery, *, at: datetime, time_limit_s: float) -> Outcome | None:
    if raw.attempts > TRIES:
        return _quarantine(
            raw,
            f"{raw.file_name}: reading it was begun {TRIES} times and never ended. "
            "Report it, and retry after the next upgrade.",
            at=at,
        )
    try:
        incoming = items_of(raw, time_limit_s=time_limit_s)
        pictures = _import_picture(raw, incoming, at=at)
    except (Unreadable, PictureRefused, RawDamaged) as refusal:
        return _quarantine(raw, str(refusal), at=at)
    return _store(raw, incoming, pictures, at=at)


def release_all() -> int:
    """Give up the leases of processes that are gone; return how many. Run when a worker starts.

    Should one of them be alive after all, a document is read twice and stored once.
    """
    held = models.RawDelivery.objects.filter(state=State.RECEIVED, leased_until__isnull=False)
    return held.update(leased_until=None)


@transaction.atomic
def _claim(raw_ids: Sequence[int], at: datetime) -> list[models.RawDelivery]:
    """Take deliveries for this process; return those that no other has, oldest first."""
    rows = models.RawDelivery.objects.select_related("provider").select_for_update(of=("self",))
    found = list(rows.filter(_free(at), pk__in=raw_ids, state=State.RECEIVED).order_by("pk"))
    models.RawDelivery.objects.filter(pk__in=[raw.pk for raw in found]).update(
        leased_until=at + LEASE, attempts=F("attempts") + 1
    )
    for raw in found:
        raw.attempts += 1
    return found


def items_of(
    raw: models.RawDelivery, *, time_limit_s: float = TIME_LIMIT_S
) -> tuple[IncomingItem, ...]:
    """Read a delivery with the rules its provider has now; nothing is stored.

    Raises:
        Unreadable: it is no format we know, is damaged, or takes too long.
        RawDamaged: its bytes are missing, or no longer what was received.

    """
    task = Task(raw_root(), raw.sha256, raw.file_name, rules_of(raw.provider), time_limit_s)
    return READER.read(task)


def rules_of(provider: models.Provider) -> ProviderProfile:
    """The provider's rules: those we know of the agency, changed by what the newsroom has set."""
    changed = {"name": provider.name, "empty_embargo": str(provider.empty_embargo)}
    if provider.time_zone:
        changed["time_zone"] = provider.time_zone
    return profile_for(provider.slug, **changed)


def _import_picture(
    raw: models.RawDelivery, incoming: Sequence[IncomingItem], *, at: datetime
) -> list[int | None]:
    """Where the delivery is a picture, take it into the library; held there while the item is."""
    return [_one_picture(raw, item, at=at) if _is_picture(item) else None for item in incoming]


def _is_picture(item: IncomingItem) -> bool:
    return item.kind == "picture" and any(p.href is None for p in item.pictures)


def _one_picture(raw: models.RawDelivery, item: IncomingItem, *, at: datetime) -> int:
    usable = item.usability is Usability.USABLE
    picture = media.import_picture(
        raw_store.read(raw.sha256, root=raw_root()),
        name=raw.file_name.rsplit("/", 1)[-1],
        provider=raw.provider.slug,
        overrides={
            "guid": item.family,
            "held_reason": "" if usable else item.reason,
            "embargo_until": item.embargo_until,
            "usable_until": item.expires_at,
            "usage_terms": item.usage_terms,
        },
        by=raw.provider.name,
        at=at,
    )
    return int(picture.pk)


@transaction.atomic
def _store(
    raw: models.RawDelivery,
    incoming: Sequence[IncomingItem],
    pictures: Sequence[int | None],
    *,
    at: datetime,
) -> Outcome | None:
    _one_at_a_time()
    done = models.RawDelivery.objects.filter(pk=raw.pk, state=State.RECEIVED).update(
        state=State.READ, read_at=at, leased_until=None, reason=""
    )
    if not done:  # our lease ran out and another process was quicker
        return None
    rows = store_items(raw, incoming, at=at, pictures=pictures)
    return Outcome(raw.pk, State.READ, tuple(row.pk for row in rows))


def _one_at_a_time() -> None:
    """Items are judged against their family and shown in the order of their ids.

    SQLite has one writer anyway; elsewhere, lock the providers, in one order.
    """
    list(models.Provider.objects.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def _quarantine(raw: models.RawDelivery, reason: str, *, at: datetime) -> Outcome | None:
    done = models.RawDelivery.objects.filter(pk=raw.pk, state=State.RECEIVED).update(
        state=State.QUARANTINED, reason=reason, read_at=at, leased_until=None
    )
    if not done:
        return None
    outbox.record(RawQuarantined(raw_id=raw.pk, provider=raw.provider.slug, at=at, reason=reason))
    log.warning("delivery_quarantined", raw_id=raw.pk, provider=raw.provider.slug, reason=reason)
    return Outcome(raw.pk, State.QUARANTINED, reason=reason)


def retry_delivery(raw_id: int, *, by: str, at: datetime | None = None) -> Outcome | None:
    """Read a quarantined delivery again; what came of it, or None when it is not in quarantine.

    Nothing is lost when it fails again: it is back in quarantine with the new reason. `by` is who
    asked, for the log.
    """
    at = at or clock.now()
    quarantined = models.RawDelivery.objects.filter(pk=raw_id, state=State.QUARANTINED)
    if not quarantined.update(state=State.RECEIVED, attempts=0, leased_until=None):
        return None
    log.info("delivery_retried", raw_id=raw_id, by=by)
    return read_delivery(raw_id, at=at)
