"""The seam to uvicorn's HTTP parser: limits on heads that uvicorn itself does not have.

uvicorn is pinned to one version; this file is all that leans on its insides.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

HEAD_BYTES = 32 * 1024
HEAD_FIELDS = 100
HEAD_SECONDS = 10.0


class FrontProtocol(HttpToolsProtocol):
    """A uvicorn connection whose heads must be small, quick and meant for an origin server."""

    head_seconds = HEAD_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading_head = False
        self.head_bytes = 0
        self.head_timer: asyncio.TimerHandle | None = None
        self.refusal = (400, "This is not a well-formed request.")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_head_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self.head_timer is None:
            self._start_head_timer()  # a lone CRLF also ends uvicorn's own keep-alive timer
        was_reading = self.reading_head
        super().data_received(data)
        # A field that never ends is kept by the parser without telling us: count raw bytes too.
        if was_reading and self.reading_head:
            self.head_bytes += len(data)
            if self.head_bytes > HEAD_BYTES and not self.transport.is_closing():
                self.refusal = (431, "The head of this request is too large.")
                self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.reading_head = True
        self.head_bytes = 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)
        if len(self.headers) > HEAD_FIELDS:
            self._refuse(431, "The head of this request has too many fields.")

    def on_headers_complete(self) -> None:
        self.reading_head = False
        self._stop_head_timer()
        if not self.url.startswith(b"/"):
            self._refuse(400, "The address of a request must begin with a slash.")
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the name and text are uvicorn's
        """Answer what the parser or a limit refused, and close."""
        self._stop_head_timer()
        status, reason = self.refusal
        body = f"{reason}\n".encode()
        self.transport.write(
            STATUS_LINE[status]
            + b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
            + f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode()
            + body
        )
        self.transport.close()

    def _count(self, size: int) -> None:
        self.head_bytes += size
        if self.head_bytes > HEAD_BYTES:
            self._refuse(431, "The head of this request is too large.")

    def _refuse(self, status: int, reason: str) -> None:
        """Stop the parser; uvicorn turns the error into `send_400_response`."""
        self.refusal = (status, reason)
        raise ValueError(reason)

    def _start_head_timer(self) -> None:
        self.head_timer = self.loop.call_later(self.head_seconds, self._head_took_too_long)

    def _stop_head_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _head_took_too_long(self) -> None:
        self.head_timer = None
        if self.reading_head:
            self.refusal = (408, "The head of this request took too long.")
            self.send_400_response("")
        else:
            self.transport.close()
