"""The wire in Wagtail's desk: its addresses and its place in the menu."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class WireMenuItem(MenuItem):
    """Shown to whoever may see the wire."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person has the permission."""
        return bool(request.user.has_perm("wire.view_wireitem"))


@hooks.register("register_admin_urls")
def wire_screens() -> list[Any]:
    """The wire's screens, for people with access to the desk only."""
    return [path("wire/", include("dateline.desk.urls"))]


@hooks.register("register_admin_menu_item")
def wire_menu_item() -> MenuItem:
    """The first thing in the menu."""
    return WireMenuItem(
        "Wire", reverse("wire_desk:index"), name="wire", icon_name="list-ul", order=10
    )


@hooks.register("before_serve_document")
def documents_stay_on_the_desk(_document: Any, request: HttpRequest) -> HttpResponse | None:
    """Give an uploaded document to people of the desk only; Wagtail gives it to anybody."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return None
    return HttpResponse("There is no such document.\n", status=404, content_type="text/plain")
