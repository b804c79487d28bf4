"""Which caches stand in front of this machine, as an operator writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

# A file of counters begins at a random multiple of 2^40.
HEIGHT_BITS = 40


@dataclass(frozen=True, slots=True)
class OuterCache:
    """One outer cache: its kind (`varnish`, `null`) and the origin its purges are sent to."""

    kind: str
    origin: str

    def __str__(self) -> str:
        return f"{self.kind}+{self.origin}" if self.origin else self.kind


def outer_caches(addresses: Iterable[str]) -> tuple[OuterCache, ...]:
    """Read addresses such as `varnish+http://127.0.0.1:6081` or `null`, each once, in order.

    Raises:
        ValueError: an address has another shape, an unknown kind, or more than host and port.

    """
    return tuple(dict.fromkeys(_outer_cache(address) for address in addresses))


def standing(sequence: int) -> str:
    """Where the counters stand, as a cache in front may compare it: which counters, what number.

    `524288-12` is older than `524288-13`, and nothing is said of `7-1`, which other counters wrote.
    Both are decimal and at most 13 digits long, since RFC 8941 allows integers 15.
    """
    return f"{sequence >> HEIGHT_BITS}-{sequence % 2**HEIGHT_BITS}"


def _outer_cache(address: str) -> OuterCache:
    if address == "null":
        return OuterCache("null", "")
    kind, _, origin = address.partition("+")
    parts = _origin(origin)
    if kind != "varnish" or parts is None:
        raise ValueError(
            f"{address!r} is no outer cache; write one as varnish+http://127.0.0.1:6081"
        )
    return OuterCache(kind, f"{parts.scheme}://{parts.netloc}")


def _origin(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    only_origin = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    named = parts.scheme in {"http", "https"} and parts.hostname and port != 0
    return parts if named and only_origin else None
