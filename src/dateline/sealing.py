"""Secrets as they lie in the database: sealed with a key made from the signing key.

Who reads a copy of the database alone reads none of them. A signing key that was replaced stands in
DATELINE_SECRET_KEY_FALLBACKS until everything is sealed anew.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """What is stored was sealed with a signing key that is named no more."""


def seal(use: bytes, secret: bytes) -> str:
    """`secret` so that it cannot be read without the signing key of now.

    `use` says what it is for: what is sealed for one use is read for no other.
    """
    return _fernet(settings.SECRET_KEY, use).encrypt(secret).decode()


def unseal(use: bytes, stored: str) -> bytes:
    """What was sealed for `use` with the signing key of now, or an earlier one that is still named.

    Raises:
        Unreadable: with neither.

    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        return MultiFernet([_fernet(key, use) for key in keys]).decrypt(stored.encode())
    except InvalidToken:
        raise Unreadable("DATELINE_SECRET_KEY_FALLBACKS lacks its key.") from None


def is_of_now(use: bytes, stored: str) -> bool:
    """Whether something is sealed with the signing key of now."""
    try:
        _fernet(settings.SECRET_KEY, use).decrypt(stored.encode())
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=16)
def _fernet(key: str, use: bytes) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))
