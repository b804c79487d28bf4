"""The one list of offers that all readers of a masthead are given, as plain data."""

from datetime import datetime
from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.kinds import SHOWN, Kind, Label
from dateline.promos.domain.targets import Targets
from dateline.promos.domain.windows import is_open, next_change
from dateline.promos.domain.words import kicker_of, label_text
from dateline.promos.queries import campaigns

MOST = 200  # campaigns of one masthead at one time
PICTURE_SIZES = "8rem"


def manifest(site: Site, *, at: datetime) -> list[dict[str, Any]]:
    """What a masthead may show at `at` (aware UTC), in the form that the browser draws from.

    It is made again when a campaign moves, when a window opens or closes, and after pacing.
    """
    edge.depend(keys.offers(site.id))
    able = campaigns.rows().filter(state__in=SHOWN, mastheads=site.id)
    found = []
    for row in able.order_by("pk")[:MOST]:
        times = campaigns.times_of(row)
        now_open, change = is_open(times, at), next_change(times, at)
        (edge.closes_at if now_open else edge.opens_at)(change)
        if now_open and (ads := _creatives(row, site, at=at)):
            found.append({**_terms(row, site), "ads": ads})
    return found


def _terms(row: models.Campaign, site: Site) -> dict[str, Any]:
    targets: Targets = campaigns.targets_of(row)
    return {
        "id": row.pk,
        "tier": row.tier,
        "share": row.share,
        "weight": row.weight,
        "cap": [row.cap_views, row.cap_hours],
        "sections": sorted(targets.sections),
        "not_sections": sorted(targets.not_sections),
        "topics": sorted(targets.topics),
        "not_topics": sorted(targets.not_topics),
        "languages": sorted(targets.languages),
        "label": label_of(row, site),
    }


def label_of(row: models.Campaign, site: Site) -> str:
    """What stands above a campaign on a masthead."""
    return label_text(
        Label(row.label), language=site.language, advertiser=row.advertiser.name, masthead=site.name
    )


def ad_of(one: models.Creative, site: Site, *, at: datetime) -> dict[str, Any]:
    """What readers of a masthead see of a creative at `at` (aware UTC)."""
    return {
        "headline": one.headline,
        "text": one.text,
        "cta": one.cta,
        "code": one.code,
        "kicker": kicker_of(Kind(one.kind), language=site.language),
        "picture": _picture(one, at=at),
    }


def _creatives(row: models.Campaign, site: Site, *, at: datetime) -> list[dict[str, Any]]:
    found = []
    for one in row.creatives.all():
        names = {slot.slot: links.sign(row.pk, one.pk, slot.slot) for slot in one.slots.all()}
        if names:
            found.append({"names": names, **ad_of(one, site, at=at)})
    return found


def _picture(one: models.Creative, *, at: datetime) -> dict[str, Any] | None:
    """The picture by the names that an image has in a browser; None where it may not be shown."""
    shown = media.sources(one.picture, ratio="1:1", sizes=PICTURE_SIZES, at=at)
    if shown is None:
        return None
    return {
        "sizes": shown.sizes,
        "srcset": shown.webp,
        "src": shown.src,
        "width": shown.width,
        "height": shown.height,
        "alt": one.alt,
    }
