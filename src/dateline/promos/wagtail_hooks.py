"""The screens for offers in Wagtail's desk: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.promos import desk_urls
from dateline.promos.queries import people
from dateline.promos.views.desk_access import by


class OffersMenuItem(MenuItem):
    """Shown to whoever books offers for any masthead."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return request.user.is_superuser or people.is_named(by(request))


@hooks.register("register_admin_urls")
def offers_screens() -> list[Any]:
    """The screens for offers, for people with access to the desk only."""
    return [path("offers/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def offers_menu_item() -> MenuItem:
    """After comments."""
    return OffersMenuItem(
        "Offers", reverse("offers_desk:index"), name="offers", icon_name="tag", order=130
    )
