"""What a place knows us by, as it lies in the database."""

from dateline import sealing

USE = b"dateline.wire.pickup"


def seal(secret: str) -> str:
    """Return a secret so that it can be stored; nothing for none."""
    return sealing.seal(USE, secret.encode()) if secret else ""


def unseal(stored: str) -> str:
    """Return a stored secret in the clear.

    Raises:
        sealing.Unreadable: it was sealed with a signing key that is named no more.

    """
    return sealing.unseal(USE, stored).decode() if stored else ""


def is_of_now(stored: str) -> bool:
    """Whether it needs no other seal."""
    return not stored or sealing.is_of_now(USE, stored)
