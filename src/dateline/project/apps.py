"""Tells Django about the room that puts the others together."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "dateline.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"
