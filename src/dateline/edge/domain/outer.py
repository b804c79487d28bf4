"""Which caches stand in front of this machine, as an operator writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

KINDS = ("varnish",)


@dataclass(frozen=True, slots=True)
class OuterCache:
    """One outer cache: its kind (`varnish`) and the origin its purges are sent to."""

    kind: str
    origin: str

    def __str__(self) -> str:
        return f"{self.kind}+{self.origin}"


def outer_caches(addresses: Iterable[str]) -> tuple[OuterCache, ...]:
    """Read addresses such as `varnish+http://127.0.0.1:6081`, each once, in order.

    Raises:
        ValueError: an address has another shape, an unknown kind, or a path.

    """
    return tuple(dict.fromkeys(_outer_cache(address) for address in addresses))


def _outer_cache(address: str) -> OuterCache:
    kind, _, origin = address.partition("+")
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if (
        kind not in KINDS
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or port == 0
        or parts.path.strip("/")
        or parts.query
    ):
        raise ValueError(
            f"{address!r} is no outer cache; write one as varnish+http://127.0.0.1:6081"
        )
    return OuterCache(kind, f"{parts.scheme}://{parts.netloc}")
