"""What an item that asks for a kill in words points to, and what came in around it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from dateline.wire import models

KILLS, HOLDS = "kills", "holds"


def asked_in_words(item: models.WireItem) -> dict[str, str]:
    """What its words ask for: `kills` or `holds`, each with what they name, or nothing."""
    return {
        one["type"]: one.get("note") or ""
        for one in _relations(item)
        if one["type"] in (KILLS, HOLDS) and not one.get("certain")
    }


def related_families(item: models.WireItem) -> frozenset[str]:
    """Families of other items that an item points to, in whatever relation."""
    found = (one.get("family") for one in _relations(item))
    return frozenset(family for family in found if family and family != item.family)


def _relations(item: models.WireItem) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item.details.get("relations", [])
    return found


def came_in(
    provider_id: int, *, since: datetime, until: datetime, families: Collection[str] = ()
) -> list[models.WireItem]:
    """Versions of a provider's items received from `since` to `until`, or of these families.

    Newest first, without recalls and without long texts, which are read when asked for.
    """
    around = Q(received_at__gte=since, received_at__lte=until) | Q(family__in=families)
    rows = models.WireItem.objects.filter(around, provider_id=provider_id, recalls=False)
    return list(
        rows.exclude(usability=models.WireItem.Usability.KILLED)
        .only(
            "provider_id", "family", "kind", "headline", "slugline", "caption", "language",
            "picture_id", "received_at", "version_created_at",
        )
        .order_by("-received_at", "-pk")
    )  # fmt: skip
