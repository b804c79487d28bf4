"""Pages that are not in memory, or not good any more: one canonical request for everyone who waits.

What is stored cannot depend on what a client sent: the request that fills the cache carries the
host, the path and the allowed part of the query, and nothing else of theirs.
"""

import asyncio
import hashlib
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import structlog

from dateline.edge import keys
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
from dateline.edge.domain.verdict import Verdict
from dateline.edge.queries import PageStore
from dateline.project.front import answers, encodings, heads
from dateline.project.front.fetched import Fetched, fetch
from dateline.project.front.heads import Refused
from dateline.project.front.hits import Entry, Hits, address_of
from dateline.project.front.renderers import FOREVER, Asked, Renderers

log = structlog.get_logger("dateline.front")

TRIES = 3
PATIENCE_S = 2.0  # how long an old page waits for a renderer to come back before it is shown
LEASE_S = 5.0
LEASE_PAUSE_S = 0.01
LEASE_WAIT_S = 15.0
REFRESH_PAUSE_S = 1.0
REFRESHES_AT_ONCE = 1  # of one front: who waits for a page comes before who has an older one
PASS_S = 10.0
PASS_AFTER_ERROR_S = 1.0
PASSES_AT_MOST = 8192
NO_ANSWER_STATUS = frozenset({502, 503, 504})
NOT_FOUND, ERROR = 404, 500
NULL = b"%00"  # as a canonical query writes it


@dataclass(frozen=True, slots=True)
class Wanted:
    """One shared page as its key names it: host in lower case, raw path, canonical query."""

    host: bytes
    path: bytes
    query: bytes
    key: bytes

    @classmethod
    def of(
        cls, host: bytes, path: bytes, query: bytes, names: Collection[str] = keys.ALLOWED_QUERY
    ) -> "Wanted":
        """Reduce what a client asked for. All three are raw; of `query` the `names` count."""
        return cls(
            host.lower(),
            path,
            keys.canonical_query(query, names),
            keys.page_key(host, path, query, names),
        )

    @property
    def address(self) -> bytes:
        """Path and query."""
        return address_of(self.path, self.query)


class Outcome(Enum):
    """How a fill ended where it brought no page."""

    PERSONAL = "personal"  # not for the cache: each reader asks for itself
    FAILING = "failing"  # a renderer says that it cannot answer now: 502, 503, 504
    MOVED = "moved"  # purged while it rendered


# A Refused is a fill that no renderer answered at all.
Ended = Entry | Outcome | Refused


@dataclass(frozen=True, slots=True)
class Found:
    """A page to show, and the Cache-Status that says where it is from."""

    entry: Entry
    status: bytes


@dataclass(slots=True)
class Fills:
    """Finds pages in memory, in the store, or at the renderers, each page once at a time.

    One instance, one event loop. `scheme` is the network's own.
    """

    hits: Hits
    store: PageStore
    renderers: Renderers
    token: bytes
    scheme: str
    patience_s: float = PATIENCE_S
    flights: dict[bytes, "asyncio.Task[Ended]"] = field(default_factory=dict)
    refreshing: int = 0
    passes: dict[bytes, float] = field(default_factory=dict)
    failing: bool = False  # whether the newest fill ended with a renderer's 502, 503 or 504

    async def page(self, wanted: Wanted) -> Found | None:
        """Return the page to show now, or None where the client's own request must be handed on.

        No page is older than the last purge that was finished before this was called, unless no
        renderer answers; a page that is gone is never shown.

        Raises:
            Refused: 502 or 504; no renderer answers, and there is nothing that may be shown.
                400; a null in what the query asks of a page. No page has one, and a renderer that
                refused it would have the good page of this path spared the cache.

        """
        if NULL in wanted.query:
            raise Refused(400, "This address has a null character in it.")
        if self.hits.blind or self._passes(wanted):
            return None
        if wanted.query:
            wanted = self._reduced(wanted, self.hits.names_of(wanted.host, wanted.path))
        entry, verdict = self._known(wanted)
        if entry and verdict is Verdict.HIT:
            self.hits.counts.hit += 1
            return Found(entry, answers.HIT)
        if entry and verdict is Verdict.SOFT:
            self._refresh(wanted, entry)
            self.hits.counts.soft += 1
            return Found(entry, answers.SOFT)
        return await self._fresh(wanted, entry if verdict is Verdict.EXPIRED else None)

    def _known(self, wanted: Wanted, *, fresh: bool = False) -> tuple[Entry | None, Verdict]:
        """What memory has, or else the store, where another front may have put a newer page.

        `fresh` asks the store also for a page that memory has but that is to be made anew.
        """
        now = self.hits.clock()
        entry = self.hits.find(wanted.host, wanted.address)
        verdict = self.hits.verdict(entry, now) if entry else Verdict.DEAD
        if verdict is Verdict.HIT or (verdict is Verdict.SOFT and not fresh):
            return entry, verdict
        page = self.store.get(wanted.key)
        if page is None or (entry and page.note.start <= entry.page.note.start):
            return entry, verdict
        entry = Entry(page, wanted.address)
        self.hits.keep(entry)
        return entry, self.hits.verdict(entry, now)

    async def _fresh(self, wanted: Wanted, old: Entry | None) -> Found | None:
        flight = self.flights.get(wanted.key)
        collapsed = flight is not None
        ended = await self._waited_for(flight or self._start(wanted, old), old)
        if isinstance(ended, Entry):
            self.hits.counts.collapsed += collapsed
            self.hits.counts.miss += not collapsed
            status = answers.STALE if old else answers.MISS
            return Found(ended, status + (answers.COLLAPSED if collapsed else b""))
        unanswered = isinstance(ended, Refused) or ended is Outcome.FAILING
        if unanswered and old and self._may_stand_in(old):
            self.hits.counts.stale_if_error += 1
            return Found(old, answers.STALE_IF_ERROR)
        if isinstance(ended, Refused):
            raise Refused(ended.status, ended.reason)
        return None

    async def _waited_for(self, flight: "asyncio.Task[Ended]", old: Entry | None) -> Ended:
        """How the flight ended; FAILING where it takes longer than an old page need wait.

        A page that is only too old waits two seconds for a new one, and not at all while the last
        fill failed: a renderer whose database is locked takes many seconds to find that out. What
        was purged waits for the renderer's word, however long that takes.
        """
        patience_s = None
        if old and self.hits.is_only_old(old):
            patience_s = 0.0 if self.failing else self.patience_s
        done, _ = await asyncio.wait({flight}, timeout=patience_s)
        return flight.result() if done else Outcome.FAILING

    def _may_stand_in(self, old: Entry) -> bool:
        """Looked at again: while we waited it may have been killed, or its time have passed."""
        return self.hits.verdict(old, self.hits.clock()) is not Verdict.DEAD

    def _refresh(self, wanted: Wanted, old: Entry) -> None:
        """Make a new page beside, one page at a time, and each at most once a second."""
        now = time.monotonic()
        if (
            wanted.key not in self.flights
            and self.refreshing < REFRESHES_AT_ONCE
            and now >= old.refresh_at
        ):
            old.refresh_at = now + REFRESH_PAUSE_S
            self.refreshing += 1
            self._start(wanted, old).add_done_callback(self._refreshed)

    def _refreshed(self, _: "asyncio.Task[Ended]") -> None:
        self.refreshing -= 1

    def _start(self, wanted: Wanted, old: Entry | None) -> "asyncio.Task[Ended]":
        flight = asyncio.get_running_loop().create_task(self._fly(wanted, old))
        self.flights[wanted.key] = flight
        return flight

    async def _fly(self, wanted: Wanted, old: Entry | None) -> Ended:
        """Render until a page comes out that nothing purged meanwhile, three times at most.

        Between the last look at the counters and the end there is no await, so nobody can join a
        flight whose page was looked at before they came.
        """
        try:
            for _ in range(TRIES):
                if made_elsewhere := await self._wait_for_lease(wanted):
                    return made_elsewhere
                try:
                    ended = await self._render(wanted, old)
                finally:
                    self.store.release(wanted.key)
                self.failing = ended is Outcome.FAILING
                if ended is not Outcome.MOVED:
                    return ended
                self.hits.counts.too_late += 1
            return Outcome.MOVED
        finally:
            del self.flights[wanted.key]

    async def _wait_for_lease(self, wanted: Wanted) -> Entry | None:
        """Get the right to render this page, or the page that another front made meanwhile.

        A front that died holds its lease for five seconds at most.
        """
        give_up_at = time.monotonic() + LEASE_WAIT_S
        while True:
            leased = self.store.lease(wanted.key, LEASE_S)
            entry, verdict = self._known(wanted, fresh=True)
            if verdict is Verdict.HIT:
                self.store.release(wanted.key)  # only where it is ours
                return entry
            if leased or time.monotonic() > give_up_at:
                return None
            await asyncio.sleep(LEASE_PAUSE_S)

    async def _render(self, wanted: Wanted, old: Entry | None) -> Ended:
        self.hits.counts.renders += 1
        started, began = self.hits.clock(), time.perf_counter()
        headers = heads.canonical(wanted.host, self.scheme, self.token)
        asked = Asked("GET", wanted.address.decode("latin-1"), headers)
        try:
            answer = await fetch(self.renderers, asked, self.patience_s if old else FOREVER)
        except Refused as refused:
            log.warning("no_fresh_page", host=wanted.host.decode("latin-1"), why=refused.reason)
            return refused
        if answer.status in NO_ANSWER_STATUS:
            return Outcome.FAILING
        note = answer.note()
        if note is None or answer.body is None or not answer.is_storable():
            self._remember_pass(wanted, answer.status)
            return Outcome.PERSONAL
        wanted = self._known_names(wanted, answer.status, note)
        return self._keep(
            wanted,
            StoredPage(
                host=wanted.host,
                path=wanted.path,
                query=wanted.query,
                status=answer.status,
                headers=answers.kept_headers(answer.headers),
                bodies=await _forms(answer, answer.body),
                etag=answers.etag_of(hashlib.blake2b(answer.body, digest_size=16).digest()),
                stored_at=started,
                made_ms=(time.perf_counter() - began) * 1000,
                note=note,
            ),
        )

    def _known_names(self, wanted: Wanted, status: int, note: PageNote) -> Wanted:
        """What the page is kept under: without the names that its view does not read.

        They are remembered, so that `?page=1` to `?page=999` of a story are one page, made once.
        """
        if note.query is None:
            return wanted
        reduced = self._reduced(wanted, note.query)
        if reduced is not wanted and status != NOT_FOUND:
            self.hits.remember_names(wanted.host, wanted.path, note.query)
        elif wanted.host + wanted.path in self.hits.names:  # new code may read others
            self.hits.names[wanted.host + wanted.path] = note.query
        return reduced

    def _reduced(self, wanted: Wanted, names: Collection[str]) -> Wanted:
        reduced = Wanted.of(wanted.host, wanted.path, wanted.query, names)
        return wanted if reduced.key == wanted.key else reduced

    def _keep(self, wanted: Wanted, page: StoredPage) -> Entry | Outcome:
        """Keep the page, unless what it shows was purged, or its time passed, since it began."""
        entry = Entry(page, wanted.address)
        if self.hits.verdict(entry, self.hits.clock()) not in {Verdict.HIT, Verdict.SOFT}:
            return Outcome.MOVED
        self.hits.counts.stored += 1
        self.hits.keep(entry)
        if page.status != NOT_FOUND:  # any number of addresses is not found: memory alone
            self.store.put(wanted.key, page)
        return entry

    def _passes(self, wanted: Wanted) -> bool:
        return self.passes.get(wanted.host + wanted.path, 0.0) > time.monotonic()

    def _remember_pass(self, wanted: Wanted, status: int) -> None:
        """Spare a path that is not for the cache the question, for up to ten seconds."""
        if len(self.passes) >= PASSES_AT_MOST:
            self.passes.clear()
        holds_s = PASS_AFTER_ERROR_S if status >= ERROR else PASS_S
        self.passes[wanted.host + wanted.path] = time.monotonic() + holds_s


async def _forms(answer: Fetched, body: bytes) -> dict[str, bytes]:
    """The body in the forms that are kept. Compressing happens in a thread: hits go on."""
    if encodings.is_worth_it(answer.content_type, len(body)):
        make = partial(encodings.compress, body, lasts=answer.lasts)
        zipped, brotli = await asyncio.get_running_loop().run_in_executor(None, make)
        if len(zipped) < len(body):
            return {"gzip": zipped, "br": brotli}
    return {"identity": body}
