"""Tells Django about promos."""

from django.apps import AppConfig


class PromosConfig(AppConfig):
    name = "dateline.promos"
    label = "promos"
    default_auto_field = "django.db.models.BigAutoField"
