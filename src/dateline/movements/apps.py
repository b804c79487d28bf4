"""Tells Django about movements."""

from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "dateline.movements"
    label = "movements"
    default_auto_field = "django.db.models.BigAutoField"
