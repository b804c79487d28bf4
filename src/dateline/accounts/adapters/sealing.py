"""Secrets of second steps as they lie in the database: sealed with a key made from the signing key.

Who reads a copy of the database alone can make no code of anybody's authenticator app. A key that
was replaced stands in DATELINE_SECRET_KEY_FALLBACKS until everything is sealed anew.
"""

import base64
import secrets
from functools import lru_cache

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed1:"  # what has none is of an earlier edition, and stored as it is
USE = b"dateline: secrets of second steps"
log = structlog.get_logger("dateline.accounts")


def seal(text: str) -> str:
    """`text` so that it cannot be read without the signing key of now."""
    return MARK + _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(stored: str) -> str:
    """What was sealed with the signing key of now or an earlier one that is still named.

    Where none fits, a text that nobody knows comes back: no code will ever be right, and the log
    says why.
    """
    if not stored.startswith(MARK):
        return stored
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        token = stored.removeprefix(MARK).encode()
        return MultiFernet([_fernet(key) for key in keys]).decrypt(token).decode()
    except InvalidToken:
        log.warning("second_step_unreadable", hint="DATELINE_SECRET_KEY_FALLBACKS lacks its key")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def is_of_now(stored: str) -> bool:
    """Whether a stored secret is sealed with the signing key of now."""
    try:
        _fernet(settings.SECRET_KEY).decrypt(stored.removeprefix(MARK).encode())
    except InvalidToken:
        return False
    return stored.startswith(MARK)


def is_readable(stored: str) -> bool:
    """Whether a stored secret can be read with the keys that are named."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        MultiFernet([_fernet(key) for key in keys]).decrypt(stored.removeprefix(MARK).encode())
    except InvalidToken:
        return not stored.startswith(MARK)
    return True


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=USE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))
