"""Tells Django about the outbox."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "dateline.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
