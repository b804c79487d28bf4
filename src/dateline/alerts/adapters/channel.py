"""One kept HTTP/1.1 connection to a push service: a request goes out, a status comes back."""

import asyncio
from typing import Any, NamedTuple

import httptools

FINAL = 200  # below it an answer says that another will come (RFC 9110, 15.2)


class Reply(NamedTuple):
    """What a push service answered. `retry_after_s` is 0 where it names no time."""

    status: int
    retry_after_s: int


class Broken(OSError):
    """The connection ended, or what came over it is no HTTP."""


class Channel(asyncio.Protocol):
    """A connection that carries one request at a time. Bodies of answers are not kept."""

    def __init__(self) -> None:
        self.parser: Any = httptools.HttpResponseParser(self)
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[Reply] | None = None
        self.retry_after_s = 0
        self.used = False

    @property
    def is_open(self) -> bool:
        """Whether another request may go out."""
        return self.transport is not None and not self.transport.is_closing()

    async def ask(self, request: bytes, *, limit_s: float = 10.0) -> Reply:
        """Send one request, and wait for the status of its answer, so many seconds at most.

        Raises:
            Broken: there will be none.
            TimeoutError: it did not come in time.

        """
        if self.transport is None or self.transport.is_closing():
            raise Broken("The connection has ended.")
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Reply] = loop.create_future()
        self.waiting = waiting
        self.retry_after_s = 0
        self.transport.write(request)
        late = loop.call_later(limit_s, self._late)  # a third of what `asyncio.timeout` costs
        try:
            reply = await waiting
        finally:
            late.cancel()
        self.used = True
        return reply

    def close(self) -> None:
        """End the connection; whoever waits gets no answer."""
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop's word that the connection stands."""
        self.transport = transport  # type: ignore[assignment]  # of a stream it is a Transport

    def data_received(self, data: bytes) -> None:
        """The loop's word that something came."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"no HTTP: {error}")

    def connection_lost(self, exc: Exception | None) -> None:
        """The loop's word that the connection is over."""
        self._fail(str(exc or "closed"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser's word for a field."""
        if name.lower() == b"retry-after" and value.isdigit():
            self.retry_after_s = min(int(value), 86_400)

    def on_message_complete(self) -> None:
        """The parser's word that the answer has come."""
        status = self.parser.get_status_code()
        if status < FINAL:
            return
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(Reply(status, self.retry_after_s))
        if not self.parser.should_keep_alive() and self.transport:
            self.transport.close()

    def _late(self) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(TimeoutError())

    def _fail(self, why: str) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(Broken(why))
        self.close()
