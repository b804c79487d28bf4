"""The screens for newsletters in Wagtail's desk: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.newsletters import desk_urls, edition_screens
from dateline.newsletters.views.desk_access import edits_any


class ListsMenuItem(MenuItem):
    """Shown to whoever looks after lists."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return edits_any(request)


@hooks.register("register_admin_urls")
def list_screens() -> list[Any]:
    """The screens for lists, for people with access to the desk only."""
    return [path("newsletters/lists/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def lists_menu_item() -> MenuItem:
    """After jobs."""
    address = reverse("newsletters_desk:index")
    return ListsMenuItem("Lists", address, name="lists", icon_name="mail", order=138)


edition_screens.register()
