"""Tells Django about saved stories."""

from django.apps import AppConfig


class SavingConfig(AppConfig):
    name = "dateline.saving"
    label = "saving"
    default_auto_field = "django.db.models.BigAutoField"
