"""The screens of alerts in Wagtail's desk: addresses and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.alerts import desk_urls
from dateline.alerts.queries import people
from dateline.alerts.views.desk_access import by


class AlertsMenuItem(MenuItem):
    """Shown to whoever sends alerts for any masthead."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person does."""
        return request.user.is_superuser or people.is_named(by(request))


@hooks.register("register_admin_urls")
def alert_screens() -> list[Any]:
    """The screens of alerts, for people with access to the desk only."""
    return [path("alerts/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def alerts_menu_item() -> MenuItem:
    """After offers."""
    return AlertsMenuItem(
        "Alerts", reverse("alerts_desk:index"), name="alerts", icon_name="warning", order=135
    )
