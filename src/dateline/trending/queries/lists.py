"""Which stories the worker ranked last, as they are stored; whoever shows them asks the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.prepared import Prepared
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories
from dateline.trending import models
from dateline.trending.domain.rank import Listed, ListKind

# Long, and not shown in a list.
LEFT_OUT = ("body", "kill_reason", "usage_terms", "agency_usage_terms")
KNOWN = {field.name for field in fields(Listed)}

_stored: Prepared[models.RankedList] = Prepared(
    lambda kind, *, masthead: models.RankedList.objects.filter(masthead_id=masthead, kind=kind)
)


def _open(*, at: datetime, ids: Sequence[int]) -> QuerySet[Any, Any]:
    notes = stories.told_wrong().filter(story_id=OuterRef("story_id"))
    return (
        stories.open_placements(use=Use.TRENDING, at=at)
        .filter(pk__in=ids)
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(notes))
        .defer(*(f"story__{name}" for name in LEFT_OUT))
    )


_placed: Prepared[Any] = Prepared(_open)


def ranked(masthead_id: int, kind: ListKind) -> list[Listed]:
    """One stored list, best first; empty where there is none yet. One query."""
    found = _stored(kind.value, masthead=masthead_id)
    return [Listed(**_known(item)) for row in found for item in row.items]


def _known(item: dict[str, Any]) -> dict[str, Any]:
    """What this version of the code knows of an item that another may have stored."""
    return {name: value for name, value in item.items() if name in KNOWN}


def placements(ids: Sequence[int], *, at: datetime) -> dict[int, Any]:
    """Placements by id for which the gate is open on their own masthead at `at`. One query."""
    return {row.pk: row for row in _placed(at=at, ids=ids)}


def of_site(
    masthead_id: int,
    kind: ListKind,
    *,
    at: datetime,
    sections: Iterable[int] | None = None,
    limit: int = 10,
) -> list[Card]:
    """Most read or rising stories of a masthead, or of some sections, best first. Two queries.

    `at` is aware UTC. A page that shows them is drawn again when the list changes, softly.
    """
    edge.depend_softly(keys.trending(masthead_id))
    wanted = None if sections is None else set(sections)
    found = [
        item
        for item in ranked(masthead_id, kind)
        if wanted is None or item.section in wanted
    ]  # fmt: skip
    rows = placements([item.placement for item in found], at=at)
    shown = [rows[item.placement] for item in found if item.placement in rows][:limit]
    edge.depend(*(keys.card(row.story_id) for row in shown))
    return [stories.card(row, row.story, ()) for row in shown]


def of_stories(masthead_id: int, story_ids: Sequence[int], *, at: datetime) -> list[Card]:
    """Cards of these stories of a masthead in their order, where readers see them. One query.

    `at` is aware UTC.
    """
    notes = stories.told_wrong().filter(story_id=OuterRef("story_id"))
    rows = {
        row.story_id: row
        for row in stories.open_placements(use=Use.WEB, at=at)
        .filter(masthead_id=masthead_id, story_id__in=story_ids)
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(notes))
        .defer(*(f"story__{name}" for name in LEFT_OUT))
    }
    edge.depend(*map(keys.card, story_ids))
    return [stories.card(rows[pk], rows[pk].story, ()) for pk in story_ids if pk in rows]


def network(*, kind: ListKind) -> list[Listed]:
    """The stored lists of every masthead as one, by what each story is above its site's usual."""
    rows = models.RankedList.objects.filter(kind=kind.value)
    found = [Listed(**_known(item)) for row in rows for item in row.items]
    return sorted(found, key=lambda item: (-item.z, item.story))
