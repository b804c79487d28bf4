"""The answer on its way to the reader: sent within a time, counted, and told to the access log."""

import asyncio
import time
from dataclasses import dataclass, field

from dateline.project.front.body import Body, Send, Stalled
from dateline.project.front.heads import Header

CLOSE: Header = (b"connection", b"close")
PLAIN: Header = (b"content-type", b"text/plain; charset=utf-8")
NO_FRAME: Header = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


@dataclass(slots=True)
class Reply:
    """One answer. A reader who takes nothing for `reader_pause_s` seconds is let go.

    `body` is the request's: an answer that refuses it waits for what is on its way.
    `status` is 0 until a head was sent; `size` counts the bytes of the body.
    """

    send: Send
    body: Body
    cache: bytes = b""
    status: int = 0
    size: int = 0
    began: float = field(default_factory=time.perf_counter)
    said: float | None = None

    @property
    def took_s(self) -> float:
        """Seconds from the head of the request to the end of the answer."""
        return (self.said or time.perf_counter()) - self.began

    async def start(self, status: int, headers: list[Header]) -> None:
        """Send the head, with what the cache did where it had a part in it."""
        if self.cache:
            headers = [*headers, (b"cache-status", self.cache)]
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def part(self, body: bytes) -> None:
        """Send a piece of the body; more will follow."""
        self.size += len(body)
        await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self, body: bytes = b"") -> None:
        """Send the last piece."""
        self.size += len(body)
        await self._send({"type": "http.response.body", "body": body})

    async def say(
        self, status: int, text: str, *, close: bool = True, kind: Header = PLAIN
    ) -> None:
        """Answer with a text of the front's own, which nobody keeps.

        Where it closes the connection, it does so when the client has sent all, or after a while.
        """
        body = text.encode()
        headers: list[Header] = [
            kind,
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            NO_FRAME,
        ]
        self.cache = b""
        await self.start(status, headers + [CLOSE] * close)
        if close:
            await self.part(body)
            self.said = time.perf_counter()
            await self.body.drain()
            body = b""
        await self.end(body)

    async def _send(self, message: dict[str, object]) -> None:
        try:
            async with asyncio.timeout(self.body.limits.reader_pause_s):
                await self.send(message)
        except (TimeoutError, RuntimeError) as error:
            # uvloop refuses to write to a connection that the client has closed.
            raise Stalled from error
