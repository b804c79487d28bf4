"""Tells Django about fronts."""

from django.apps import AppConfig


class FrontsConfig(AppConfig):
    name = "dateline.fronts"
    label = "fronts"
    default_auto_field = "django.db.models.BigAutoField"
