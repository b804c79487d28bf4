"""Who looks after which lists."""

from uuid import UUID

from django.db.models import Q

from dateline.accounts.queries import Posts

EDITORS = Posts("newsletters.ListEditor")
edits, edits_any, is_named = EDITORS.holds, EDITORS.holds_any, EDITORS.is_named
sites_of = EDITORS.sites_of


def own_lists(user_id: UUID) -> Q:
    """Which lists somebody looks after, as a filter of `Newsletter`."""
    own = EDITORS.own(user_id)
    return Q() if None in own else Q(masthead_id__in=own)
