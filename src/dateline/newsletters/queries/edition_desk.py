"""What the desk asks of letters: those of somebody's mastheads, one of them, and their lists."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.kinds import ListKind
from dateline.newsletters.queries import people

MOST = 60


def lists_of(user_id: UUID) -> list[models.Newsletter]:
    """The lists whose letters somebody makes, each with its recipe where it has one."""
    own = Q(masthead_id__in=_ids(people.sites_of(user_id)))
    if people.edits(user_id, None):
        own |= Q(masthead=None)
    rows = models.Newsletter.objects.filter(own, kind=ListKind.EDITIONS.value)
    return list(rows.select_related("masthead", "recipe").order_by("order", "name", "pk"))


def editions_of(newsletters: Collection[models.Newsletter]) -> list[models.Edition]:
    """The newest letters of these lists."""
    rows = models.Edition.objects.filter(newsletter__in=newsletters)
    return list(rows.select_related("newsletter__masthead").order_by("-made_at", "-pk")[:MOST])


def edition_of(user_id: UUID, edition_id: int) -> models.Edition | None:
    """A letter of one of somebody's lists, or None."""
    rows = models.Edition.objects.filter(newsletter__in=lists_of(user_id), pk=edition_id)
    return rows.select_related("newsletter__masthead", "newsletter__recipe").first()


def notes_of(edition: models.Edition) -> list[models.EditionNote]:
    """What was done with a letter, newest first."""
    return list(edition.notes.select_related("by").order_by("-pk")[:MOST])


def can_undo(edition: models.Edition) -> bool:
    """Whether there is a change by hand that can be put back."""
    return edition.notes.filter(before__isnull=False, undone_at=None).exists()


def _ids(sites: Collection[Site]) -> list[int]:
    return [site.id for site in sites]
