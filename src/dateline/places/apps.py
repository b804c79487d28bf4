"""Tells Django about places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "dateline.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
