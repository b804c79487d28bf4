"""The screens for letters in Wagtail's desk: addresses and the menu, for `wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.newsletters import edition_urls
from dateline.newsletters.views.desk_access import edits_any
from dateline.newsletters.views.edition_access import words
from dateline.newsletters.views.edition_figures import in_letters


class LettersMenuItem(MenuItem):
    """Shown to whoever makes any title's letters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return edits_any(request)


def register() -> None:
    """Add the screens and their door in the menu, after trending and before offers."""
    hooks.register("register_admin_urls", _screens)
    hooks.register("register_admin_menu_item", _menu_item)
    hooks.register("story_figures", in_letters)


def _screens() -> list[Any]:
    return [path("letters/", include(edition_urls))]


def _menu_item() -> MenuItem:
    return LettersMenuItem(
        lazy(lambda: words()["letters"], str)(), reverse("letters_desk:index"), name="letters",
        icon_name="mail", order=127,
    )  # fmt: skip
