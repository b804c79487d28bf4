"""Keep places and take them away: one verb, one transaction, one fact."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.places import models
from dateline.places.domain.checks import problems_of_position
from dateline.places.domain.errors import PlaceRefused
from dateline.places.events import PlaceChanged
from dateline.stories.queries import reading as stories


@transaction.atomic
def keep_place(place: models.Place, *, by: str) -> int:
    """Store a place, new or changed, and tell what shows it; return the id.

    Raises:
        PlaceRefused: its position cannot be.

    """
    if problems := problems_of_position(place.latitude, place.longitude):
        raise PlaceRefused(problems)
    was = models.Place.objects.filter(pk=place.pk).values_list("masthead_id", flat=True)
    where = {*was, place.masthead_id}
    place.save()
    _tell(place.pk, where, by=by)
    return place.pk


@transaction.atomic
def describe_place(masthead_id: int, told: Mapping[str, Any], *, topic: str, by: str) -> int | None:
    """Describe a place unless the masthead has one of its slug; return the new one's id, or None.

    `told` are fields of Place by name, `topic` the slug of what stories from there are about.

    Raises:
        PlaceRefused: its position cannot be.

    """
    if models.Place.objects.filter(masthead_id=masthead_id, slug=told["slug"]).exists():
        return None
    place = models.Place(masthead_id=masthead_id, topic_id=stories.topic_id(topic), **told)
    return keep_place(place, by=by)


@transaction.atomic
def delete_place(place_id: int, *, by: str) -> None:
    """Take a place away.

    Raises:
        Place.DoesNotExist: there is no such place.

    """
    place = models.Place.objects.select_for_update().get(pk=place_id)
    place.delete()
    _tell(place_id, {place.masthead_id}, by=by)


def _tell(place_id: int, where: set[int], *, by: str) -> None:
    fact = PlaceChanged(
        place_id=place_id, mastheads=tuple(sorted(where)), by=by, at=clock.now()
    )  # fmt: skip
    outbox.record(fact)
