"""Say who pushes: VAPID (RFC 8292), one signature for each push service while it holds."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from dateline.alerts.adapters.encryption import CURVE, point_of

LIVES = timedelta(hours=12)  # the standard allows twenty-four
FRESH_FOR = timedelta(hours=11)
HALF = 32  # bytes of each number of a signature


def key_from(number: bytes) -> EllipticCurvePrivateKey:
    """The private key whose number these 32 bytes are."""
    return derive_private_key(int.from_bytes(number, "big"), CURVE)


def base64url(data: bytes) -> str:
    """The alphabet of RFC 4648 (5), without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


@dataclass(slots=True)
class Vapid:
    """Signs for one installation. `contact` is `mailto:` or `https:`, for the push service."""

    key: EllipticCurvePrivateKey
    contact: str
    kept: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def authorization(self, origin: str, *, at: datetime) -> str:
        """The Authorization field for a push service; signed anew every eleven hours. `at` is UTC.

        A signature costs as much as half a push, and one serves them all.
        """
        made_at, value = self.kept.get(origin, (None, ""))
        if made_at is None or not made_at <= at < made_at + FRESH_FOR:
            value = f"vapid t={self._token(origin, at)}, k={base64url(point_of(self.key))}"
            self.kept[origin] = (at, value)
        return value

    def _token(self, origin: str, at: datetime) -> str:
        head = {"typ": "JWT", "alg": "ES256"}
        claims = {"aud": origin, "exp": int((at + LIVES).timestamp()), "sub": self.contact}
        told = ".".join(base64url(json.dumps(part).encode()) for part in (head, claims))
        r, s = decode_dss_signature(self.key.sign(told.encode(), ECDSA(SHA256())))
        return f"{told}.{base64url(r.to_bytes(HALF, 'big') + s.to_bytes(HALF, 'big'))}"
