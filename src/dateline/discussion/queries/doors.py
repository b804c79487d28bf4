"""What a masthead asks of comments, and whether a thread takes any now."""

from datetime import datetime

from dateline.discussion import models
from dateline.discussion.domain.status import Door
from dateline.discussion.domain.threads import DoorFacts, Standing, standing
from dateline.stories import queries as stories
from dateline.stories.domain.gate import Use


def house_of(thread: models.Thread) -> models.House:
    """What the thread's masthead asks of comments; the defaults where it has said nothing."""
    found: models.House | None = getattr(thread.masthead, "house", None)
    return found or models.House(masthead_id=thread.masthead_id)


def house_on(masthead_id: int) -> models.House:
    """As `house_of`, by the masthead's id; one query."""
    found = models.House.objects.filter(masthead_id=masthead_id).first()
    return found or models.House(masthead_id=masthead_id)


def door_of(thread: models.Thread, *, at: datetime) -> Standing | None:
    """Whether a thread, saved or not, takes comments; None where readers do not see its story.

    `at` is aware UTC. The masthead is read if it was not; then one query.
    """
    shown = stories.open_placements(thread.masthead.slug, use=Use.WEB, at=at)
    asked = shown.filter(story_id=thread.story_id, masthead_id=thread.masthead_id)
    placed = asked.values_list("comments_open", "published_at").first()
    if placed is None:
        return None
    house = house_of(thread)
    facts = DoorFacts(
        house=Door(house.door),
        decided=Door(thread.door) if thread.door else None,
        placed_open=placed[0],
        published_at=placed[1],
        close_after_days=house.close_after_days,
    )
    return standing(facts, at=at)
