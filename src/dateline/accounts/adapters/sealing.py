"""Secrets of second steps as they lie in the database.

Who reads a copy of the database alone can make no code of anybody's authenticator app.
"""

import base64
import secrets

import structlog

from dateline import sealing

MARK = "sealed1:"  # what has none is of an earlier edition, and stored as it is
USE = b"dateline: secrets of second steps"
log = structlog.get_logger("dateline.accounts")


def seal(text: str) -> str:
    """`text` so that it cannot be read without the signing key of now."""
    return MARK + sealing.seal(USE, text.encode())


def unseal(stored: str) -> str:
    """What was sealed with the signing key of now or an earlier one that is still named.

    Where none fits, a text that nobody knows comes back: no code will ever be right, and the log
    says why.
    """
    if not stored.startswith(MARK):
        return stored
    try:
        return sealing.unseal(USE, stored.removeprefix(MARK)).decode()
    except sealing.Unreadable as error:
        log.warning("second_step_unreadable", hint=str(error))
        return base64.b32encode(secrets.token_bytes(20)).decode()


def is_of_now(stored: str) -> bool:
    """Whether a stored secret is sealed with the signing key of now."""
    return stored.startswith(MARK) and sealing.is_of_now(USE, stored.removeprefix(MARK))


def is_readable(stored: str) -> bool:
    """Whether a stored secret can be read with the keys that are named."""
    try:
        sealing.unseal(USE, stored.removeprefix(MARK))
    except sealing.Unreadable:
        return not stored.startswith(MARK)
    return True
