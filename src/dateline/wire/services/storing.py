"""Put what was read into the database: rows, their standing, and the facts that follow."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from dateline.media import services as media
from dateline.outbox import services as outbox
from dateline.outbox.domain import Fact
from dateline.wire import models
from dateline.wire.domain.item import IncomingItem, Usability
from dateline.wire.domain.standing import Effect, Standing, effect_of, recall_of
from dateline.wire.events import (
    WireItemHeld,
    WireItemKilled,
    WireItemStored,
    WireKillProposed,
)
from dateline.wire.queries.items import standing_of
from dateline.wire.services.picture_terms import bind_pictures, files_of_family

# What an item says of how it was read, not of itself: a resend is the same item.
_NOT_CONTENT = frozenset({"generation", "reason", "warnings"})
_DETAILS = (
    "generation", "provider", "subheadline", "located", "copyright_holder", "pictures",
    "relations", "media_topics", "subjects", "keywords", "signals", "warnings",
)  # fmt: skip
_TEXTS = (
    "format", "kind", "family", "status", "headline", "reader_headline", "summary", "slugline",
    "dateline", "byline", "language", "body_text", "body_html", "copyright", "usage_terms",
    "credit", "caption", "ed_note", "reason",
)  # fmt: skip
_AS_IS = (
    "version", "recalls", "urgency", "embargo_until", "expires_at", "created_at",
    "version_created_at",
)  # fmt: skip
COMPARED = (*_TEXTS, *_AS_IS, "usability", "details")  # what of a row is read, and not told by us
_RECALLING = frozenset({"kills", "holds"})
_BATCH = 500  # rows of one INSERT


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version about to be stored, and what it does to its family."""

    row: models.WireItem
    effect: Effect
    first: bool  # of its family

    @property
    def asks_in_words(self) -> bool:
        """Whether only its words say that something must be killed or held, and nothing has been.

        So it is whatever its place in its own family, which may be the notice's alone, and even for
        a structured kill that named nothing we have.
        """
        relations = self.row.details["relations"]
        orders = [one for one in relations if one["type"] in _RECALLING]
        if self.effect is Effect.DEAD or not any(not one["certain"] for one in orders):
            return False
        return self.effect is not Effect.KILLS or (
            self.first and not any(one["certain"] for one in orders)
        )


@transaction.atomic
def store_items(
    raw: models.RawDelivery,
    incoming: Sequence[IncomingItem],
    *,
    at: datetime,
    pictures: Sequence[int | None] = (),
) -> list[models.WireItem]:
    """Store the items of one delivery and record what happened; return the new rows.

    What we have already (same family, version and content) is left out, so a resend changes
    nothing. `pictures` are ids of media pictures, one for each item, where the delivery is the
    picture. `at` is when it was read, aware UTC: items show in the list from then on.
    """
    place = max(at, _newest_place() or at)
    judged = _judged(raw, _paired(incoming, pictures), at=place)
    arrivals = [arrival for _, arrival in judged if arrival]
    models.WireItem.objects.bulk_create([a.row for a in arrivals], batch_size=_BATCH)
    for arrival in arrivals:
        _kill_pictures(arrival, provider=raw.provider, at=at)
        bind_pictures(arrival.row, provider=raw.provider, at=at)
        _tell(arrival, provider=raw.provider.slug)
    return [arrival.row for arrival in arrivals]


def foreseen(
    raw: models.RawDelivery, incoming: Sequence[IncomingItem], *, at: datetime
) -> list[tuple[models.WireItem, Arrival | None]]:
    """What `store_items` would make of a delivery: its rows, and what each does to its family.

    None for what we have already. Nothing is stored; `raw` need not be either. `at` is aware UTC.
    """
    return _judged(raw, _paired(incoming, ()), at=at)


def _judged(
    raw: models.RawDelivery, pairs: Iterable[tuple[IncomingItem, int | None]], *, at: datetime
) -> list[tuple[models.WireItem, Arrival | None]]:
    rows = [_row(item, raw=raw, at=at, picture_id=picture_id) for item, picture_id in pairs]
    known = _Known(raw.provider_id, {row.family for row in rows})
    judged: list[tuple[models.WireItem, Arrival | None]] = []
    for row in rows:
        first = not known.standings[row.family]
        has = known.has(row)
        judged.append((row, None if has else Arrival(row, known.add(row), first)))
    return judged


def rows_of(raw: models.RawDelivery, incoming: Sequence[IncomingItem]) -> list[models.WireItem]:
    """Return the rows that `store_items` would make of one delivery; nothing is stored."""
    pairs = _paired(incoming, ())
    return [_row(item, raw=raw, at=raw.received_at, picture_id=None) for item, _ in pairs]


def _newest_place() -> datetime | None:
    """The clock may have been set back; an item must still come in above all others."""
    newest = models.WireItem.objects.order_by("-received_at", "-id")
    return newest.values_list("received_at", flat=True).first()


def _paired(
    incoming: Sequence[IncomingItem], pictures: Sequence[int | None]
) -> Iterable[tuple[IncomingItem, int | None]]:
    """The items, each followed by what it orders about other families (a kill under another id)."""
    for place, item in enumerate(incoming):
        yield item, (pictures[place] if place < len(pictures) else None)
        for order in _orders(item):
            yield order, None


def _orders(item: IncomingItem) -> list[IncomingItem]:
    """Recalls of other families, as rows of those families: they hold for what is yet to come.

    NITF `doc-id` with `management-doc-idref` is the usual form. Version 0 is older than any; the
    time of the order decides which versions it covers.
    """
    return [
        IncomingItem(
            format=item.format,
            family=relation.family,
            version=0,
            status=item.status,
            usability=Usability.KILLED if relation.type == "kills" else Usability.HELD,
            reason=f"{item.family} {relation.type} it. {relation.note or ''}".strip(),
            recalls=True,
            kind=item.kind,
            headline=item.headline,
            version_created_at=item.version_created_at,
        )
        for relation in item.relations
        if relation.type in _RECALLING
        and relation.certain
        and relation.family
        and relation.family != item.family
    ]


class _Known:
    """What we have of the families of one delivery, and what this delivery adds to them."""

    def __init__(self, provider_id: int, families: set[str]) -> None:
        self.standings: dict[str, list[Standing]] = defaultdict(list)
        self.prints: set[tuple[str, int, str]] = set()
        self.latest = 0
        fields = ("version", "version_created_at", "usability", "recalls", "pk")
        ordered = sorted(families)
        for start in range(0, len(ordered), _BATCH):
            rows = models.WireItem.objects.filter(
                provider_id=provider_id, family__in=ordered[start : start + _BATCH]
            )
            for family, fingerprint, *row in rows.values_list("family", "fingerprint", *fields):
                self.standings[family].append(standing_of(*row))
                self.prints.add((family, row[0], fingerprint))
                self.latest = max(self.latest, row[-1])

    def has(self, row: models.WireItem) -> bool:
        return (row.family, row.version, row.fingerprint) in self.prints

    def add(self, row: models.WireItem) -> Effect:
        """Judge a row against what is known, take it in, and mark it where a kill came first."""
        self.latest += 1
        new = standing_of(
            row.version, row.version_created_at, row.usability, row.recalls, self.latest
        )
        before = self.standings[row.family]
        effect = effect_of(new, before)
        if effect is Effect.DEAD:
            recall = recall_of(new, before)
            row.usability = models.WireItem.Usability.KILLED
            row.reason = (
                f"The agency took this item down with version {recall.version if recall else '?'}, "
                "which came before this one. " + row.reason
            ).strip()
        self.standings[row.family].append(replace(new, usability=Usability(row.usability)))
        self.prints.add((row.family, row.version, row.fingerprint))
        return effect


def _row(
    item: IncomingItem, *, raw: models.RawDelivery, at: datetime, picture_id: int | None
) -> models.WireItem:
    row = models.WireItem(
        provider_id=raw.provider_id,
        raw=raw,
        fingerprint=fingerprint_of(item),
        usability=item.usability.value,
        picture_id=picture_id,
        received_at=at,
        details=_details(item),
        **{name: getattr(item, name) for name in _AS_IS},
    )
    for name in _TEXTS:
        setattr(row, name, _fit(name, getattr(item, name)))
    return row


def _fit(name: str, text: str | None) -> str:
    """Text as the column can take it: no NUL, no longer than the column."""
    limit: int | None = getattr(models.WireItem, name).field.max_length
    return (text or "").replace("\x00", "\N{REPLACEMENT CHARACTER}")[:limit]


def _details(item: IncomingItem) -> dict[str, Any]:
    values = asdict(item)
    return {name: _plain(values[name]) for name in _DETAILS}


def fingerprint_of(item: IncomingItem) -> str:
    """A hash (SHA-256, hexadecimal) of what an item says, without how it was read."""
    content = {k: _plain(v) for k, v in asdict(item).items() if k not in _NOT_CONTENT}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _kill_pictures(arrival: Arrival, *, provider: models.Provider, at: datetime) -> None:
    """A recall withdraws every picture of its family; a picture that comes after it, that one."""
    row = arrival.row
    doomed: set[int] = set()
    if arrival.effect is Effect.DEAD and row.picture_id:
        doomed.add(row.picture_id)
    if arrival.effect is Effect.KILLS:
        family = models.WireItem.objects.filter(provider_id=provider.pk, family=row.family)
        doomed.update(family.exclude(picture=None).values_list("picture_id", flat=True))
        doomed.update(files_of_family(family))
        media.kill_family(
            row.family, provider=provider.slug, reason=row.reason, by=provider.name, at=at
        )
    for picture_id in sorted(doomed):
        media.kill_picture(picture_id, reason=row.reason, by=provider.name, at=at)


def _tell(arrival: Arrival, *, provider: str) -> None:
    make = _FACTS.get(arrival.effect)
    if arrival.asks_in_words:
        outbox.record(_proposed(arrival.row, provider))
    if make:
        outbox.record(make(arrival.row, provider))


def _proposed(row: models.WireItem, provider: str) -> Fact:
    return WireKillProposed(
        item_id=row.pk, provider=provider, family=row.family, at=row.received_at, reason=row.reason
    )


def _stored(row: models.WireItem, provider: str) -> Fact:
    return WireItemStored(item_id=row.pk, provider=provider, family=row.family, at=row.received_at)


def _killed(row: models.WireItem, provider: str) -> Fact:
    return WireItemKilled(
        item_id=row.pk, provider=provider, family=row.family, at=row.received_at, reason=row.reason
    )


def _held(row: models.WireItem, provider: str) -> Fact:
    return WireItemHeld(
        item_id=row.pk, provider=provider, family=row.family, at=row.received_at, reason=row.reason
    )


_FACTS: dict[Effect, Callable[[models.WireItem, str], Fact]] = {
    Effect.NEWEST: _stored,
    Effect.KILLS: _killed,
    Effect.NEEDS_PERSON: _held,
}
