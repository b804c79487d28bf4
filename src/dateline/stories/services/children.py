"""A story's rows kept in hand through a verb, so that each look at them is not a query."""

from copy import copy
from typing import Any

from django.db.models import QuerySet

from dateline.prepared import Prepared
from dateline.stories import models

Children = dict[str, list[models.Placement] | list[models.Byline]]

_placements = Prepared[models.Placement](
    lambda *, story: models.Placement.objects.filter(story_id=story).order_by("pk")
)


def _byline_rows(*, story: int) -> QuerySet[models.Byline]:
    found: Any = models.Byline.objects.select_related("person")
    rows: QuerySet[models.Byline] = found.filter(story_id=story).order_by("sort_order")
    return rows


_bylines = Prepared[models.Byline](_byline_rows)


def children_of(story: models.Story) -> Children:
    """The placements and bylines of a story object as it has them, saved or not."""
    return {
        "placements": list(story.placements.all()),
        "bylines": list(story.bylines.select_related("person")),
    }


def _children_stored(story_id: int) -> Children:
    return {"placements": _placements(story=story_id), "bylines": _bylines(story=story_id)}


def hold(story: models.Story, children: Children) -> None:
    """Let a story object answer from these rows, until it is saved with all its fields."""
    for name, rows in children.items():
        getattr(story, name).set(rows)


def held(story: models.Story) -> models.Story:
    """The story, holding the rows it has now."""
    hold(story, children_of(story))
    return story


def leave_unchanged(story: models.Story, before: models.Story) -> None:
    """Let the next save of a story pass over the rows in hand that are as `before` holds them.

    It would read them again and write each. `story` does not answer from them until it holds them
    again; `before` is the same story as the database has it.
    """
    held_now = vars(story).get("_cluster_related_objects", {})
    for name, rows in children_of(before).items():
        if name in held_now and list(map(_stored, held_now[name])) == list(map(_stored, rows)):
            del held_now[name]


def _stored(row: models.Placement | models.Byline) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def before_and_after(story: models.Story) -> tuple[models.Story, models.Story]:
    """A story just read, twice: as it is, and to be changed. Both hold their own rows."""
    after = copy(story)  # before anything is held: they would share it
    children = _children_stored(story.pk)
    hold(story, children)
    hold(after, {name: [copy(row) for row in rows] for name, rows in children.items()})
    return story, after
