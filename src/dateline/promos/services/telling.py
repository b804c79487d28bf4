"""Take what readers' pages tell of offers, and keep it for the worker. The front calls this.

No Django here, and no database: a page that stands in the cache costs no renderer for its counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from dateline.agents import known_bots
from dateline.promos.adapters.rates import Rates
from dateline.promos.adapters.told import FOLDER, Telling, Told
from dateline.promos.domain import said

log = structlog.get_logger("dateline.offers")

BURST, PER_S = 60, 2.0  # tellings of one address: at once, and a second for ever
OUR_PAGES = frozenset({b"same-origin", b"none", b"same-site"})


@dataclass(slots=True)
class Teller:
    """Keeps what counts in `told`; `rates` are those of addresses."""

    told: Told
    rates: Rates = field(default_factory=lambda: Rates(burst=BURST, per_s=PER_S))

    def take(self, body: bytes, fields: Mapping[bytes, bytes], address: str, now: float) -> bool:
        """Keep what a page told, or not; say which. Nobody else is told: the answer is one.

        `fields` is the head with names in lower case, `address` who sent it, `now` seconds since
        1970 UTC. Robots, other sites' pages and browsers that ask for privacy are not listened to.
        """
        if not is_reader(fields) or not self.rates.allows(address, now=now):
            return False
        events = said.read(body)
        if not events:
            return False
        host = fields.get(b"host", b"").partition(b":")[0].lower().rstrip(b".")
        try:
            self.told.write(Telling(host.decode("latin-1"), events))
        except OSError as error:
            self.told.close()
            log.warning("offers_not_kept", error=repr(error), then="these views are not counted")
            return False
        return True


def is_reader(fields: Mapping[bytes, bytes], *, anywhere: bool = False) -> bool:
    """Whether a person's own browser asks, from a page of ours, and does not mind being counted.

    `anywhere`: or from elsewhere, as from a mail that is read on another site.
    """
    return (
        not known_bots().is_bot(fields.get(b"user-agent", b""))
        and b"prefetch" not in fields.get(b"sec-purpose", b"")  # fetched before anybody asked
        and (anywhere or fields.get(b"sec-fetch-site", b"same-origin") in OUR_PAGES)
        and fields.get(b"sec-gpc") != b"1"
    )


def open_teller(data_dir: Path) -> Teller:
    """A teller on the folder `offers` of the data folder."""
    return Teller(Told(data_dir / FOLDER))
