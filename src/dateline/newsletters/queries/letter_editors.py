"""Who makes and sends the letters of which masthead: whoever looks after its lists."""

from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models


def edits(user_id: UUID, masthead_id: int | None) -> bool:
    """Whether somebody makes this masthead's letters; None asks for the whole network.

    A superuser, and an editor of the network's letters, make those of every masthead.
    """
    own = _own(user_id)
    return None in own or masthead_id in own


def is_named(user_id: UUID) -> bool:
    """Whether somebody is named for any masthead or the network; superusers need not be."""
    return models.ListEditor.objects.filter(user_id=user_id, user__is_active=True).exists()


def edits_any(user_id: UUID) -> bool:
    """Whether somebody makes letters anywhere."""
    return bool(_own(user_id))


def sites_of(user_id: UUID) -> list[Site]:
    """The mastheads whose letters somebody makes, in the network's order."""
    own = _own(user_id)
    return [site for site in mastheads.all_mastheads() if None in own or site.id in own]


def _own(user_id: UUID) -> set[int | None]:
    people = get_user_model().objects.filter(pk=user_id, is_active=True)
    if people.filter(is_superuser=True).exists():
        return {None}
    rows = models.ListEditor.objects.filter(user_id=user_id, user__is_active=True)
    return set(rows.values_list("masthead_id", flat=True))
