"""The front: one port, every request looked at once, answered from the cache or handed on."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import structlog

from dateline.edge import queries as edge
from dateline.project.front import answers, beacons, heads, metrics, offers
from dateline.project.front.beacons import Beacons
from dateline.project.front.body import Body, ClientGone, Limits, Message, Receive, Send, Stalled
from dateline.project.front.encodings import choose
from dateline.project.front.fill import Fills, Found, Wanted
from dateline.project.front.heads import Header, Refused, Sender
from dateline.project.front.hits import Hits
from dateline.project.front.metrics import Counts
from dateline.project.front.peers import Peers
from dateline.project.front.renderers import SAFE_TO_REPEAT, Asked, Renderers
from dateline.project.front.reply import CLOSE, Reply
from dateline.promos.services.telling import Teller
from dateline.trending.services.collector import FLUSH_S, Collector

log = structlog.get_logger("dateline.front")

# An answer up to this size is read whole before its first byte leaves, so that a renderer that
# dies half-way is a clean retry or 502 and not half a page.
WHOLE_ANSWER_BYTES = 1024 * 1024
# A part of a page is cut from the renderer's own; who signs in per request is nobody's neighbour.
NOT_FOR_CACHE = frozenset({b"authorization", b"range"})
CHORE_S = 1.0
CUT = "dateline.cut"  # in a scope's extensions: what ends a connection without its client
METRICS = b"/metrics"  # who may not see it gets what a renderer says of the address, uncached


@dataclass(slots=True)
class Front:
    """An ASGI application that refuses what it must, answers what it has, and hands on the rest.

    `fills` is None where the page cache is off.
    """

    renderers: Renderers
    trusted: heads.Networks
    token: bytes
    limits: Limits = field(default_factory=Limits)
    fills: Fills | None = None
    address_connections: int = 512
    collector: Collector | None = None
    teller: Teller | None = None
    peers: Peers = field(init=False)
    counts: Counts = field(init=False)
    beacons: Beacons | None = field(init=False)

    def __post_init__(self) -> None:
        """Count in one place, whoever answers."""
        self.peers = Peers(self.trusted, self.address_connections)
        self.counts = self.fills.hits.counts if self.fills else Counts()
        self.beacons = Beacons(self.collector, self.peers) if self.collector else None

    @property
    def hits(self) -> Hits | None:
        """The pages that connections may answer with at once."""
        return self.fills.hits if self.fills else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request. Only `lifespan` and `http` reach us: uvicorn speaks no websocket."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = Body(receive, self.limits)
        reply = Reply(send, body)
        try:
            await self._answer(scope, body, reply)
        except (Refused, ClientGone) as error:
            reason = body.failure or error
            if isinstance(reason, Refused):
                self.counts.refused += 1
                with suppress(ClientGone):
                    await reply.say(reason.status, f"{reason.reason}\n")
            elif isinstance(reason, Stalled):
                scope["extensions"][CUT]["now"]()
                await asyncio.sleep(0)  # uvicorn hears of it before we return
        self._note(scope, reply)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self.renderers:
            chores = asyncio.gather(self._chores(), self._journal())
            await send({"type": "lifespan.startup.complete"})
            await receive()
            chores.cancel()
            with suppress(asyncio.CancelledError):
                await chores
        if self.collector:
            self.collector.close()
        if self.teller:
            self.teller.told.close()
        if self.fills:
            self.fills.store.close()
        if self.hits and self.hits.access:
            self.hits.access.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _chores(self) -> None:
        """Once a second: the clock of the hits, the figures, the access log, the janitor."""
        while True:
            self._chore()
            await asyncio.sleep(CHORE_S)

    async def _journal(self) -> None:
        """Twice a second: what readers' pages told goes to the disk."""
        while self.collector:
            self.collector.tick()
            await asyncio.sleep(FLUSH_S)

    def _chore(self) -> None:
        if self.collector:
            self.counts.beacons = self.collector.taken
            self.counts.dropped = self.collector.dropped
        if self.fills is None:
            return
        hits = self.fills.hits
        self.counts.connections = sum(self.peers.counts.values())
        self.counts.connections_refused = self.peers.refused
        hits.tick(hits.clock())
        metrics.write(self.counts, hits.directory)
        if hits.access:
            hits.access.write()
        edge.sweep(hits.counters, self.fills.store, now=hits.clock())

    async def _answer(self, scope: Message, body: Body, reply: Reply) -> None:
        headers: Sequence[Header] = scope["headers"]
        heads.check(scope["method"], scope["raw_path"], headers)
        if scope["raw_path"] == b"/livez":
            await reply.say(200, "The front is up.\n", close=False)
            return
        who = heads.sender(scope["client"][0], headers, self.trusted)
        if scope["raw_path"] == METRICS:
            if self._may_see_metrics(scope, who):
                await self._say_metrics(reply)
                return
        elif self.beacons and beacons.is_one(scope["method"], scope["raw_path"]):
            await _take_beacon(self.beacons, scope, reply)
            return
        elif self.teller and offers.is_one(scope["method"], scope["raw_path"]):
            await offers.take(self.teller, scope, body, reply, address=who.address)
            return
        elif await self._from_cache(scope, headers, reply):
            return
        await self._hand_on(scope, body, reply, self._rebuilt(scope, headers, body, who))

    async def _from_cache(self, scope: Message, headers: Sequence[Header], reply: Reply) -> bool:
        """Answer with a shared page if this is a request for one."""
        if self.fills is None:
            return False
        reply.cache = answers.METHOD
        if scope["method"] not in SAFE_TO_REPEAT:
            return False
        reply.cache = answers.REQUEST
        if any(name in NOT_FOR_CACHE for name, _ in headers):
            return False
        host = next(value for name, value in headers if name == b"host")
        wanted = Wanted.of(host, scope["raw_path"], scope["query_string"])
        found = await self.fills.page(wanted)
        if found is None:
            reply.cache = answers.BYPASS
            return False
        await self._show(scope, dict(headers), found, reply, self.fills.hits)
        return True

    async def _show(
        self, scope: Message, fields: dict[bytes, bytes], found: Found, reply: Reply, hits: Hits
    ) -> None:
        entry, reply.cache = found.entry, found.status
        encoding = choose(fields.get(b"accept-encoding"))
        form, outer = entry.forms[encoding], self.peers.is_trusted(scope["client"][0])
        now = hits.clock()
        head = answers.fields_of(entry.page, form, outer=outer)
        head.append((b"age", str(hits.age_of(entry.page, now)).encode()))
        if outer and hits.tells_outer and found.status not in answers.OUT_OF_DATE:
            head += answers.for_outer(entry.page, now, entry.standing)
        known = fields.get(b"if-none-match")
        if known is not None and hits.is_known(entry, known, encoding):
            self.counts.not_modified += 1
            await reply.start(304, answers.without_body(head))
            await reply.end()
            return
        body = answers.body_of(entry.page, form.encoding)
        head.append((b"content-length", str(len(body)).encode()))
        await reply.start(entry.page.status, head)
        await reply.end(b"" if scope["method"] == "HEAD" else body)

    async def _hand_on(self, scope: Message, body: Body, reply: Reply, asked: Asked) -> None:
        """Let a renderer answer this one request."""
        self.counts.bypass += 1
        old_client = scope["http_version"] == "1.0"  # it knows no chunks
        response, content = await self._ask(asked, whole=old_client)
        async with response:
            head = heads.answered(response.raw_headers, response.status)
            if old_client and content and response.content_length is None:
                head.append((b"content-length", str(len(content)).encode()))
            # What is left of a body that the renderer did not wait for is not read.
            head += [] if body.complete else [CLOSE]
            await reply.start(response.status, head)
            await self._send_body(reply, response, content)

    def _rebuilt(self, scope: Message, headers: Sequence[Header], body: Body, who: Sender) -> Asked:
        target = scope["raw_path"].decode("ascii")
        if scope["query_string"]:
            target += "?" + scope["query_string"].decode("latin-1")
        passed = heads.passed_on(headers, who, self.token)
        if not heads.has_body(headers):
            body.complete = True
            return Asked(scope["method"], target, passed)
        if (heads.declared_length(headers) or 0) > self.limits.body_bytes:
            raise Refused(413, f"This is larger than the {self._limit_mb()} MB we take.")
        return Asked(scope["method"], target, passed, body.chunks)

    def _limit_mb(self) -> int:
        return self.limits.body_bytes // (1024 * 1024)

    async def _ask(
        self, asked: Asked, *, whole: bool
    ) -> tuple[aiohttp.ClientResponse, bytes | None]:
        """Return the answer, and its whole body where that is small or `whole` is wanted."""
        repeat = asked.method in SAFE_TO_REPEAT
        while True:
            response = await self.renderers.ask(asked)
            length = response.content_length
            small = length is not None and length <= WHOLE_ANSWER_BYTES
            if asked.method == "HEAD" or not (small or whole):
                return response, b"" if asked.method == "HEAD" else None
            try:
                return response, await response.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                response.close()
                log.warning("renderer_died_mid_answer", target=asked.target, error=repr(error))
                if not repeat:
                    raise Refused(
                        502, "The renderer stopped in the middle of its answer. Please try again."
                    ) from error
                repeat = False

    async def _send_body(
        self, reply: Reply, response: aiohttp.ClientResponse, content: bytes | None
    ) -> None:
        if content is None:
            try:
                async for chunk in response.content.iter_any():
                    await reply.part(chunk)
            except (aiohttp.ClientError, TimeoutError) as error:
                # The status is out. Closing without the end tells the client that it is cut.
                log.warning("renderer_died_mid_answer", error=repr(error))
                raise ClientGone from error
        await reply.end(content or b"")

    def _may_see_metrics(self, scope: Message, who: Sender) -> bool:
        """Only this machine and the declared proxies' own; never whoever comes through a proxy."""
        forwarded = any(name in heads.FORWARDING for name, _ in scope["headers"])
        if forwarded and not self.peers.is_trusted(scope["client"][0]):
            return False
        return self.peers.is_trusted(who.address) or heads.is_loopback(who.address)

    async def _say_metrics(self, reply: Reply) -> None:
        self._chore()
        counts = metrics.read(self.hits.directory) if self.hits else self.counts
        kind = (b"content-type", metrics.CONTENT_TYPE)
        await reply.say(200, metrics.text(counts).decode(), close=False, kind=kind)

    def _note(self, scope: Message, reply: Reply) -> None:
        """Count how long it took, and keep a line for the access log."""
        self.counts.took(reply.took_s)
        hits = self.hits
        if not (hits and hits.access and reply.status):
            return
        headers = dict(scope["headers"])
        target = scope["raw_path"] + (b"?" + scope["query_string"]) * bool(scope["query_string"])
        hits.access.add(
            hits.clock(),
            who=heads.sender(scope["client"][0], scope["headers"], self.trusted).address,
            method=scope["method"].encode(),
            host=headers.get(b"host", b"-"),
            url=target,
            status=reply.status,
            size=reply.size,
            cache=reply.cache.partition(b"; ")[2].replace(b" ", b"") or b"-",
        )


async def _take_beacon(taking: Beacons, scope: Message, reply: Reply) -> None:
    """Read a beacon that the connection did not answer at once."""
    headers = scope["headers"]
    if heads.has_body(headers):
        taking.refuse()
        raise Refused(413, "A beacon has no body.")
    now = taking.collector.clock()
    reader = taking.recognise(dict(headers), headers, scope["client"][0], now)
    taking.take(scope["query_string"], reader, now)
    await reply.start(204, list(beacons.FIELDS))
    await reply.end()
