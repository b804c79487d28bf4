"""The private key of web push as it lies in the database, and the secret of its drills."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from dateline import sealing
from dateline.sealing import Unreadable

USE = b"dateline: key of web push"


def seal(number: bytes) -> str:
    """`number` so that it cannot be read without the signing key of now."""
    return sealing.seal(USE, number)


def unseal(stored: str) -> bytes:
    """What was sealed with the signing key of now, or an earlier one that is still named.

    Raises:
        Unreadable: with neither; DATELINE_SECRET_KEY_FALLBACKS lacks the key of web push.

    """
    try:
        return sealing.unseal(USE, stored)
    except Unreadable:
        raise Unreadable("DATELINE_SECRET_KEY_FALLBACKS lacks the key of web push.") from None


def is_of_now(stored: str) -> bool:
    """Whether a key is sealed with the signing key of now."""
    return sealing.is_of_now(USE, stored)


def drill_number() -> bytes:
    """Forty-eight bytes that only this installation can compute: the subscriber of its drills."""
    made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"dateline: drill of web push")
    return made.derive(settings.SECRET_KEY.encode())
