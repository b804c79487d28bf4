"""What changed on a title since a moment, and how each of these stories stands now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.movements import models
from dateline.movements.domain.moved import PAGE, SETTLES, Moved, Place
from dateline.prepared import Prepared
from dateline.stories.domain.pages import Card
from dateline.stories.queries import walking


@dataclass(frozen=True, slots=True)
class Change:
    """One movement and the story as it is now: `card` is None where it may not be shown."""

    moved: Moved
    card: Card | None
    killed: bool


def _in_order(
    size: int, *, masthead: int, since: datetime, row: int, until: datetime
) -> QuerySet[Any, Any]:
    """Rows after (`since`, `row`) and up to `until`, as they were written: read from the index."""
    found = models.Movement.objects.filter(
        masthead_id=masthead, noted_at__gte=since, noted_at__lte=until
    ).exclude(noted_at=since, pk__lte=row)
    fields = ("pk", "story_id", "kind", "at", "noted_at")
    return found.order_by("noted_at", "pk").values_list(*fields)[:size]


_after = Prepared[tuple[int, int, str, datetime, datetime]](_in_order)


def changed(
    site: Site, after: Place, *, at: datetime, size: int = PAGE
) -> tuple[list[Change], bool]:
    """Up to `size` movements of a title after a place, oldest first, and whether more follow.

    What was written down less than SETTLES before `at` (aware UTC) is not told yet, so nobody who
    goes on from a place misses what another process was still writing. Stories pass the gate for
    the use by programs now, whatever they were then. Five queries at most.
    """
    rows = _after(
        size + 1, masthead=site.id, since=after.noted_at, row=after.id, until=at - SETTLES
    )
    told = [Moved(*row) for row in rows[:size]]
    numbers = list(dict.fromkeys(one.story_id for one in told))
    with edge.softly():
        edge.depend(keys.list_of(site.id))
        cards, killed = walking.standing_of(site, numbers, at=at)
    edge.depend(*map(keys.story, numbers), *map(keys.card, numbers))
    return [Change(one, cards.get(one.story_id), one.story_id in killed) for one in told], len(
        rows
    ) > size
