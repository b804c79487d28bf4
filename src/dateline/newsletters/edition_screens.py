"""The screens for letters in Wagtail's desk: addresses and the menu, for `wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dateline import clock
from dateline.newsletters import edition_urls
from dateline.newsletters.queries.kept_back import KeptBack, kept_back_of
from dateline.newsletters.views.desk_access import by, edits_any
from dateline.newsletters.views.edition_access import words
from dateline.newsletters.views.edition_figures import in_letters


class LettersMenuItem(MenuItem):
    """Shown to whoever makes any title's letters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return edits_any(request)


class KeptBackPanel(Component):
    """Letters that should leave by themselves and do not, on the start page."""

    order = 25
    template_name = "newsletters/desk/start_panel.html"

    def __init__(self, found: list[KeptBack]) -> None:
        self.found = found

    def get_context_data(self, _parent_context: Any) -> dict[str, Any]:
        return {"found": self.found}


def _on_the_start_page(request: HttpRequest, panels: list[Component]) -> None:
    """Alarm whoever looks after the list; nothing where no letter is kept back."""
    found = kept_back_of(by(request), at=clock.now()) if edits_any(request) else []
    if found:
        panels.append(KeptBackPanel(found))


def register() -> None:
    """Add the screens and their door in the menu, after trending and before offers."""
    hooks.register("register_admin_urls", _screens)
    hooks.register("register_admin_menu_item", _menu_item)
    hooks.register("story_figures", in_letters)
    hooks.register("construct_homepage_panels", _on_the_start_page)


def _screens() -> list[Any]:
    return [path("letters/", include(edition_urls))]


def _menu_item() -> MenuItem:
    return LettersMenuItem(
        lazy(lambda: words()["letters"], str)(), reverse("letters_desk:index"), name="letters",
        icon_name="mail", order=127,
    )  # fmt: skip
