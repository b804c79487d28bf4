"""Where a browser says it wants its pushes: an address that a stranger gives us."""

import base64
import binascii
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from dateline.alerts.domain.errors import FollowRefused

LONGEST = 1_000
KEY_BYTES, SECRET_BYTES = 65, 16  # an uncompressed point of P-256; RFC 8291, 3.2
UNCOMPRESSED = 4
HTTPS, HTTP = 443, 80


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A push service's address for one browser, taken apart. `origin` is what VAPID signs."""

    url: str
    host: str
    port: int
    tls: bool
    path: str

    @property
    def origin(self) -> str:
        """`https://host[:port]`, the port where it is not the usual one."""
        scheme, usual = ("https", HTTPS) if self.tls else ("http", HTTP)
        return f"{scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")


def endpoint_of(url: str, *, trusted: Collection[str] = ()) -> Endpoint:
    """Take an endpoint apart. `trusted` are origins of a demo or test, which may be plain HTTP.

    Whether its name leads to a public address is asked when it is spoken to, each time.

    Raises:
        FollowRefused: no https, a password in it, a bare address, another port, or too long.

    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FollowRefused("The endpoint is no address.") from None
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Endpoint(url, parts.hostname or "", port or (HTTPS if tls else HTTP), tls, path)
    fits = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if not fits or not found.host or parts.fragment or "@" in parts.netloc:
        raise FollowRefused("The endpoint is no address of a push service.")
    if found.origin not in trusted and not (tls and found.port == HTTPS and _is_name(found.host)):
        raise FollowRefused("The endpoint is not one of a public push service over https.")
    return found


def kept_endpoint(url: str, *, trusted: frozenset[str]) -> Endpoint:
    """The same for an endpoint that was taken once; each push service is looked at once, not each.

    Raises:
        FollowRefused: its push service is no longer one to speak to.

    """
    place = url.find("/", len("https://"))
    if place < 0 or "?" in url[:place]:
        return endpoint_of(url, trusted=trusted)
    service = _service(url[:place], trusted)
    return Endpoint(url, service.host, service.port, service.tls, url[place:])


@lru_cache(maxsize=256)
def _service(origin: str, trusted: frozenset[str]) -> Endpoint:
    return endpoint_of(f"{origin}/", trusted=trusted)


def key_of(text: str) -> bytes:
    """A browser's public key, as it writes it: base64url of an uncompressed point of P-256.

    Raises:
        FollowRefused: it is not.

    """
    key = _bytes(text)
    if len(key) != KEY_BYTES or key[0] != UNCOMPRESSED:
        raise FollowRefused("The key is no point of P-256.")
    return key


def secret_of(text: str) -> bytes:
    """A browser's authentication secret: 16 bytes in base64url.

    Raises:
        FollowRefused: it is not.

    """
    secret = _bytes(text)
    if len(secret) != SECRET_BYTES:
        raise FollowRefused("The secret has not 16 bytes.")
    return secret


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        return b""


def _is_name(host: str) -> bool:
    """Whether a host is a name with a dot in it, and no address, of this machine or any other."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        numeric = host.rpartition(".")[2].isdigit()
        return "." in host.strip(".") and not numeric and not host.endswith(".localhost")
    return False
