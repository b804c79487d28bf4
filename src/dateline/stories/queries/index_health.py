"""How the index of search stands beside the stories."""

from dataclasses import dataclass
from datetime import datetime

from dateline.outbox import queries as outbox
from dateline.search import queries as search
from dateline.search.queries import Status
from dateline.stories import models
from dateline.stories.domain.gate import Use
from dateline.stories.queries.reading import open_placements

HANDLER = "dateline.stories.handlers.index_story"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the index holds beside what there is.

    `shown`: stories on mastheads that readers may find now; `placed`: those that were published, of
    which some may be withheld, expired or to come. `waiting`: facts that the index has not heard,
    the oldest recorded at `oldest_at` (aware UTC).
    """

    index: Status
    shown: int
    placed: int
    waiting: int
    oldest_at: datetime | None

    @property
    def missing(self) -> int:
        """How many cannot be found, beside what is still on its way; at least."""
        return max(self.shown - self.index.documents - self.waiting, 0)

    @property
    def too_many(self) -> int:
        """How many documents are of nothing that is public, beside what is on its way; at least."""
        return max(self.index.documents - self.placed - self.waiting, 0)


def standing(*, at: datetime) -> Standing:
    """How the index stands at `at`, aware UTC. Three queries beside the engine's own.

    Raises:
        EngineAway: the engine did not answer.

    """
    placed = models.Placement.objects.filter(story__live=True, published_at__isnull=False)
    waiting, oldest_at = outbox.owed_to(HANDLER)
    return Standing(
        index=search.status(),
        shown=open_placements(use=Use.SEARCH, at=at).count(),
        placed=placed.count(),
        waiting=waiting,
        oldest_at=oldest_at,
    )
