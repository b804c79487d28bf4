"""Tells Django about the room that puts the others together."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ProjectConfig(AppConfig):
    name = "dateline.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"


class DeskUsers(WagtailUsersAppConfig):
    """Wagtail's users, with our form for them."""

    user_viewset = "dateline.accounts.people_screens.PeopleViewSet"
