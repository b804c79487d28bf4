"""The screens for standing pages in Wagtail's desk: addresses, the menu, the start page."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dateline.standing import desk_urls
from dateline.standing.queries import desk, people
from dateline.standing.views.desk_access import by, words


class PagesMenuItem(MenuItem):
    """Shown to whoever writes any masthead's pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return request.user.is_superuser or people.is_named(by(request))


@hooks.register("register_admin_urls")
def standing_screens() -> list[Any]:
    """The screens for standing pages, for people with access to the desk only."""
    return [path("standing/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def standing_menu_item() -> MenuItem:
    """Before the network's own settings."""
    return PagesMenuItem(
        lazy(lambda: words()["desk"], str)(), reverse("standing_desk:index"),
        name="standing", icon_name="doc-full", order=138,
    )  # fmt: skip


class BlanksPanel(Component):
    """What readers look for around the stories and nobody has written; nothing where all is."""

    order, name = 90, "standing"
    template_name = "standing/desk/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The titles of this person with something missing."""
        sites = people.sites_of(by(parent_context["request"]))
        w = words()
        lines = [
            (board, [(w[line.kind], line) for line in board.lines if line.owed])
            for board in desk.boards(sites)
            if board.open
        ]
        return {"w": w, "boards": lines}


@hooks.register("construct_homepage_panels")
def blanks_panel(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever writes pages."""
    if people.writes_any(by(request)):
        panels.append(BlanksPanel())
