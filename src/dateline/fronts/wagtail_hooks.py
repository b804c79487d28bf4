"""The screen for alarms in Wagtail's desk: its address, the menu, who may be given it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.fronts import queries, views


class AlarmMenuItem(MenuItem):
    """Shown to whoever may raise an alarm."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return request.user.has_perm(queries.RAISE)


@hooks.register("register_admin_urls")
def alarm_screen() -> list[Any]:
    """The screen, for people with access to the desk only."""
    return [path("emergency/", views.alarm, name="alarm_desk")]


@hooks.register("register_admin_menu_item")
def alarm_menu_item() -> MenuItem:
    """After everything of the day's work."""
    return AlarmMenuItem(
        lazy(lambda: views.words()["emergency"], str)(), reverse("alarm_desk"),
        name="emergency", icon_name="warning", order=139,
    )  # fmt: skip


@hooks.register("register_permissions")
def alarm_permission() -> QuerySet[Permission]:
    """So that a group can be given it."""
    return Permission.objects.filter(content_type__app_label="fronts", codename="raise_alarm")
