"""Tells Django about the web room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dateline.web"
    label = "web"
