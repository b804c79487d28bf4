"""Change what may be found. The rooms that own what is found call this from their handlers."""

from collections.abc import Iterable

from dateline.search.adapters.connect import engine
from dateline.search.domain.index import StoryDocuments


def replace(stories: Iterable[StoryDocuments]) -> int:
    """Make these the only documents of each story; return of how many stories.

    Found by the next question. A story that was read of later already is left as it is, so facts
    may come twice and out of order.

    Raises:
        EngineAway: the engine could not write. The outbox will try again.

    """
    return engine().replace(stories)


def rebuild(stories: Iterable[StoryDocuments]) -> int:
    """Make a new index of these alone while the old one answers; return how many documents.

    Raises:
        EngineAway: the engine could not write, or another rebuild is running.

    """
    return engine().rebuild(stories)
