"""Tells Django about discussion."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "dateline.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"
