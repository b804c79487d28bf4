"""The seam to uvicorn's HTTP parser: limits that uvicorn lacks, and hits answered on the spot.

uvicorn is pinned to one version; this file is all that leans on its insides. A request that the
page cache can answer costs no scope, no task and no timer; every other one takes uvicorn's way.
A head that differs from the last one of its connection in its address only is not parsed again.
"""

import asyncio
from typing import Any

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from dateline.project.front import beacons
from dateline.project.front.app import CUT
from dateline.project.front.beacons import Beacons
from dateline.project.front.hits import NEVER_QUICK, Plain
from dateline.project.front.reply import NO_FRAME
from dateline.trending.services.collector import Reader

HEAD_BYTES = 32 * 1024
HEAD_FIELDS = 100
HEAD_SECONDS = 10.0
LINGER_SECONDS = 5.0
REMEMBERED_BYTES = 4096  # a longer head is parsed each time
GET, POST, HEAD_ENDS = b"GET ", b"POST ", b"\r\n\r\n"
BEACON = POST + beacons.ADDRESS


class FrontProtocol(HttpToolsProtocol):
    """A uvicorn connection whose heads must be small, quick and meant for an origin server."""

    head_seconds = HEAD_SECONDS
    linger_seconds = LINGER_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hits = self.app.hits
        self.peers = self.app.peers
        self.beacons: Beacons | None = self.app.beacons
        self.reader: tuple[list[tuple[bytes, bytes]], Reader] | None = None
        self.peer = ""
        self.admitted = False
        self.outer = False  # whether the client is a declared proxy
        self.last: tuple[bytes, Plain] | None = None  # behind the address of the last hit's head
        self.told: tuple[bytes, Reader, Beacons] | None = None  # the same of the last beacon
        self.plain: Plain | None = None
        self.between = True  # whether what comes next begins a request
        self.reading_head = False
        self.head_done = False
        self.answered = False
        self.measure = False
        self.head_bytes = 0
        self.head_timer: asyncio.TimerHandle | None = None
        self.idle_timer: asyncio.TimerHandle | None = None
        self.active = False
        self.unsent = 0
        self.running: RequestResponseCycle | None = None
        self.refusal = (400, "This is not a well-formed request.")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.peer = self.client[0] if self.client else ""
        self.outer = self.peers.is_trusted(self.peer)
        self.admitted = self.peers.enter(self.peer)
        if self.admitted:
            self._start_head_timer()
        else:
            self.refusal = (429, "There are too many connections from this address.")
            self.send_400_response("")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        if self.idle_timer is not None:
            self.idle_timer.cancel()
        if self.admitted:
            self.peers.leave(self.peer)
        super().connection_lost(exc)
        # uvicorn tells the newest request of a pipeline; the one that is being answered is older.
        if self.running is not None:
            self.running.disconnected = True
            self.running.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Feed the parser. The usual piece holds whole heads, and then nothing more is to do."""
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        last, told, between = self.last, self.told, self.between
        if between and (
            (last is not None and self._answer_again(data, *last))
            or (told is not None and self._count_again(data, *told))
        ):
            return
        was_reading = self.reading_head
        self.measure = was_reading or len(data) > HEAD_BYTES
        self.head_done = False
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError:
            self.send_400_response("")
        except httptools.HttpParserUpgrade:
            self._no_upgrade()
        else:
            if self.reading_head or not self.head_done:
                self._after_a_part(len(data), was_reading=was_reading)
            elif between and self.answered:
                self._remember(data)

    def on_message_begin(self) -> None:
        self.between = False
        self.url = b""
        self.headers = []
        self.reading_head = True
        self.answered = False
        self.head_bytes = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.reading_head = False
        self.head_done = True
        if self.head_timer is not None:
            self._stop_head_timer()
        if self.measure or len(self.headers) > HEAD_FIELDS:
            self._measure_head()
        beacon = self.url.startswith(beacons.ADDRESS)
        if not (self._take_beacon() if beacon else self._answer_at_once()):
            self._hand_to_application()

    def on_message_complete(self) -> None:
        self.between = True
        if not self.answered:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the name and text are uvicorn's
        """Answer what the parser or a limit refused, and close."""
        self._stop_head_timer()
        status, reason = self.refusal
        body = f"{reason}\n".encode()
        self.transport.write(
            STATUS_LINE[status]
            + b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
            + b"x-content-type-options: nosniff\r\n"
            + b": ".join(NO_FRAME)
            + b"\r\n"
            + f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode()
            + body
        )
        self._let_go()

    def timeout_keep_alive_handler(self) -> None:
        self._let_go()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def _answer_at_once(self) -> bool:
        """Write the answer if the cache has it and the request is as plain as can be."""
        hits, cycle = self.hits, self.cycle
        if hits is None or self.flow.write_paused:
            return False
        if cycle is not None and not cycle.response_complete:
            return False  # answers leave in the order of the requests
        headers, parser = self.headers, self.parser
        fields = dict(headers)
        if (
            len(fields) != len(headers)  # a field that comes twice is read in one place, not here
            or not NEVER_QUICK.isdisjoint(fields)
            or parser.get_method() != b"GET"
            or not parser.should_keep_alive()
            or (b"connection" in fields and parser.get_http_version() != "1.1")
        ):
            return False
        self.plain = Plain(fields, self.peer, outer=self.outer)
        answer = hits.answer(self.url, self.plain)
        if answer is None:
            return False
        self._write_whole(answer)
        return True

    def _remember(self, data: bytes) -> None:
        """Keep what stands behind the address of a head that came alone and was answered here."""
        is_beacon = data.startswith(BEACON)
        begin = (POST if is_beacon else GET) + self.url
        if (
            len(data) > REMEMBERED_BYTES
            or not data.startswith(begin + b" ")
            or data.find(HEAD_ENDS) != len(data) - len(HEAD_ENDS)
        ):
            return
        rest = data[len(begin) :]
        if is_beacon:
            by, taking = self.reader, self.beacons
            self.told = (rest, by[1], taking) if by and taking else None
        else:
            self.last = (rest, self.plain) if self.plain else None

    def _answer_again(self, data: bytes, rest: bytes, plain: Plain) -> bool:
        """Answer a head that is the last hit's but for its address, if that is a known page's.

        The parser stands between two requests and would find in the same bytes the same fields; an
        address that is a page's, letter by letter, was found good when the page was made.
        """
        cycle = self.cycle
        if (
            not data.endswith(rest)
            or not data.startswith(GET)
            or self.flow.write_paused
            or self.head_timer is not None
            or (cycle is not None and not cycle.response_complete)
        ):
            return False
        answer = self.hits.answer_known(data[len(GET) : -len(rest)], plain)
        if answer is None:
            return False
        self._write_whole(answer)
        return True

    def _count_again(self, data: bytes, rest: bytes, reader: Reader, taking: Beacons) -> bool:
        """Take a beacon whose head is the last one's but for its numbers, while those are all."""
        cycle = self.cycle
        if (
            not data.endswith(rest)
            or not data.startswith(BEACON)
            or self.flow.write_paused
            or self.head_timer is not None
            or (cycle is not None and not cycle.response_complete)
        ):
            return False
        answer = taking.take_again(data[len(BEACON) : -len(rest)], reader)
        if answer is None:
            return False
        self._write_whole(answer)
        return True

    def _take_beacon(self) -> bool:
        """Answer a beacon of the usual form here; any other takes the long way."""
        taking, cycle, parser = self.beacons, self.cycle, self.parser
        if (
            taking is None
            or self.flow.write_paused
            or (cycle is not None and not cycle.response_complete)
            or parser.get_method() != b"POST"
            or not parser.should_keep_alive()
            or parser.get_http_version() != "1.1"
        ):
            return False
        now = taking.collector.clock()
        reader = self._reader(taking, now)
        if reader is None:
            return False
        self._write_whole(taking.take(self.url[len(beacons.ADDRESS) :], reader, now))
        return True

    def _reader(self, taking: Beacons, now: float) -> Reader | None:
        """Who sends this beacon; None where its head must be read with care.

        Browsers repeat themselves on a connection: what was found out for a head is kept for it.
        """
        headers, kept = self.headers, self.reader
        if kept is not None and kept[0] == headers and now < kept[1].until:
            return kept[1]
        fields = dict(headers)
        if (
            len(fields) != len(headers)
            or fields.get(b"content-length", beacons.NO_BODY) != beacons.NO_BODY
            or not beacons.NEVER_QUICK.isdisjoint(fields)
        ):
            return None
        reader = taking.recognise(fields, headers, self.peer, now)
        self.reader = headers, reader
        return reader

    def _write_whole(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.answered = self.active = True
        if self.idle_timer is None:
            self._start_idle_timer()

    def _hand_to_application(self) -> None:
        """Go uvicorn's way. Its scope was not built while the head came in."""
        url, headers = self.url, self.headers
        if not url.startswith(b"/"):
            self._refuse(400, "The address of a request must begin with a slash.")
        super().on_message_begin()
        self.active = True  # also a connection whose hits have ended is in use
        self.url = url
        self.headers[:] = headers
        self.scope["extensions"] = {CUT: {"now": self.transport.abort}}
        self.expect_100_continue = (b"expect", b"100-continue") in headers
        super().on_headers_complete()

    def _measure_head(self) -> None:
        """Refuse a large head; one that came whole in a small piece cannot be large."""
        if len(self.headers) > HEAD_FIELDS:
            self._refuse(431, "The head of this request has too many fields.")
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > HEAD_BYTES:
            self._refuse(431, "The head of this request is too large.")

    def _after_a_part(self, size: int, *, was_reading: bool) -> None:
        """A head is not complete, or a piece held no head: count bytes, and start the clock."""
        # A field that never ends is kept by the parser without telling us: count raw bytes.
        if was_reading and self.reading_head:
            self.head_bytes += size
            if self.head_bytes > HEAD_BYTES:
                self.refusal = (431, "The head of this request is too large.")
                self.send_400_response("")
                return
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self.head_timer is None:
            self._start_head_timer()  # a lone CRLF also ends uvicorn's own keep-alive timer

    def _no_upgrade(self) -> None:
        """We speak HTTP/1.1 only: answer the request itself, then close."""
        self.cycle.keep_alive = False

    def _refuse(self, status: int, reason: str) -> None:
        """Stop the parser; the error comes back to `data_received` as its own."""
        self.refusal = (status, reason)
        raise ValueError(reason)

    def _let_go(self) -> None:
        """Close; and if the client does not take what is left for it, cut."""
        self.transport.close()
        self.loop.call_later(self.linger_seconds, self.transport.abort)

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

    def _start_idle_timer(self) -> None:
        """One timer a connection, not one a request: it looks whether there was a request."""
        self.idle_timer = self.loop.call_later(self.timeout_keep_alive, self._look_if_idle)

    def _look_if_idle(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        moving = waiting < self.unsent
        busy = self.cycle is not None and not self.cycle.response_complete
        if self.active or moving or busy or self.reading_head:
            self.active, self.unsent = False, waiting
            self._start_idle_timer()
        else:
            self._let_go()
