"""Network addresses for proofs: kept so that two can be compared, and neither be read."""

import hashlib

from django.conf import settings


def hashed(ip: str) -> str:
    """A keyed hash (BLAKE2b, 32 hexadecimal digits) of a network address; empty for none."""
    if not ip:
        return ""
    key = hashlib.sha256(b"dateline.newsletters.ip\0" + settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(ip.encode(), key=key, digest_size=16).hexdigest()
