"""Read what came on some days again, with the readers of today, and say what would be different.

Nothing is changed: not what is on the wire, and nothing that readers see.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.wire import models
from dateline.wire.adapters.raw_store import RawDamaged
from dateline.wire.adapters.reader import Unreadable
from dateline.wire.domain.item import IncomingItem
from dateline.wire.services.reading import items_of
from dateline.wire.services.storing import COMPARED, rows_of

State = models.RawDelivery.State


@dataclass(frozen=True, slots=True)
class Change:
    """One item that would be read in another way.

    `fields` maps a column to what is stored and what would be; empty for an item that is `new` or
    `gone` altogether.
    """

    family: str
    version: int
    kind: str  # changed, new, gone
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reread:
    """One delivery read again. `refusal` is why it cannot be read now, or empty."""

    raw_id: int
    provider: str
    file_name: str
    was: str
    refusal: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def verdict(self) -> str:
        """What would be different: same, changed, readable (it was not), or unreadable (it was)."""
        was_read = self.was == State.READ
        if self.refusal:
            return "unreadable" if was_read else "same"
        if not was_read:
            return "readable"
        return "changed" if self.changes else "same"


def reread(*, since: datetime, until: datetime, provider: str = "") -> Iterator[Reread]:
    """Read again all that was received from `since` to before `until`, aware UTC, oldest first.

    `provider` is a slug, or empty for all. What waits to be read for the first time is left out.
    """
    rows = models.RawDelivery.objects.select_related("provider").exclude(state=State.RECEIVED)
    rows = rows.filter(received_at__gte=since, received_at__lt=until)
    if provider:
        rows = rows.filter(provider__slug=provider)
    for raw in rows.order_by("received_at", "pk").iterator(chunk_size=200):
        yield _one(raw)


def _one(raw: models.RawDelivery) -> Reread:
    known = (raw.pk, raw.provider.slug, raw.file_name, raw.state)
    try:
        incoming = items_of(raw)
    except (Unreadable, RawDamaged) as refusal:
        return Reread(*known, refusal=str(refusal))
    if raw.state != State.READ:
        return Reread(*known)
    return Reread(*known, changes=tuple(_changes(raw, incoming)))


def _changes(raw: models.RawDelivery, incoming: Sequence[IncomingItem]) -> Iterator[Change]:
    """Compare with what was stored of this delivery; where others stored the same, with theirs."""
    now = {(row.family, row.version): row for row in rows_of(raw, incoming)}
    before = {(row.family, row.version): row for row in raw.items.order_by("pk")}
    elsewhere = _stored_by_others(raw, set(now) - set(before))
    for key, row in now.items():
        stored = before.get(key) or elsewhere.get(key)
        if stored is None:
            yield Change(*key, kind="new")
        elif fields := _differing(stored, row):
            yield Change(*key, kind="changed", fields=fields)
    for key in before:
        if key not in now:
            yield Change(*key, kind="gone")


def _stored_by_others(
    raw: models.RawDelivery, keys: set[tuple[str, int]]
) -> dict[tuple[str, int], models.WireItem]:
    """A resend stores nothing of its own: its items are those of the first delivery."""
    families = [family for family, _ in keys]
    rows = models.WireItem.objects.filter(provider_id=raw.provider_id, family__in=families)
    return {(row.family, row.version): row for row in rows.order_by("pk")}


def _differing(stored: models.WireItem, row: models.WireItem) -> dict[str, tuple[Any, Any]]:
    """Which columns differ. What a kill that came first made of an item is no difference."""
    names: tuple[str, ...] = COMPARED
    if stored.usability == models.WireItem.Usability.KILLED != row.usability:
        names = tuple(name for name in names if name not in {"usability", "reason"})
    pairs = {name: (getattr(stored, name), _as_stored(getattr(row, name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _as_stored(value: Any) -> Any:
    return json.loads(json.dumps(value)) if isinstance(value, dict) else value
