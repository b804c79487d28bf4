"""In which lists beside fronts and sections a story may stand, shown or not."""

from datetime import datetime
from typing import Any

from dateline.stories import models
from dateline.stories.domain import subjects
from dateline.stories.queries.sitemaps import SHARD


def subject_paths(story_id: int) -> list[tuple[int, str]]:
    """(masthead, path) of every list of a subject that a story is kept under. Four queries."""
    rows = models.ListedUnder.objects.filter(placement__story_id=story_id)
    kept = list(rows.order_by("masthead_id", "subject").values_list("masthead_id", "subject"))
    agency = models.Story.objects.filter(pk=story_id, provider__isnull=False)
    slugs = agency.values_list("provider_id", "provider__slug")
    paths = {
        subjects.CORRECTED: "/corrections/",
        **{subjects.topic(pk): f"/topics/{slug}/" for pk, slug in _slugs(models.Topic, kept)},
        **{subjects.person(pk): f"/people/{slug}/" for pk, slug in _slugs(models.Person, kept)},
        **{subjects.agency(pk): f"/agencies/{slug}/" for pk, slug in slugs},
    }
    return [(masthead_id, paths[subject]) for masthead_id, subject in kept if subject in paths]


def _slugs(model: Any, kept: list[tuple[int, str]]) -> Any:
    """(id, slug) of the rows of a model that are among what a story is kept under."""
    kind = f"{model.__name__.lower()}:"
    ids = {int(subject.removeprefix(kind)) for _, subject in kept if subject.startswith(kind)}
    return model.objects.filter(pk__in=ids).values_list("pk", "slug")


def published(story_id: int) -> list[tuple[int, datetime]]:
    """(masthead, moment) of each publication of a story; moments are aware UTC. One query."""
    found = models.Placement.objects.filter(story_id=story_id).order_by("masthead_id")
    moments = found.values_list("masthead_id", "published_at")
    return [(masthead_id, moment) for masthead_id, moment in moments if moment]


def sitemap_path(story_id: int) -> str:
    """The sitemap that names a story, on every masthead that has it."""
    return f"/sitemaps/{story_id // SHARD}.xml"
