"""The body of a request on its way to a renderer, within limits of size and time."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from dateline.project.front.heads import Refused

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    body_bytes: int = 64 * 1024 * 1024
    body_pause_s: float = 15.0
    body_total_s: float = 300.0
    reader_pause_s: float = 60.0
    linger_s: float = 5.0


class ClientGone(Exception):
    """The client closed the connection, or stopped reading; there is nobody to answer."""


class Stalled(ClientGone):
    """The client takes nothing any more: closing would wait for it, so the connection is cut."""


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

    async def drain(self) -> None:
        """Read and drop what still comes, for at most `linger_s` seconds (RFC 9112 §9.6).

        A connection that is closed with bytes unread is reset, and whoever is still sending may
        never see the answer that says why.
        """
        deadline = time.monotonic() + self.limits.linger_s
        with suppress(Refused, ClientGone):
            while not self.complete:
                await self._next(deadline - time.monotonic())

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
