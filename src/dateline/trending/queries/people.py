"""Who steers which block: questions about people."""

from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.trending import models


def steers(user_id: UUID, masthead_id: int | None) -> bool:
    """Whether somebody steers this masthead's block; None asks for the whole network.

    A superuser, and a curator of the network, steer every block.
    """
    own = _own(user_id)
    return None in own or masthead_id in own


def is_named(user_id: UUID) -> bool:
    """Whether somebody is named for any masthead or the network; superusers need not be."""
    return models.Curator.objects.filter(user_id=user_id, user__is_active=True).exists()


def steers_any(user_id: UUID) -> bool:
    """Whether somebody steers any block."""
    return bool(_own(user_id))


def sites_of(user_id: UUID) -> list[Site]:
    """The mastheads whose blocks somebody steers, in the network's order."""
    own = _own(user_id)
    return [site for site in mastheads.all_mastheads() if None in own or site.id in own]


def curators() -> list[models.Curator]:
    """Everybody who steers a block, with the masthead, the network's first."""
    rows = models.Curator.objects.select_related("user", "masthead")
    return sorted(rows, key=lambda row: (row.masthead_id or 0, row.user.email))


def _own(user_id: UUID) -> set[int | None]:
    people = get_user_model().objects.filter(pk=user_id, is_active=True)
    if people.filter(is_superuser=True).exists():
        return {None}
    rows = models.Curator.objects.filter(user_id=user_id, user__is_active=True)
    return set(rows.values_list("masthead_id", flat=True))
