"""What a masthead asks of comments, and whether a thread takes any now."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.db.models.sql import Query

from dateline.discussion import models
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import DoorFacts, Standing, standing
from dateline.prepared import Prepared
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

_house: Prepared[models.House] = Prepared(
    lambda *, masthead: models.House.objects.filter(masthead_id=masthead)
)
_PLACED = ("comments_open", "published_at")
_HOUSE = [field.name for field in Query(models.House).get_meta().concrete_fields]


def _shown_where(
    *columns: str, story: int, masthead: int, at: datetime
) -> QuerySet[Any, tuple[Any, ...]]:
    placed = stories.open_placements(use=Use.WEB, at=at)
    placed = placed.filter(story_id=story, masthead_id=masthead)
    return placed.values_list(*_PLACED, *columns)


_shown = Prepared[tuple[Any, ...]](_shown_where)
_both = Prepared[tuple[Any, ...]](
    partial(_shown_where, *(f"masthead__house__{name}" for name in _HOUSE))
)


def house_on(masthead_id: int) -> models.House:
    """What a masthead asks of comments; the defaults where it has said nothing. One query."""
    found = _house(masthead=masthead_id)
    return found[0] if found else models.House(masthead_id=masthead_id)


def door_of(thread: models.Thread, house: models.House, *, at: datetime) -> Standing | None:
    """Whether a thread, saved or not, takes comments; None where readers do not see its story.

    `house` is what its masthead asks. `at` is aware UTC. One query.
    """
    placed = _shown(story=thread.story_id, masthead=thread.masthead_id, at=at)
    return _door(thread, house, placed[0], at=at) if placed else None


def house_and_door(thread: models.Thread, *, at: datetime) -> tuple[models.House, Standing] | None:
    """What `house_on` and `door_of` say, in one query. `at` is aware UTC."""
    placed = _both(story=thread.story_id, masthead=thread.masthead_id, at=at)
    if not placed:
        return None
    comments_open, published_at, *said = placed[0]
    house = models.House(*said) if said[0] else models.House(masthead_id=thread.masthead_id)
    return house, _door(thread, house, (comments_open, published_at), at=at)


def _door(
    thread: models.Thread, house: models.House, placed: tuple[bool, datetime], *, at: datetime
) -> Standing:
    comments_open, published_at = placed
    facts = DoorFacts(
        house=Door(house.door),
        decided=Door(thread.door) if thread.door else None,
        placed_open=comments_open,
        published_at=published_at,
        close_after_days=house.close_after_days,
    )
    return standing(facts, at=at)
