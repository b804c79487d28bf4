"""Make the adapters that the settings name."""

from collections.abc import Iterable

from dateline.edge.adapters.outer.interface import TagCache
from dateline.edge.adapters.outer.null import NullCache
from dateline.edge.adapters.outer.varnish import VarnishCache
from dateline.edge.domain.outer import OuterCache, outer_caches


def connect(addresses: Iterable[str]) -> tuple[TagCache, ...]:
    """Return one adapter for each address of DATELINE_EDGE_OUTER. Nothing is sent yet.

    Raises:
        ValueError: an address has another shape or an unknown kind.

    """
    return tuple(_adapter(cache) for cache in outer_caches(addresses))


def _adapter(cache: OuterCache) -> TagCache:
    if cache.kind == "null":
        return NullCache()
    return VarnishCache(name=str(cache), origin=cache.origin)
