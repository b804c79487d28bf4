"""The screens for trending in Wagtail's desk: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.trending import desk_urls
from dateline.trending.queries import people
from dateline.trending.views import headlines
from dateline.trending.views.desk_access import by, words


class TrendingMenuItem(MenuItem):
    """Shown to whoever steers any block."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return request.user.is_superuser or people.is_named(by(request))


@hooks.register("register_admin_urls")
def trending_screens() -> list[Any]:
    """The screens for trending, for people with access to the desk only."""
    return [path("trending/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def trending_menu_item() -> MenuItem:
    """After comments, before offers."""
    return TrendingMenuItem(
        lazy(lambda: words()["trending"], str)(), reverse("trending_desk:index"),
        name="trending", icon_name="order-up", order=125,
    )  # fmt: skip


class HeadlinesMenuItem(MenuItem):
    """Shown to whoever may give readers another headline."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return headlines.may_edit(request)


@hooks.register("register_admin_menu_item")
def headlines_menu_item() -> MenuItem:
    """After trending."""
    return HeadlinesMenuItem(
        lazy(lambda: headlines.words()["headlines"], str)(), reverse("trending_desk:headlines"),
        name="headlines", icon_name="title", order=126,
    )  # fmt: skip
