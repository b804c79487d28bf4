"""What a renderer answered to a fill: read whole, and judged by the front's own rules.

The renderer's middleware has the first word on what may be shared; this is the second, so that a
mistake there shares no cookie.
"""

import re
from dataclasses import dataclass, replace

import aiohttp
import structlog

from dateline.edge.domain.note import BadNote, PageNote
from dateline.project.front import heads
from dateline.project.front.heads import Header, Refused
from dateline.project.front.renderers import Asked, Renderers

log = structlog.get_logger("dateline.front")

LARGEST_BYTES = 1024 * 1024
NEGATIVE_S = 10.0
NOT_FOUND = 404
STORED_STATUS = frozenset({200, 301, NOT_FOUND, 410, 451})
NEVER_STORED = frozenset({b"set-cookie", b"set-cookie2", b"www-authenticate", b"content-range"})
NEVER_STORED_CONTROL = frozenset({b"private", b"no-store"})
UNSAFE_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
NOT_SHARED = frozenset({"", "pass", "refuse"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a renderer. `body` is None where it is larger than what is stored."""

    status: int
    headers: list[Header]
    body: bytes | None
    word: str  # the renderer's x-dateline-edge

    def note(self) -> PageNote | None:
        """Return the renderer's note, or None where it says that the page is not shared.

        A page that was not found holds for ten seconds at most, whatever its note says.
        """
        if self.word in NOT_SHARED:
            return None
        try:
            note = PageNote.from_json(self.word)
        except BadNote as error:
            log.warning("bad_note", error=str(error))
            return None
        if self.status == NOT_FOUND:
            ttl = NEGATIVE_S if note.ttl is None else min(note.ttl, NEGATIVE_S)
            note = replace(note, ttl=ttl)
        return note

    @property
    def content_type(self) -> bytes:
        """The Content-Type field, or nothing."""
        return self._values(b"content-type")[0] if self._values(b"content-type") else b""

    @property
    def lasts(self) -> bool:
        """Whether it never changes at its address (RFC 8246): files named by their hash."""
        return b"immutable" in self._tokens(b"cache-control")

    def is_storable(self) -> bool:
        """Whether nothing in the head forbids to show this to everyone (RFC 9111, section 3).

        A renderer that noted the page as shared and sends such a head has a mistake in it.
        """
        for fault in self._faults():
            log.error("not_stored", why=fault)
            return False
        return True

    def _faults(self) -> list[str]:
        names = {name for name, _ in self.headers}
        faults = [f"it has {name.decode()}" for name in sorted(names & NEVER_STORED)]
        if self.status not in STORED_STATUS:
            faults.append(f"its status is {self.status}")
        if self._tokens(b"cache-control") & NEVER_STORED_CONTROL:
            faults.append("its Cache-Control forbids it")
        if self._tokens(b"vary") - {b"accept-encoding"}:
            faults.append("it varies by what is no part of its key")
        if self._tokens(b"content-encoding") - {b"identity"}:
            faults.append("it comes compressed")
        if any(UNSAFE_VALUE.search(value) for _, value in self.headers):
            faults.append("a field holds a control character")
        return faults

    def _values(self, wanted: bytes) -> list[bytes]:
        return [value for name, value in self.headers if name == wanted]

    def _tokens(self, name: bytes) -> set[bytes]:
        """The members of a list field in lower case, without what follows a `=`."""
        parts = b",".join(self._values(name)).lower().split(b",")
        return {part.partition(b"=")[0].strip() for part in parts} - {b""}


async def fetch(renderers: Renderers, asked: Asked, patience_s: float) -> Fetched:
    """Ask a renderer and read its answer whole. One that dies in the middle is asked once more.

    Raises:
        Refused: 502 nobody answers or the answer breaks off twice, 504 it takes too long.

    """
    again = True
    while True:
        response = await renderers.ask(asked, patience_s=patience_s)
        async with response:
            try:
                body = await _read(response)
            except (aiohttp.ClientError, TimeoutError) as error:
                response.close()
                log.warning("renderer_died_mid_answer", target=asked.target, error=repr(error))
                if not again:
                    raise Refused(
                        502, "The renderer stopped in the middle of its answer."
                    ) from error
                again = False
                continue
            return Fetched(
                response.status,
                heads.answered(response.raw_headers, response.status),
                body,
                response.headers.get(heads.NOTE_HEADER.decode(), ""),
            )


async def _read(response: aiohttp.ClientResponse) -> bytes | None:
    """The body, or None (and the connection closed) where it is too large to be kept."""
    if (response.content_length or 0) <= LARGEST_BYTES:
        body = bytearray()
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > LARGEST_BYTES:
                break
        else:
            return bytes(body)
    response.close()
    return None
