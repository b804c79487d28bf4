"""What an editor should know of the places from which files are fetched."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dateline.wire import models


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place that gives nothing, or left something. `since` is its last good visit, aware UTC."""

    pickup_id: int
    provider: str
    address: str
    problem: str
    since: datetime | None


def troubled() -> list[Trouble]:
    """Every place in use with a problem, by provider and address. One query."""
    found = with_problems().order_by("provider__name", "address")
    return [
        Trouble(*row)
        for row in found.values_list("pk", "provider__name", "address", "problem", "visited_at")
    ]


def with_problems() -> QuerySet[models.Pickup]:
    """The places in use that have a problem."""
    return models.Pickup.objects.filter(active=True, provider__active=True).exclude(problem="")
