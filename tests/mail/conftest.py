"""What the tests of sending stand on."""

from tests.mail.begun import own_folder

__all__ = ["own_folder"]
