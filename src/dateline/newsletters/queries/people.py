"""Who looks after which lists: questions about people."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models


def edits(user_id: UUID, masthead_id: int | None) -> bool:
    """Whether somebody looks after this masthead's lists; None asks for the network's own.

    A superuser, and an editor of the network's lists, look after every list.
    """
    own = _own(user_id)
    return None in own or masthead_id in own


def sites_of(user_id: UUID) -> list[Site]:
    """The mastheads whose lists somebody looks after, in the network's order."""
    own = _own(user_id)
    return [site for site in mastheads.all_mastheads() if None in own or site.id in own]


def own_lists(user_id: UUID) -> Q:
    """Which lists somebody looks after, as a filter of `Newsletter`."""
    own = _own(user_id)
    return Q() if None in own else Q(masthead_id__in=own)


def is_named(user_id: UUID) -> bool:
    """Whether somebody is named for any masthead or the network; superusers need not be."""
    return models.ListEditor.objects.filter(user_id=user_id, user__is_active=True).exists()


def edits_any(user_id: UUID) -> bool:
    """Whether somebody looks after lists anywhere."""
    return bool(_own(user_id))


def editors() -> list[models.ListEditor]:
    """Everybody who looks after lists, with the masthead they do it for."""
    rows = models.ListEditor.objects.select_related("user", "masthead")
    return list(rows.order_by("user__email", "masthead_id"))


def _own(user_id: UUID) -> set[Any]:
    people = get_user_model().objects.filter(pk=user_id, is_active=True)
    if people.filter(is_superuser=True).exists():
        return {None}
    rows = models.ListEditor.objects.filter(user_id=user_id, user__is_active=True)
    return set(rows.values_list("masthead_id", flat=True))
