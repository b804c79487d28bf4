"""Tells Django about mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "dateline.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
