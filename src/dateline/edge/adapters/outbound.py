"""Send what is owed to outer caches: gathered into few calls, at a rate each of them allows."""

from collections.abc import Callable

import structlog

from dateline.edge import keys
from dateline.edge.adapters.ledger import Ledger
from dateline.edge.adapters.outer.interface import NotPurged, TagCache

log = structlog.get_logger(__name__)

MOST_CALLS = 20  # in one go; the worker comes again soon


def send(ledger: Ledger, cache: TagCache, *, now: float, standing: Callable[[], str] = str) -> int:
    """Send due purges to one cache until nothing is due or it refuses; return how many tags.

    One tag is at most two on the wire (`keys.wire_purge`), so a call takes half as many. `now` is
    seconds since 1970 UTC, `standing` says where the counters stand (`outer.standing`); it is asked
    after each batch was taken, so that it has every purge of the batch behind it.

    Raises:
        EdgeUnavailable: the ledger cannot be used.

    """
    sent = 0
    for _ in range(MOST_CALLS):
        batch = ledger.take(cache.name, most=cache.most_tags // 2, every_s=cache.every_s, now=now)
        if batch is None:
            break
        try:
            cache.purge(keys.wire_purge(batch.tags), soft=batch.soft, standing=standing())
        except NotPurged as error:
            log.warning("outer_cache_not_purged", cache=cache.name, error=str(error))
            ledger.fail(batch, str(error), now=now)
            break
        ledger.pay(batch)
        sent += len(batch.tags)
    return sent
