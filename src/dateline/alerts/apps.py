"""Tells Django about alerts."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "dateline.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
