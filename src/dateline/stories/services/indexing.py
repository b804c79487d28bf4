"""Keep the index of search true: one story after a fact, or all of them anew."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from dateline import clock
from dateline.outbox import queries as outbox
from dateline.search import queries as search
from dateline.search import services
from dateline.search.domain.index import StoryDocuments
from dateline.stories.arrivals import OF_A_STORY
from dateline.stories.queries import indexed

MARGIN = timedelta(minutes=1)  # clocks of two machines differ
Progress = Callable[[int, int], None]


def index_stories(story_ids: Sequence[int]) -> None:
    """Make search hold what the database says of these stories now, or nothing of them.

    Raises:
        EngineAway: the index could not be written.

    """
    for start in range(0, len(story_ids), indexed.AT_ONCE):
        some = story_ids[start : start + indexed.AT_ONCE]
        services.replace(indexed.documents(some, at=clock.now()))


def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew of every public story while the old one answers; return its documents.

    What changes meanwhile is read again at the end. `progress` is told how many stories are done,
    and of how many.

    Raises:
        EngineAway: the index could not be written, or another rebuild is running.

    """
    began = clock.now()
    count = services.rebuild(_everything(progress))
    index_stories(_changed_since(began - MARGIN))
    return count


def rebuild_if_empty() -> int:
    """Make the index where there is none yet: after an upgrade, or for another engine."""
    if search.status().documents or not indexed.how_many():
        return 0
    return rebuild()


def _everything(progress: Progress | None) -> Iterator[StoryDocuments]:
    total, done = indexed.how_many(), 0
    for some in indexed.all_ids():
        yield from indexed.documents(some, at=clock.now())
        done += len(some)
        if progress:
            progress(done, total)


def _changed_since(since: datetime) -> list[int]:
    told = {int(payload["story_id"]) for payload in outbox.payloads(OF_A_STORY, since=since)}
    return sorted(told)
