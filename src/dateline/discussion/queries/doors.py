"""What a masthead asks of comments, and whether a thread takes any now."""

from datetime import datetime

from dateline.discussion import models
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import DoorFacts, Standing, standing
from dateline.prepared import Prepared
from dateline.stories import queries as stories
from dateline.stories.domain.gate import Use

_house: Prepared[models.House] = Prepared(
    lambda *, masthead: models.House.objects.filter(masthead_id=masthead)
)
_shown: Prepared[tuple[bool, datetime]] = Prepared(
    lambda *, story, masthead, at: (
        stories.open_placements(use=Use.WEB, at=at)
        .filter(story_id=story, masthead_id=masthead)
        .values_list("comments_open", "published_at")
    )
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
    if not placed:
        return None
    comments_open, published_at = placed[0]
    facts = DoorFacts(
        house=Door(house.door),
        decided=Door(thread.door) if thread.door else None,
        placed_open=comments_open,
        published_at=published_at,
        close_after_days=house.close_after_days,
    )
    return standing(facts, at=at)
