"""What follows for a story's other headlines when it changed, or they did. Safe twice."""

from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.trending.events import HeadlineTestEnded, HeadlineTestStarted
from dateline.trending.queries.headlines import concern
from dateline.trending.services import headlines


def show_headlines(fact: HeadlineTestStarted | HeadlineTestEnded) -> None:
    """Draw the lists that show the story again, before anybody is given the old ones."""
    edge.purge([keys.card(fact.story_id)], cause=f"{fact.name}, story {fact.story_id}")


def end_headline_tests(fact: Any) -> None:
    """Show a story's own headline everywhere: it was corrected, or taken down."""
    if concern(fact.story_id):
        headlines.end_with_story(fact.story_id, at=fact.at)


def follow_update(fact: Any) -> None:
    """Show a story's own headline everywhere, if that is another one now."""
    if concern(fact.story_id):
        headlines.end_with_story(fact.story_id, at=fact.at, only_if_renamed=True)
