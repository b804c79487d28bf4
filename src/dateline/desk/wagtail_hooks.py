"""The desk as a newsroom's: the wire, the start page, and none of Wagtail's page tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem
from wagtail.admin.ui.components import Component

from dateline import clock
from dateline.desk import cache_panel
from dateline.desk.queries import wire as queries
from dateline.desk.views import posts

# Wagtail's own, made for sites that are trees of pages. Stories are no pages.
OF_PAGES = frozenset({"explorer", "locked-pages", "aging-pages", "page-types-usage", "sites"})
OF_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")  # they open somebody else's site
PANELS_OF_PAGES = frozenset({"recent_edits", "locked_pages"})


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


@hooks.register("register_admin_urls")
def posts_screen() -> list[Any]:
    """Who does what, for people with access to the desk only."""
    return [path("posts/", posts.index, name="desk_posts")]


@hooks.register("register_settings_menu_item")
def posts_menu_item() -> MenuItem:
    """Beside Wagtail's users. Who leads one kind of work finds it on the screens of that work."""
    return AdminOnlyMenuItem(
        "Who does what", reverse("desk_posts"), name="posts", icon_name="group", order=610
    )


@hooks.register("before_serve_document")
def documents_stay_on_the_desk(_document: Any, request: HttpRequest) -> HttpResponse | None:
    """Give an uploaded document to people of the desk only; Wagtail gives it to anybody."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return None
    words = "There is no such document.\n"
    return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")


@hooks.register("construct_main_menu")
def no_page_tree(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out the page explorer; documents, which no story uses, only a superuser sees."""
    unused = OF_PAGES if request.user.is_superuser else OF_PAGES | {"documents"}
    items[:] = [item for item in items if item.name not in unused]


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def nothing_about_pages(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out settings and reports about pages."""
    items[:] = [item for item in items if item.name not in OF_PAGES]


@hooks.register("construct_help_menu")
def help_of_our_own(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out links to Wagtail's site: what they explain is not what is here."""
    items[:] = [item for item in items if not item.name.startswith(OF_WAGTAIL)]


@hooks.register("construct_search")
def no_search_of_pages(_request: HttpRequest, areas: list[Any]) -> None:
    """Offer no search of pages beside that of stories and pictures."""
    areas[:] = [area for area in areas if area.name != "pages"]


class WirePanel(Component):
    """What came in on the wire and waits for a person."""

    order = 20
    template_name = "desk/start_wire.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "waiting": queries.wire_waiting(at=clock.now()),
            "may_see_raw": user.has_perm("wire.view_rawdelivery"),
        }


@hooks.register("construct_homepage_panels")
def the_newsroom_s_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Add the wire and the page cache; leave out what is about pages. Workflows stay."""
    panels[:] = [p for p in panels if getattr(p, "name", "") not in PANELS_OF_PAGES]
    if request.user.has_perm("wire.view_wireitem"):
        panels.append(WirePanel())
    if request.user.has_perm(cache_panel.MAY_SEE):
        panels.append(cache_panel.CachePanel())


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    """The desk's own styles, in Wagtail's tokens, for every screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
