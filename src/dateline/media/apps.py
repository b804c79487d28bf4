"""Tells Django about media."""

from django.apps import AppConfig
from PIL import Image

from dateline.media.domain.container import MAX_PIXELS


class MediaConfig(AppConfig):
    name = "dateline.media"
    label = "media"
    verbose_name = "Pictures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Pillow warn of a bomb where our own limit is, not at its older one."""
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS
