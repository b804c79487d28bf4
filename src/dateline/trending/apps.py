"""Tells Django about trending."""

from django.apps import AppConfig


class TrendingConfig(AppConfig):
    name = "dateline.trending"
    label = "trending"
    default_auto_field = "django.db.models.BigAutoField"
