"""The private key of web push as it lies in the database: sealed with the signing key."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

USE = b"dateline: key of web push"


class Unreadable(Exception):
    """What is stored was sealed with a signing key that is named no more."""


def seal(number: bytes) -> str:
    """`number` so that it cannot be read without the signing key of now."""
    return _fernet(settings.SECRET_KEY).encrypt(number).decode()


def unseal(stored: str) -> bytes:
    """What was sealed with the signing key of now, or an earlier one that is still named.

    Raises:
        Unreadable: with neither; DATELINE_SECRET_KEY_FALLBACKS lacks its key.

    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        return MultiFernet([_fernet(key) for key in keys]).decrypt(stored.encode())
    except InvalidToken:
        raise Unreadable("DATELINE_SECRET_KEY_FALLBACKS lacks the key of web push.") from None


def is_of_now(stored: str) -> bool:
    """Whether a key is sealed with the signing key of now."""
    try:
        _fernet(settings.SECRET_KEY).decrypt(stored.encode())
    except InvalidToken:
        return False
    return True


def drill_number() -> bytes:
    """Forty-eight bytes that only this installation can compute: the subscriber of its drills."""
    made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"dateline: drill of web push")
    return made.derive(settings.SECRET_KEY.encode())


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=USE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))
