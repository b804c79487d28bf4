"""Who steers which block."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.accounts.queries import Posts

HEADLINES = ("stories.change_story", "stories.publish_story")
CURATORS = Posts("trending.Curator")
steers, steers_any, is_named = CURATORS.holds, CURATORS.holds_any, CURATORS.is_named
sites_of = CURATORS.sites_of


def curators() -> list[Any]:
    """Everybody who steers a block, with the masthead, the network's first."""
    return sorted(CURATORS.rows(), key=lambda row: (row.masthead_id or 0, row.user.email))


def edits_headlines(user_id: UUID) -> bool:
    """Whether somebody may give readers another headline, of any masthead: who publishes may."""
    person: Any = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    return bool(person and person.has_perms(HEADLINES))
