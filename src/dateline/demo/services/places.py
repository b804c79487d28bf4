"""Describe the demo's places, each with its picture and the topic that its stories have."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dateline.demo import adapters
from dateline.demo.services import network
from dateline.mastheads.queries import by_slug
from dateline.places.services import describe_place

POSITION = ("latitude", "longitude")


def describe(drawn: Mapping[str, Any]) -> int:
    """Describe every place that is not there yet; return how many. `drawn` are pictures by name."""
    return sum(_describe(dict(one), drawn) for one in adapters.table("places")["place"])


def _describe(told: dict[str, Any], drawn: Mapping[str, Any]) -> bool:
    slug, topic = told.pop("masthead"), told.pop("topic")
    site = by_slug(slug)
    if site is None:
        raise ValueError(f"The place {told['name']!r} names a masthead {slug!r} that is not there.")
    told["picture"] = drawn[told["picture"]]
    told |= {name: Decimal(str(told[name])) for name in POSITION}
    return describe_place(site.id, told, topic=topic, by=network.BY) is not None
