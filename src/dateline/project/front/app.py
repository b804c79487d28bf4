"""The front: one port, every request looked at once, then handed on to a render process."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
import structlog

from dateline.project.front import heads
from dateline.project.front.heads import Header, Refused
from dateline.project.front.renderers import SAFE_TO_REPEAT, Asked, Renderers

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = structlog.get_logger("dateline.front")

# An answer up to this size is read whole before its first byte leaves, so that a renderer that
# dies half-way is a clean retry or 502 and not half a page.
WHOLE_ANSWER_BYTES = 1024 * 1024
CLOSE: Header = (b"connection", b"close")
PLAIN: Header = (b"content-type", b"text/plain; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    body_bytes: int = 64 * 1024 * 1024
    body_pause_s: float = 15.0
    body_total_s: float = 300.0
    reader_pause_s: float = 60.0


class ClientGone(Exception):
    """The client closed the connection, or stopped reading; there is nobody to answer."""


@dataclass(slots=True)
class Front:
    """An ASGI application that refuses what it must and hands on the rest."""

    renderers: Renderers
    trusted: heads.Networks
    token: bytes
    limits: Limits = field(default_factory=Limits)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request. Only `lifespan` and `http` reach us: uvicorn speaks no websocket."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = Body(receive, self.limits)
        try:
            await self._answer(scope, body, send)
        except (Refused, ClientGone) as error:
            reason = body.failure or error
            if isinstance(reason, Refused):
                with suppress(ClientGone):
                    await _say(partial(self._send, send), reason.status, reason.reason)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self.renderers:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, body: "Body", send: Send) -> None:
        headers: Sequence[Header] = scope["headers"]
        heads.check(scope["method"], scope["raw_path"], headers)
        if scope["raw_path"] == b"/livez":
            await _say(partial(self._send, send), 200, "The front is up.", close=False)
            return
        asked = self._rebuilt(scope, headers, body)
        old_client = scope["http_version"] == "1.0"  # it knows no chunks
        response, content = await self._ask(asked, whole=old_client)
        async with response:
            head = heads.answered(response.raw_headers, response.status)
            if old_client and content and response.content_length is None:
                head.append((b"content-length", str(len(content)).encode()))
            # What is left of a body that the renderer did not wait for is not read.
            head += [] if body.complete else [CLOSE]
            await self._send(
                send, {"type": "http.response.start", "status": response.status, "headers": head}
            )
            await self._send_body(send, response, content)

    def _rebuilt(self, scope: Message, headers: Sequence[Header], body: "Body") -> Asked:
        who = heads.sender(scope["client"][0], headers, self.trusted)
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
        self, send: Send, response: aiohttp.ClientResponse, content: bytes | None
    ) -> None:
        if content is None:
            try:
                async for chunk in response.content.iter_any():
                    part = {"type": "http.response.body", "body": chunk, "more_body": True}
                    await self._send(send, part)
            except (aiohttp.ClientError, TimeoutError) as error:
                # The status is out. Closing without the end tells the client that it is cut.
                log.warning("renderer_died_mid_answer", error=repr(error))
                raise ClientGone from error
        await self._send(send, {"type": "http.response.body", "body": content or b""})

    async def _send(self, send: Send, message: Message) -> None:
        try:
            async with asyncio.timeout(self.limits.reader_pause_s):
                await send(message)
        except (TimeoutError, RuntimeError) as error:
            # uvloop refuses to write to a connection that the client has closed.
            raise ClientGone from error


@dataclass(slots=True)
class Body:
    """The body of one request, handed on as it comes, within limits of size and time."""

    receive: Receive
    limits: Limits
    complete: bool = False
    failure: Refused | ClientGone | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body piece by piece.

        Raises:
            Refused: 413 too large, 408 too slow.
            ClientGone: the client closed the connection before the end.

        """
        size = 0
        deadline = time.monotonic() + self.limits.body_total_s
        while not self.complete:
            piece = await self._next(deadline - time.monotonic())
            size += len(piece)
            if size > self.limits.body_bytes:
                raise self._failed(Refused(413, "This is larger than what we take."))
            yield piece

    async def _next(self, remaining_s: float) -> bytes:
        try:
            async with asyncio.timeout(min(remaining_s, self.limits.body_pause_s)):
                message = await self.receive()
        except TimeoutError:
            raise self._failed(Refused(408, "The rest of this took too long to arrive.")) from None
        if message["type"] == "http.disconnect":
            raise self._failed(ClientGone())
        self.complete = not message.get("more_body", False)
        return bytes(message.get("body", b""))

    def _failed(self, failure: Refused | ClientGone) -> Refused | ClientGone:
        """Remember the reason: the HTTP client between us hands on only that it failed."""
        self.failure = failure
        return failure


async def _say(send: Send, status: int, text: str, *, close: bool = True) -> None:
    body = f"{text}\n".encode()
    headers: list[Header] = [
        PLAIN,
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if close:
        headers.append(CLOSE)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
