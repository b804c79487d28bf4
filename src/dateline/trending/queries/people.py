"""Who steers which block."""

from dateline.accounts.queries import Posts

CURATORS = Posts("trending.Curator")
steers, steers_any, is_named = CURATORS.holds, CURATORS.holds_any, CURATORS.is_named
sites_of = CURATORS.sites_of
