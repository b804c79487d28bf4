"""The desk's own limits of a story: read them, and keep them when an older draft is published."""

from dataclasses import asdict, fields

from dateline.stories import models
from dateline.stories.domain.terms import Terms, stricter

SLUGS = ("licensed_mastheads", "licensed_uses")


def limits_of(story: models.Story) -> Terms:
    """What the desk allows for a story, saved or not."""
    values = {field.name: getattr(story, field.name) for field in fields(Terms)}
    slugs = {name: tuple(sorted(values[name])) for name in SLUGS}  # a form leaves a list
    return Terms(**{**values, **slugs})


def keep_limits(story: models.Story, *, standing: models.Story) -> None:
    """Take over into `story`, an older text, whatever limits the row `standing` has since got."""
    for name, value in asdict(stricter(limits_of(story), limits_of(standing))).items():
        setattr(story, name, value)
