"""Tells Django about media."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "dateline.media"
    label = "media"
    verbose_name = "Pictures"
    default_auto_field = "django.db.models.BigAutoField"
