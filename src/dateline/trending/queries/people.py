"""Who steers which block."""

from typing import Any

from dateline.accounts.queries import Posts

CURATORS = Posts("trending.Curator")
steers, steers_any, is_named = CURATORS.holds, CURATORS.holds_any, CURATORS.is_named
sites_of = CURATORS.sites_of


def curators() -> list[Any]:
    """Everybody who steers a block, with the masthead, the network's first."""
    return sorted(CURATORS.rows(), key=lambda row: (row.masthead_id or 0, row.user.email))
