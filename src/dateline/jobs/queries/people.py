"""Who keeps which job board: questions about people."""

from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.jobs import models
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site


def keeps(user_id: UUID, masthead_id: int | None) -> bool:
    """Whether somebody keeps this masthead's board; None asks for the whole network.

    A superuser, and a keeper of the network, keep every board.
    """
    own = _own(user_id)
    return None in own or masthead_id in own


def boards_of(user_id: UUID) -> list[Site]:
    """The mastheads whose board somebody keeps, in the network's order."""
    own = _own(user_id)
    return [site for site in mastheads.all_mastheads() if None in own or site.id in own]


def is_named(user_id: UUID) -> bool:
    """Whether somebody is named for any masthead or the network; superusers need not be."""
    return models.Keeper.objects.filter(user_id=user_id, user__is_active=True).exists()


def keeps_any(user_id: UUID) -> bool:
    """Whether somebody keeps a board anywhere."""
    return bool(_own(user_id))


def _own(user_id: UUID) -> set[int | None]:
    people = get_user_model().objects.filter(pk=user_id, is_active=True)
    if people.filter(is_superuser=True).exists():
        return {None}
    rows = models.Keeper.objects.filter(user_id=user_id, user__is_active=True)
    return set(rows.values_list("masthead_id", flat=True))
