"""Who steers which block, and who tries headlines."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from dateline.accounts.queries import Posts

HEADLINES = ("stories.change_story", "stories.publish_story")
CURATORS = Posts("trending.Curator")
steers, steers_any, is_named = CURATORS.holds, CURATORS.holds_any, CURATORS.is_named
sites_of = CURATORS.sites_of


def edits_headlines(user_id: UUID) -> bool:
    """Whether somebody may give readers another headline, of any masthead: who publishes may."""
    person: Any = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    return bool(person and person.has_perms(HEADLINES))
