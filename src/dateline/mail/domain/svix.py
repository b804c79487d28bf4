"""Signatures of events as Svix makes them, and Resend through it (standardwebhooks.com)."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

PREFIX = "whsec_"
LATELY = timedelta(minutes=5)  # the time is of this try and signed with the body
MOST = 10  # signatures of one request: more than one while a secret is changed


class Unsigned(ValueError):
    """It is not signed with this secret, or was so too long ago; the text says which."""


def is_key(secret: str) -> bool:
    """Whether a secret is `whsec_` and a key in base64."""
    try:
        return bool(key_of(secret))
    except binascii.Error:
        return False


def key_of(secret: str) -> bytes:
    """Return the key in a secret for which `is_key` is true."""
    return base64.b64decode(secret.removeprefix(PREFIX), validate=True)


def signature(key: bytes, name: str, stamp: str, body: bytes) -> str:
    """Return what signs a body under its id and time: base64 of HMAC-SHA256."""
    told = f"{name}.{stamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, told, sha256)).decode("ascii")


def check(secret: str, headers: Mapping[str, str], body: bytes, *, at: datetime) -> None:
    """See that `body` was signed for these headers within five minutes of `at`, aware UTC.

    Raises:
        Unsigned: it was not.

    """
    name, stamp = headers.get("svix-id", ""), headers.get("svix-timestamp", "")
    if not (name and stamp.isascii() and stamp.isdigit() and len(stamp) < len("99999999999")):
        raise Unsigned("It has no id or no time.")
    if abs(at - datetime.fromtimestamp(int(stamp), tz=UTC)) > LATELY:
        raise Unsigned(f"It was signed at {stamp}, which is not now.")
    wanted = signature(key_of(secret), name, stamp, body).encode()
    given = headers.get("svix-signature", "").split()[:MOST]
    found = [one.removeprefix("v1,").encode() for one in given if one.startswith("v1,")]
    if not any(hmac.compare_digest(one, wanted) for one in found):
        raise Unsigned("Its signature is not made with the secret.")
