"""Tells Django about mastheads."""

from django.apps import AppConfig


class MastheadsConfig(AppConfig):
    name = "dateline.mastheads"
    label = "mastheads"
    default_auto_field = "django.db.models.BigAutoField"
