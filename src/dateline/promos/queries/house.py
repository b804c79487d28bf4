"""An offer of our own that stands in a page as it is drawn, for readers without a script.

What is paced, capped or for some hours only stays with the list that browsers draw from: a page is
drawn once for days. Our own offers change when somebody says so, or at midnight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.draw import Entry, draw
from dateline.promos.domain.kinds import SHOWN, Kind, Label, Slot, Tier
from dateline.promos.domain.targets import Place, Targets, fits
from dateline.promos.domain.windows import Window, is_open, next_change, spans
from dateline.promos.domain.words import kicker_of, label_text, words_for
from dateline.promos.queries.manifest import MOST

FIELDS = (
    "pk", "kind", "headline", "text", "cta", "code", "campaign_id", "campaign__weight",
    "campaign__home__time_zone", "campaign__first_day", "campaign__last_day", "campaign__day_parts",
    "campaign__sections", "campaign__not_sections", "campaign__topics", "campaign__not_topics",
    "campaign__languages",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HouseOffer:
    """What a page shows of it; `path` is its signed link on the masthead's host."""

    label: str
    kicker: str
    headline: str
    text: str
    code: str
    cta: str
    path: str


_able: Prepared[dict[str, Any]] = Prepared(
    lambda *, masthead, slot: (
        models.Creative.objects.filter(
            campaign__state__in=SHOWN,
            campaign__tier=Tier.HOUSE,
            campaign__mastheads=masthead,
            slots__slot=slot,
            withdrawn_at=None,
        )
        .order_by("campaign_id", "pk")
        .values_list(*FIELDS)[:MOST]
    ),
    of=lambda row: dict(zip(FIELDS, row, strict=True)),
)


def house_offer(
    site: Site, place: Place, slot: Slot, *, seed: int, at: datetime
) -> HouseOffer | None:
    """One of our own offers for this place of a page, or None. `at` is aware UTC. One query.

    `seed` (32 bits) is the page's: it shows the same one each time it is drawn. The page may be
    shown once more after an offer moved, and never after it was killed.
    """
    edge.depend_softly(keys.house_offers(site.id))
    rows = [
        row
        for row in _able(masthead=site.id, slot=slot.value)
        if fits(_targets(row, site), place) and _runs(row, at=at)
    ]
    drawn = draw(_entries(rows), seed=seed, slot=slot)
    row = next((row for row in rows if row["pk"] == drawn.creative), None)
    return _shown(row, site, slot) if row else None


def _runs(row: dict[str, Any], *, at: datetime) -> bool:
    """Whether it runs all day at `at`; the page is told when that changes."""
    if row["campaign__day_parts"]:
        return False
    days = (row["campaign__first_day"], row["campaign__last_day"])
    times = spans(Window(*days, row["campaign__home__time_zone"]))
    now_open, change = is_open(times, at), next_change(times, at)
    (edge.closes_at if now_open else edge.opens_at)(change)
    return now_open


def _targets(row: dict[str, Any], site: Site) -> Targets:
    names = ("sections", "not_sections", "topics", "not_topics", "languages")
    wishes = {name: frozenset(row[f"campaign__{name}"]) for name in names}
    return Targets(mastheads=frozenset({site.slug}), **wishes)


def _entries(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    weights = {row["campaign_id"]: row["campaign__weight"] for row in rows}
    return [
        Entry(
            campaign=campaign,
            tier=Tier.HOUSE,
            creatives=tuple(row["pk"] for row in rows if row["campaign_id"] == campaign),
            weight=weight,
        )
        for campaign, weight in weights.items()
    ]


def _shown(row: dict[str, Any], site: Site, slot: Slot) -> HouseOffer:
    language = site.language
    return HouseOffer(
        label=label_text(Label.HOUSE, language=language, advertiser="", masthead=site.name),
        kicker=kicker_of(Kind(row["kind"]), language=language),
        headline=row["headline"],
        text=row["text"],
        code=row["code"],
        cta=row["cta"] or words_for(language)["cta"],
        path=f"/p/c/{links.sign(row['campaign_id'], row['pk'], slot)}",
    )
