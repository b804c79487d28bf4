"""Tells Django about newsletters."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "dateline.newsletters"
    label = "newsletters"
    default_auto_field = "django.db.models.BigAutoField"
