"""Encrypt a push for one browser: RFC 8291 over RFC 8188, one record, a fresh key each time."""

import os
from hashlib import sha256
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE, EXCHANGE = SECP256R1(), ECDH()
RECORD = (4096).to_bytes(4, "big")
LAST = b"\x02"  # the delimiter of the last record, without padding (RFC 8188, 2)
KEY_INFO = b"Content-Encoding: aes128gcm\0\x01"
NONCE_INFO = b"Content-Encoding: nonce\0\x01"


class UnfitKey(ValueError):
    """A browser's key is no point of the curve."""


def point_of(key: EllipticCurvePrivateKey) -> bytes:
    """The public half of a key as 65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypt(
    payload: bytes,
    *,
    key: bytes,
    secret: bytes,
    own: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push with `Content-Encoding: aes128gcm`.

    `key` is the browser's point (65 bytes), `secret` its authentication secret (16). `own` and
    `salt` are drawn anew, as they must be, unless a test of the standard names them.

    Raises:
        UnfitKey: the point is not on the curve.

    """
    own = own or generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    try:
        theirs = EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    except ValueError as error:
        raise UnfitKey("The browser's key is no point of P-256.") from error
    mine = point_of(own)
    content_key, nonce = _keys(
        own.exchange(EXCHANGE, theirs), secret, salt, receiver=key, sender=mine
    )
    sealed = AESGCM(content_key).encrypt(nonce, payload + LAST, None)
    return salt + RECORD + bytes([len(mine)]) + mine + sealed


def decrypt(body: bytes, *, own: EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """What `encrypt` was given, for whoever has the private half: a drill of our own.

    Raises:
        UnfitKey: the body is not one of ours, or is for somebody else.

    """
    salt, theirs, sealed = body[:16], body[21:86], body[86:]
    try:
        point = EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
        content_key, nonce = _keys(
            own.exchange(EXCHANGE, point), secret, salt, receiver=point_of(own), sender=theirs
        )
        return AESGCM(content_key).decrypt(nonce, sealed, None).removesuffix(LAST)
    except (ValueError, InvalidTag) as error:
        raise UnfitKey("The push is not for this key.") from error


def _keys(
    agreed: bytes, secret: bytes, salt: bytes, *, receiver: bytes, sender: bytes
) -> tuple[bytes, bytes]:
    """The content key and nonce of RFC 8291 (3.4). HKDF by hand: each output is below one hash."""
    shared = digest(secret, agreed, sha256)
    material = digest(shared, b"WebPush: info\0" + receiver + sender + b"\x01", sha256)
    mixed = digest(salt, material, sha256)
    return digest(mixed, KEY_INFO, sha256)[:16], digest(mixed, NONCE_INFO, sha256)[:12]
