"""What a masthead asks of comments, and whether a thread takes any now."""

from datetime import datetime

from django.db.models import BigIntegerField, DateTimeField

from dateline.discussion import models
from dateline.discussion.adapters.statements import Question, Slot
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import DoorFacts, Standing, standing
from dateline.stories import queries as stories
from dateline.stories.domain.gate import Use

STORY = Slot("story", BigIntegerField())
MASTHEAD = Slot("masthead", BigIntegerField())

_SHOWN = Question(
    lambda: (
        stories.open_placements(use=Use.WEB, at=Slot("at", DateTimeField()))
        .filter(story_id=STORY, masthead_id=MASTHEAD)
        .values_list("comments_open", "published_at")
    )
)
_HOUSE = Question(lambda: models.House.objects.filter(masthead_id=MASTHEAD).values_list())


def house_on(masthead_id: int) -> models.House:
    """What a masthead asks of comments; the defaults where it has said nothing. One query."""
    found = _HOUSE.first(masthead=masthead_id)
    return models.House(*found) if found else models.House(masthead_id=masthead_id)


def door_of(thread: models.Thread, house: models.House, *, at: datetime) -> Standing | None:
    """Whether a thread, saved or not, takes comments; None where readers do not see its story.

    `house` is what its masthead asks. `at` is aware UTC. One query.
    """
    placed = _SHOWN.first(story=thread.story_id, masthead=thread.masthead_id, at=at)
    if placed is None:
        return None
    facts = DoorFacts(
        house=Door(house.door),
        decided=Door(thread.door) if thread.door else None,
        placed_open=placed[0],
        published_at=placed[1],
        close_after_days=house.close_after_days,
    )
    return standing(facts, at=at)
