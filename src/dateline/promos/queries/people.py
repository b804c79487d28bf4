"""Who books offers where."""

from collections.abc import Collection
from uuid import UUID

from dateline.accounts.queries import Posts

MANAGERS = Posts("promos.Manager")
manages, manages_any, is_named = MANAGERS.holds, MANAGERS.holds_any, MANAGERS.is_named
sites_of = MANAGERS.sites_of


def may_approve_instead(
    user_id: UUID, masthead_ids: Collection[int], *, author_id: UUID | None
) -> list[str]:
    """Who may approve a campaign that this person may not, for they wrote it themselves.

    Nothing where they may: somebody else wrote it, they are an administrator, or nobody else books
    offers for all of these mastheads.
    """
    if user_id != author_id or MANAGERS.is_superuser(user_id):
        return []
    others = MANAGERS.rows().filter(user__is_active=True).exclude(user=user_id)
    books: dict[UUID, set[int | None]] = {}
    names: dict[UUID, str] = {}
    for row in others.order_by("user__email"):
        books.setdefault(row.user_id, set()).add(row.masthead_id)
        names[row.user_id] = str(row.user)
    wanted = set(masthead_ids)
    return [names[one] for one, own in books.items() if None in own or wanted <= own]
