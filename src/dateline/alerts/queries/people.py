"""Who sends alerts of which masthead."""

from dateline.accounts.queries import Posts

ALERTERS = Posts("alerts.Alerter")
sends, sends_any, is_named = ALERTERS.holds, ALERTERS.holds_any, ALERTERS.is_named
sites_of = ALERTERS.sites_of
