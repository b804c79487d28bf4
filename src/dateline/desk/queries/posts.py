"""Who does which work for which masthead, in every room that has people of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dateline.accounts.queries import Posts
from dateline.alerts.queries import people as alerts
from dateline.discussion.queries import people as discussion
from dateline.jobs.queries import people as jobs
from dateline.newsletters.queries import people as newsletters
from dateline.promos.queries import people as promos
from dateline.standing.queries import people as standing
from dateline.trending.queries import people as trending

WORK: dict[str, Posts] = {
    "comments": discussion.MODERATORS,
    "trending": trending.CURATORS,
    "offers": promos.MANAGERS,
    "jobs": jobs.KEEPERS,
    "lists": newsletters.EDITORS,
    "alerts": alerts.ALERTERS,
    "pages": standing.EDITORS,
}


@dataclass(frozen=True, slots=True)
class Post:
    """That somebody does one kind of work; no masthead is the whole network.

    `may_enter`: they may come in to the desk, without which they can do none of it.
    """

    work: str
    email: str
    name: str
    masthead: str
    masthead_name: str
    may_enter: bool


def led_by(user_id: UUID) -> list[str]:
    """The kinds of work that somebody does for the whole network, so that they name others."""
    if Posts.is_superuser(user_id):
        return list(WORK)
    return [work for work, posts in WORK.items() if posts.holds(user_id, None)]


def posts_of(works: Iterable[str]) -> list[Post]:
    """Everybody named for these kinds of work: by address, then as the kinds come, then by title.

    One query for each kind, and those of Django's permissions for each person.
    """
    found = [_post(work, row) for work in works for row in WORK[work].rows()]
    order = list(WORK)
    return sorted(found, key=lambda one: (one.email, order.index(one.work), one.masthead_name))


def name_of(user: Any) -> str:
    """What somebody is called on the desk: their full name, else what readers know, else mail."""
    full = f"{user.first_name} {user.last_name}".strip()
    return full or user.display_name or user.email


def _post(work: str, row: Any) -> Post:
    user, masthead = row.user, row.masthead
    return Post(
        work=work, email=user.email, name=name_of(user),
        masthead=masthead.slug if masthead else "",
        masthead_name=masthead.name if masthead else "",
        may_enter=user.has_perm("wagtailadmin.access_admin"),
    )  # fmt: skip
