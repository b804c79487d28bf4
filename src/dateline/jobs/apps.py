"""Tells Django about jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "dateline.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
