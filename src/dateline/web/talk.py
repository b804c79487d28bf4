"""What pages with comments are given: the first of a thread, its orders, the ways to log in."""

from datetime import datetime
from typing import Any

from dateline.accounts import queries as accounts
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.rows import ThreadPage
from dateline.discussion.queries import threads
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card
from dateline.web.domain.words import words_for

FIRST = 10  # comments with their first replies on the page of a story


def first_of(site: Site, card: Card, *, at: datetime) -> ThreadPage | None:
    """The first comments below a story, for its own page; None where this title takes none.

    At most nine queries, of which a thread without comments costs three.
    """
    page = threads.thread_page(site, card.story_id, at=at, size=FIRST)
    return None if page is None or page.off else page


def around(site: Site, card: Card) -> dict[str, Any]:
    """What stands around the comments of a story: names of the orders, the ways to log in."""
    w = words_for(site.language)
    return {
        "orders": [(order.value, w[f"order_{order}"]) for order in Order],
        "providers": accounts.providers(),
        "back": f"{card.path}/comments/#write",
    }
