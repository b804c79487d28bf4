"""Tells Django about the edge."""

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "dateline.edge"
    label = "edge"
    default_auto_field = "django.db.models.BigAutoField"
