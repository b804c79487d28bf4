"""Tells Django about polls."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "dateline.polls"
    label = "polls"
    default_auto_field = "django.db.models.BigAutoField"
