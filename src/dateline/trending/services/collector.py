"""Count what is read: judge each beacon, keep it in memory, write the journal twice a second.

No Django here: the front calls this for each beacon. Nothing of a request is kept but six numbers
and the visitor of the day.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import structlog

from dateline.agents import Agents, known_bots
from dateline.trending.adapters import salts, sites
from dateline.trending.adapters.journal import MARK, RECORD, Journal
from dateline.trending.adapters.sites import Sites
from dateline.trending.domain.beacons import Beacon, parse
from dateline.trending.domain.limits import Once, Rates
from dateline.trending.domain.visitors import Visitors

log = structlog.get_logger("dateline.beacons")

FOLDER = "beacons"
FLUSH_S = 0.5
FULL_AT = 4096  # records that wait; 140 KB
RATE = 600
HOLDS_S = 60.0
PACK = RECORD.pack

# Why a beacon was not counted; names of /metrics.
PRIVATE, FORGED, HOST, RATE_LIMIT = "private", "forged", "host", "rate"
MALFORMED, OVERSIZED, BOT, PREFETCH = "malformed", "oversized", "bot", "prefetch"
REPLAYED, FUTURE, LOST = "replayed", "future", "lost"
REASONS = (
    PRIVATE, FORGED, HOST, RATE_LIMIT, MALFORMED, OVERSIZED, BOT, PREFETCH, REPLAYED, FUTURE, LOST,
)  # fmt: skip

ASKED_NOT_TO = frozenset({b"sec-gpc", b"dnt"})
GUESSES = frozenset({b"sec-purpose", b"purpose", b"x-moz"})
SAME_SITE = frozenset({b"same-origin", b"none"})


class Reader(NamedTuple):
    """Who sends beacons: for the one day and site. `reason` says why nothing of theirs counts.

    Holds `until` a moment, seconds since 1970 UTC: hosts and days change.
    """

    site: int
    visitor: int
    group: str
    reason: str
    until: float


@dataclass(slots=True)
class Collector:
    """Takes beacons for the hosts in `sites`. `clock` gives seconds since 1970 UTC.

    `taken` counts what went into the journal or will, `dropped` the rest by reason.
    """

    directory: Path
    journal: Journal
    agents: Agents
    rates: Rates = field(default_factory=lambda: Rates(RATE))
    clock: Callable[[], float] = time.time
    taken: int = 0
    dropped: dict[str, int] = field(default_factory=lambda: dict.fromkeys(REASONS, 0))
    sites: Sites = field(init=False)
    once: Once = field(default_factory=Once)
    _kept: list[bytes] = field(default_factory=list)
    _visitors: Visitors = field(init=False)
    _day_ends: float = 0.0
    _complained: bool = False

    def __post_init__(self) -> None:
        self.sites = Sites(self.directory)
        self.sites.look()

    def take(
        self, text: bytes, fields: Mapping[bytes, bytes], address: str, group: str, now: float
    ) -> str:
        """Count one beacon; return why it was not counted, or nothing.

        `text` is the query of its address; the rest as for `recognise`.
        """
        return self.count(parse(text), self.recognise(fields, address, group, now), now)

    def recognise(
        self, fields: Mapping[bytes, bytes], address: str, group: str, now: float
    ) -> Reader:
        """Who sends beacons with this head, which holds for all that come with the same.

        `fields` is the head with names in lower case, `address` who sent it and `group` what shares
        a rate with it; `now` is seconds since 1970 UTC.
        """
        reason = self._wrong(fields, group)
        site = self.sites.of(fields.get(b"host", b""))
        if reason or site is None:
            return Reader(
                0, 0, group, reason or HOST, now if reason == RATE_LIMIT else now + HOLDS_S
            )
        if not self._day_ends - salts.DAY_S <= now < self._day_ends:
            self._begin_day(now)
        who = self._visitors.of(site, address, fields[b"user-agent"])
        return Reader(site, who, group, "", min(self._day_ends, now + HOLDS_S))

    def count(self, beacon: Beacon | None, reader: Reader, now: float) -> str:
        """Count one beacon of `reader`, which was recognised before; return as `take` does.

        None is one that `domain.beacons.parse` could not read.
        """
        site, who, group, reason, _ = reader
        if not reason:
            if not self.rates.allow(group, now):
                reason = RATE_LIMIT
            elif beacon is None:
                reason = MALFORMED
            elif not self.once.is_new(who, beacon[0], beacon[1], now):
                reason = REPLAYED
            else:
                story, kind, source, seconds, depth = beacon
                self._kept.append(PACK(now, who, story, site, seconds, kind, source, depth, MARK))
                self.taken += 1
                if len(self._kept) >= FULL_AT:
                    self.flush()
                return ""
        self.dropped[reason] += 1
        return reason

    def drop(self, reason: str) -> None:
        """Note that a beacon was refused before anybody read it."""
        self.dropped[reason] += 1

    def flush(self) -> None:
        """Write what waits, with one `write`. Never raises: what a full disk refuses is lost."""
        kept, self._kept = self._kept, []
        try:
            self.journal.write(b"".join(kept))
        except OSError as error:
            self.dropped[LOST] += len(kept)
            self.taken -= len(kept)
            if not self._complained:
                log.warning("beacons_not_written", path=str(self.directory), error=str(error))
            self._complained = True
        else:
            self._complained = False

    def tick(self) -> None:
        """Write what waits, and look whether hosts changed; call it every `FLUSH_S` seconds."""
        self.flush()
        self.sites.look()

    def close(self) -> None:
        """Write the rest and end the segment."""
        self.flush()
        self.journal.close()

    def _wrong(self, fields: Mapping[bytes, bytes], group: str) -> str:
        """Why the head alone says that this does not count. What is cheap to know comes first."""
        if not ASKED_NOT_TO.isdisjoint(fields) and any(
            fields.get(name) == b"1" for name in ASKED_NOT_TO
        ):
            return PRIVATE
        if self.rates.is_over(group):
            return RATE_LIMIT
        if _is_forged(fields):
            return FORGED
        if not GUESSES.isdisjoint(fields):
            return PREFETCH
        return BOT if self.agents.is_bot(fields.get(b"user-agent", b"")) else ""

    def _begin_day(self, now: float) -> None:
        self._visitors = Visitors(salts.salt_of(self.directory, salts.day_of(now)))
        self._day_ends = (now // salts.DAY_S + 1) * salts.DAY_S


def open_collector(data_dir: Path, *, rate: int = RATE) -> Collector:
    """A collector on the folder `beacons` of the data folder; `rate` is beacons a minute, address.

    Reading the list of crawlers takes a tenth of a second: open it once.
    """
    directory = data_dir / FOLDER
    return Collector(directory, Journal(directory), known_bots(), rates=Rates(rate))


def _is_forged(fields: Mapping[bytes, bytes]) -> bool:
    """Whether a page of another origin sent it. Browsers that do not say so are believed."""
    site = fields.get(b"sec-fetch-site")
    if site is not None and site not in SAME_SITE:
        return True
    origin = fields.get(b"origin")
    if origin is None:
        return False
    return origin.partition(b"://")[2] != fields.get(b"host", b"")


def tell_sites(data_dir: Path, found: Mapping[str, int]) -> bool:
    """Tell collectors which host (lower case, no port) is which masthead; say if that was news.

    Raises:
        OSError: the folder cannot be written.

    """
    return sites.write(data_dir / FOLDER, found)
