"""What a list of stories depends on, told to the edge by the query that answers with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.stories import models
from dateline.stories.cards import Line

# A page that reads no further down a list than this hears only of what enters above it.
TOP_OF_A_LIST = 60


def listed(
    site: Site,
    section_ids: Sequence[int] | None,
    rows: Iterable[Line],
    *,
    at: datetime,
    far: bool,
) -> list[Line]:
    """Return these lines, having recorded what the list depends on.

    What stands in it, by card; what may enter or move, by the list, `far` when it does not begin at
    the first or goes beyond TOP_OF_A_LIST; what enters by itself, by the moment of its embargo.
    """
    found = list(rows)
    lists = [keys.list_of(site.id, s) for s in ([None] if section_ids is None else section_ids)]
    edge.depend(keys.chrome(site.id))  # section names and addresses
    edge.depend(*(keys.far(tag) if far else tag for tag in lists))
    edge.depend(*(keys.card(row.story_id) for row in found))
    edge.opens_at(found[0].opening if found else _waiting(site.id, section_ids, at=at).first())
    return found


def next_opening(site: Site, *, at: datetime) -> datetime | None:
    """When the next story of a masthead that waits for its embargo's end can be read. One query."""
    return _waiting(site.id, None, at=at).first()


def opening(masthead_id: int, section_ids: Sequence[int] | None, *, at: datetime) -> Subquery:
    """When the next story that waits for its embargo's end enters a list by itself, or null.

    Needs nothing of the row it is annotated to, so it is found once for a whole list.
    """
    return Subquery(_waiting(masthead_id, section_ids, at=at), output_field=DateTimeField())


def _waiting(
    masthead_id: int, section_ids: Sequence[int] | None, *, at: datetime
) -> QuerySet[models.Placement, Any]:
    lifted = Greatest(
        Coalesce("story__embargo_until", Value(at)),
        Coalesce("story__agency_embargo_until", Value(at)),
    )
    stories = models.Story.objects.order_by().values("pk")
    # Each by its own small index; together in one condition they would read the whole archive.
    embargoed = stories.filter(embargo_until__gt=at).union(
        stories.filter(agency_embargo_until__gt=at), all=True
    )
    waiting = models.Placement.objects.filter(
        story_id__in=embargoed, masthead_id=masthead_id, story__live=True
    )
    if section_ids is not None:
        # Not as a plain column: that would lead SQLite through every story of the section.
        waiting = waiting.annotate(own=F("section_id") + 0).filter(own__in=section_ids)
    ordered = waiting.annotate(lifted=lifted).order_by("lifted")
    return ordered.values_list("lifted", flat=True)[:1]
