"""The outbox on the desk: what keeps failing, for whoever runs the installation."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from dateline import clock
from dateline.outbox import queries, views

LINES = 10  # the rest is counted; `dateline outbox status` has them all


class StuckPanel(Component):
    """Deliveries that keep failing: which fact, which handler, the last error, since when."""

    order = 15
    template_name = "outbox/stuck_panel.html"

    def __init__(self, stuck: list[queries.Stuck]) -> None:
        self.stuck = stuck

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "stuck": self.stuck[:LINES],
            "count": len(self.stuck),
            "more": max(len(self.stuck) - LINES, 0),
            "csrf_token": parent_context["csrf_token"],
        }


@hooks.register("register_admin_urls")
def outbox_addresses() -> list[Any]:
    """Where the panel's buttons lead."""
    return [path("outbox/retry/", views.retry, name="outbox_retry")]


@hooks.register("construct_homepage_panels")
def stuck_on_the_start_page(request: HttpRequest, panels: list[Component]) -> None:
    """Show the panel to administrators, and only while something keeps failing."""
    if request.user.has_perm(views.MAY_RETRY):
        stuck = queries.stuck(at=clock.now())
        if stuck:
            panels.append(StuckPanel(stuck))
