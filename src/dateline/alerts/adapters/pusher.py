"""Push one notice to many browsers: a kept client for each push service, so many at a time."""

import asyncio
import ssl
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import uvloop

from dateline.alerts.adapters.channel import Broken, Channel, Reply
from dateline.alerts.adapters.encryption import UnfitKey, encrypt
from dateline.alerts.domain.endpoints import Endpoint
from dateline.fetch import address_of

AT_ONCE = 64  # connections to one push service
AHEAD = 32  # are encrypted in a row: one by one, between network and clock, each costs a third more
LIMIT_S = 10.0  # for one answer
LOOK_UP_AGAIN_S = 300.0
STRIKES = 8  # failures in a row after which a push service is left alone
REST_S = 30.0
NO_ANSWER, NOT_TRIED, UNFIT = Reply(0, 0), Reply(-1, 0), Reply(400, 0)
TROUBLE_FROM = 500
TOO_MANY = 429
USUAL = {True: 443, False: 80}  # ports


class Parcel(NamedTuple):
    """What goes to one browser. `number` is the caller's name for it."""

    number: int
    endpoint: Endpoint
    key: bytes
    secret: bytes


class Sealed(NamedTuple):
    """A parcel that is encrypted; no body: its browser's key is none."""

    parcel: Parcel
    body: bytes | None


class Outcome(NamedTuple):
    """What came of a parcel. `status` is 0 without an answer, -1 where it was not tried."""

    number: int
    status: int
    retry_after_s: int


@dataclass(slots=True)
class Service:
    """One push service: where it is, and the connections to it that are free."""

    address: str = ""
    looked_up_at: float = float("-inf")
    free: list[Channel] = field(default_factory=list)
    strikes: int = 0
    rests_until: float = float("-inf")


class Pusher:
    """Keeps connections between batches. One thread only; `close` it.

    `sign` gives the Authorization field for an origin. `trusted` are origins that may be private,
    for a demo or test.
    """

    def __init__(
        self,
        sign: Callable[[str], str],
        *,
        trusted: Collection[str] = (),
        at_once: int = AT_ONCE,
        limit_s: float = LIMIT_S,
    ) -> None:
        self.sign, self.trusted, self.at_once, self.limit_s = sign, trusted, at_once, limit_s
        self.loop = uvloop.new_event_loop()
        self.services: dict[str, Service] = {}
        self.tls = ssl.create_default_context()

    def close(self) -> None:
        """End every connection."""
        for service in self.services.values():
            for channel in service.free:
                channel.close()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def push(
        self, parcels: Sequence[Parcel], payload: bytes, headers: dict[str, str]
    ) -> list[Outcome]:
        """Encrypt and send to each; return what came of it, in no order.

        Takes at most about `limit_s` seconds longer than the slowest push service takes. A push
        service that fails again and again is left alone for a while: what is for it is not tried.
        """
        return self.loop.run_until_complete(self._push(parcels, payload, headers))

    async def _push(
        self, parcels: Sequence[Parcel], payload: bytes, headers: dict[str, str]
    ) -> list[Outcome]:
        by_origin: dict[str, list[Parcel]] = {}
        for parcel in parcels:
            by_origin.setdefault(parcel.endpoint.origin, []).append(parcel)
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        done: list[Outcome] = []
        async with asyncio.TaskGroup() as group:
            for origin, of_one in by_origin.items():
                service = self.services.setdefault(origin, Service())
                head = f"{fields}Authorization: {self.sign(origin)}\r\n"
                line = Line(of_one, payload)
                for _ in range(min(self.at_once, len(of_one))):
                    group.create_task(self._work(service, line, head, done))
        return done

    async def _work(self, service: Service, line: "Line", head: str, done: list[Outcome]) -> None:
        """Take one parcel after the other, over one connection while it lasts."""
        while line:
            if time.monotonic() < service.rests_until:
                done.extend(Outcome(parcel.number, *NOT_TRIED) for parcel in line.rest())
                return
            parcel, body = line.next()
            reply = UNFIT if body is None else await self._one(service, parcel, head, body)
            done.append(Outcome(parcel.number, *reply))

    async def _one(self, service: Service, parcel: Parcel, head: str, body: bytes) -> Reply:
        request = _request(parcel.endpoint, head, body)
        try:
            reply = await self._ask(service, parcel.endpoint, request)
        except (OSError, TimeoutError):
            reply = NO_ANSWER
        self._judge(service, reply)
        return reply

    async def _ask(self, service: Service, endpoint: Endpoint, request: bytes) -> Reply:
        """Ask over a free connection; once more over a new one where that had ended unnoticed."""
        channel = service.free.pop() if service.free else await self._connect(service, endpoint)
        try:
            reply = await self._over(service, channel, request)
        except Broken:
            if not channel.used:
                raise
            channel = await self._connect(service, endpoint)
            reply = await self._over(service, channel, request)
        return reply

    async def _over(self, service: Service, channel: Channel, request: bytes) -> Reply:
        try:
            reply = await channel.ask(request, limit_s=self.limit_s)
        except BaseException:
            channel.close()
            raise
        if channel.is_open:
            service.free.append(channel)
        return reply

    async def _connect(self, service: Service, endpoint: Endpoint) -> Channel:
        """A new connection to the address that was looked up, and to no other; in time."""
        async with asyncio.timeout(self.limit_s):
            return await self._connected(service, endpoint)

    async def _connected(self, service: Service, endpoint: Endpoint) -> Channel:
        now = time.monotonic()
        if now - service.looked_up_at > LOOK_UP_AGAIN_S:
            service.address = await asyncio.to_thread(
                address_of, endpoint.host, endpoint.port,
                private_allowed=endpoint.origin in self.trusted,
            )  # fmt: skip
            service.looked_up_at = now
        _, channel = await self.loop.create_connection(
            Channel, service.address, endpoint.port,
            ssl=self.tls if endpoint.tls else None,
            server_hostname=endpoint.host if endpoint.tls else None,
        )  # fmt: skip
        return channel

    def _judge(self, service: Service, reply: Reply) -> None:
        """Let a push service rest that asks for it, or fails again and again."""
        if reply.status not in {0, TOO_MANY} and reply.status < TROUBLE_FROM:
            service.strikes = 0
            return
        service.strikes += 1
        if service.strikes >= STRIKES:
            service.rests_until = time.monotonic() + (reply.retry_after_s or REST_S)
            service.strikes = 0
            service.looked_up_at = float("-inf")


class Line:
    """Parcels for one push service, some of which are encrypted ahead."""

    def __init__(self, parcels: Sequence[Parcel], payload: bytes) -> None:
        self.waiting, self.payload = deque(parcels), payload
        self.ready: deque[Sealed] = deque()

    def __bool__(self) -> bool:
        return bool(self.ready or self.waiting)

    def next(self) -> Sealed:
        """Take the first parcel of a line that is not empty."""
        if not self.ready:
            some = [self.waiting.popleft() for _ in range(min(AHEAD, len(self.waiting)))]
            self.ready.extend(Sealed(parcel, _body(parcel, self.payload)) for parcel in some)
        return self.ready.popleft()

    def rest(self) -> list[Parcel]:
        """Take all that is left."""
        left = [*(sealed.parcel for sealed in self.ready), *self.waiting]
        self.ready.clear()
        self.waiting.clear()
        return left


def _body(parcel: Parcel, payload: bytes) -> bytes | None:
    try:
        return encrypt(payload, key=parcel.key, secret=parcel.secret)
    except UnfitKey:
        return None


def _request(endpoint: Endpoint, head: str, body: bytes) -> bytes:
    usual = endpoint.port == USUAL[endpoint.tls]
    host = endpoint.host if usual else f"{endpoint.host}:{endpoint.port}"
    lines = (
        f"POST {endpoint.path} HTTP/1.1\r\nHost: {host}\r\n{head}"
        "Content-Type: application/octet-stream\r\nContent-Encoding: aes128gcm\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return lines.encode("ascii") + body
