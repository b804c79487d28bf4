"""A story's rows kept in hand through a verb, so that each look at them is not a query."""

from copy import copy

from dateline.stories import models

Children = dict[str, list[models.Placement] | list[models.Byline]]


def children_of(story: models.Story) -> Children:
    """The placements and bylines of a story object as it has them, saved or not."""
    return {
        "placements": list(story.placements.all()),
        "bylines": list(story.bylines.select_related("person")),
    }


def hold(story: models.Story, children: Children) -> None:
    """Let a story object answer from these rows, until it is saved with all its fields."""
    for name, rows in children.items():
        getattr(story, name).set(rows)


def held(story: models.Story) -> models.Story:
    """The story, holding the rows it has now."""
    hold(story, children_of(story))
    return story


def before_and_after(story: models.Story) -> tuple[models.Story, models.Story]:
    """A story just read, twice: as it is, and to be changed. Both hold their own rows."""
    after = copy(story)  # before anything is held: they would share it
    children = children_of(story)
    hold(story, children)
    hold(after, {name: [copy(row) for row in rows] for name, rows in children.items()})
    return story, after
