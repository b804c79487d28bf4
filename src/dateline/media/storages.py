"""Where picture files lie: originals in private, readers' copies in public."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.storage.base import Storage
from django.utils.deconstruct import deconstructible

ORIGINALS_URL = "/media/originals/"


@deconstructible
class Originals(FileSystemStorage):
    """Files as they came, outside the public media directory; only the desk may fetch one.

    The directory is read from the settings each time, so that a test or a
    second process with other settings is never written to by mistake.
    """

    def __init__(self) -> None:
        super().__init__(base_url=ORIGINALS_URL)

    @property
    def base_location(self) -> str:
        return str(Path(settings.DATELINE_DATA_DIR) / "originals")

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())


def originals() -> Storage:
    """Return the storage of originals; a function, so that no migration pins it."""
    return Originals()
