"""Who books offers where: questions about people."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.promos import models


def manages(user_id: UUID, masthead_id: int | None) -> bool:
    """Whether somebody books offers for this masthead; None asks for the whole network.

    A superuser, and a manager of the network, book for every masthead.
    """
    own = _own(user_id)
    return None in own or masthead_id in own


def sites_of(user_id: UUID) -> list[Site]:
    """The mastheads somebody books offers for, in the network's order."""
    own = _own(user_id)
    return [site for site in mastheads.all_mastheads() if None in own or site.id in own]


def is_named(user_id: UUID) -> bool:
    """Whether somebody is named for any masthead or the network; superusers need not be."""
    return models.Manager.objects.filter(user_id=user_id, user__is_active=True).exists()


def manages_any(user_id: UUID) -> bool:
    """Whether somebody books offers anywhere."""
    return bool(_own(user_id))


def may_approve_instead(
    user_id: UUID, masthead_ids: Collection[int], *, author_id: UUID | None
) -> list[str]:
    """Who may approve a campaign that this person may not, for they wrote it themselves.

    Nothing where they may: somebody else wrote it, they are an administrator, or nobody else books
    offers for all of these mastheads.
    """
    if user_id != author_id or _people(user_id).filter(is_superuser=True).exists():
        return []
    others = models.Manager.objects.filter(user__is_active=True).exclude(user=user_id)
    books: dict[UUID, set[int | None]] = {}
    names: dict[UUID, str] = {}
    for row in others.select_related("user").order_by("user__email"):
        books.setdefault(row.user_id, set()).add(row.masthead_id)
        names[row.user_id] = str(row.user)
    wanted = set(masthead_ids)
    return [names[one] for one, own in books.items() if None in own or wanted <= own]


def managers() -> list[models.Manager]:
    """Everybody who books offers, with the masthead they do it for."""
    rows = models.Manager.objects.select_related("user", "masthead")
    return list(rows.order_by("user__email", "masthead_id"))


def _own(user_id: UUID) -> set[int | None]:
    if _people(user_id).filter(is_superuser=True).exists():
        return {None}
    rows = models.Manager.objects.filter(user_id=user_id, user__is_active=True)
    return set(rows.values_list("masthead_id", flat=True))


def _people(user_id: UUID) -> QuerySet[Any]:
    return get_user_model().objects.filter(pk=user_id, is_active=True)
