"""How each provider's feed does: what it sent last, what waits, and whether it is oddly quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from dateline.wire import models
from dateline.wire.domain import quiet
from dateline.wire.domain.item import Usability
from dateline.wire.queries import places

SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHealth:
    """How one provider's feed does. Counts are of deliveries; times aware UTC, None for never.

    `in_trouble` says that a place from which its files are fetched has a problem. `usually` is how
    many deliveries at least came at this time of earlier weeks while now there are none, where that
    is strange; else 0. `embargoes` of its items end within a day, the first `opens_at`.
    """

    id: int
    slug: str
    name: str
    active: bool
    last_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    quarantined: int
    in_trouble: bool
    usually: int
    embargoes: int
    opens_at: datetime | None


def of_providers(*, at: datetime) -> list[ProviderHealth]:
    """Every provider, by name, as it stands at `at` (aware UTC). Two queries."""
    soon = (
        models.WireItem.objects.filter(
            provider=OuterRef("pk"), usability=Usability.USABLE,
            embargo_until__gt=at, embargo_until__lte=at + SOON,
        )
        .order_by()
        .values("provider")
    )  # fmt: skip
    waits = Q(deliveries__state=models.RawDelivery.State.RECEIVED)
    rows = models.Provider.objects.annotate(
        first_at=Min("deliveries__received_at"),
        last_at=Max("deliveries__received_at"),
        waiting=Count("deliveries", filter=waits),
        waiting_since=Min("deliveries__received_at", filter=waits),
        quarantined=Count(
            "deliveries", filter=Q(deliveries__state=models.RawDelivery.State.QUARANTINED)
        ),
        in_trouble=Exists(places.with_problems().filter(provider=OuterRef("pk"))),
        embargoes=Coalesce(Subquery(soon.values(number=Count("pk"))), 0),
        opens_at=Subquery(soon.values(first=Min("embargo_until"))),
    )
    found: list[Any] = list(rows.order_by("name", "pk"))
    usual = _usually(found, at=at)
    same = (
        "slug", "name", "active", "last_at", "waiting", "waiting_since", "quarantined",
        "in_trouble", "embargoes", "opens_at",
    )  # fmt: skip
    return [
        ProviderHealth(
            id=row.pk, usually=usual.get(row.pk, 0), **{name: getattr(row, name) for name in same}
        )
        for row in found
    ]


def _usually(rows: Sequence[Any], *, at: datetime) -> dict[int, int]:
    """By provider that is strangely quiet, what comes at this time otherwise."""
    silences = {row.pk: quiet.silence(row.last_at, at=at) for row in rows if row.active}
    lasting = {pk: silence for pk, silence in silences.items() if silence}
    if not lasting:
        return {}
    backs = range(1, quiet.WEEKS + 1)
    same_time = Q()
    for pk, silence in lasting.items():
        for back in backs:
            end = at - back * quiet.WEEK
            same_time |= Q(provider=pk, received_at__gt=end - silence, received_at__lte=end)
    week = Case(
        *(When(received_at__lte=at - back * quiet.WEEK, then=Value(back)) for back in backs[::-1])
    )
    counts = dict.fromkeys(((pk, back) for pk in lasting for back in backs), 0)
    found: Any = models.RawDelivery.objects.filter(same_time).annotate(back=week)
    for pk, back, count in found.values_list("provider", "back").annotate(count=Count("pk")):
        counts[pk, back] = count
    first = {row.pk: row.first_at for row in rows}
    usual = {
        pk: quiet.usually([counts[pk, back] for back in backs], first_at=first[pk], at=at)
        for pk in lasting
    }
    return {pk: count for pk, count in usual.items() if quiet.is_strange(count)}
