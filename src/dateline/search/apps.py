"""Tells Django about search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "dateline.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
