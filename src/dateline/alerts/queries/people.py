"""Who sends alerts of which masthead."""

from typing import Any

from dateline.accounts.queries import Posts

ALERTERS = Posts("alerts.Alerter")
sends, sends_any, is_named = ALERTERS.holds, ALERTERS.holds_any, ALERTERS.is_named
sites_of = ALERTERS.sites_of


def alerters() -> list[Any]:
    """Everybody who sends alerts, with the masthead they do it for."""
    return list(ALERTERS.rows().order_by("user__email", "masthead_id"))
