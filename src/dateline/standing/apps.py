"""Tells Django about standing pages."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "dateline.standing"
    label = "standing"
    default_auto_field = "django.db.models.BigAutoField"
