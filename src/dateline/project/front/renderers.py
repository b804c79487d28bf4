"""The way from the front to the render processes: a kept HTTP client over one unix socket."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
import structlog
from yarl import URL

from dateline.project.front.heads import Refused

log = structlog.get_logger("dateline.front")

RETRY_PAUSE_S = 0.05
RETRY_FOR_S = 20.0  # a render process that died is back, or its supervisor has restarted it
ABSENCE_HOLDS_S = 5.0
FOREVER = float("inf")
SAFE_TO_REPEAT = frozenset({"GET", "HEAD"})
ANSWER_HEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, rebuilt: `target` is path and query as the client wrote them."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: Callable[[], AsyncIterator[bytes]] | None = None


@dataclass(slots=True)
class Renderers:
    """Asks the render processes behind `socket`; one instance, one event loop."""

    socket: str
    timeout_s: float
    connections: int = 64
    retry_for_s: float = RETRY_FOR_S
    session: aiohttp.ClientSession = field(init=False)
    absent_since: float | None = None  # monotonic; None while a renderer takes requests
    absent_at: float = 0.0  # when that was last seen

    async def __aenter__(self) -> Self:
        """Open the client."""
        self.session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path=self.socket, limit=self.connections),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            timeout=aiohttp.ClientTimeout(total=None, sock_read=self.timeout_s),
            max_line_size=ANSWER_HEAD_BYTES,
            max_field_size=ANSWER_HEAD_BYTES,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client and what it kept open."""
        await self.session.close()

    async def ask(self, asked: Asked, *, patience_s: float = FOREVER) -> aiohttp.ClientResponse:
        """Send one request and return the answer with its body still to be read.

        While no render process listens we wait for one, up to `retry_for_s` seconds: nothing has
        been sent yet, so any method may wait. With `patience_s` the wait ends when none has
        listened for so long, whoever noticed first. A GET or HEAD whose renderer died before it
        answered is sent once more.

        Raises:
            Refused: 502 nobody answers or the answer is broken, 504 it takes too long.

        """
        give_up_at = time.monotonic() + self.retry_for_s
        repeat = asked.method in SAFE_TO_REPEAT
        while True:
            try:
                response = await self._send(asked)
            except aiohttp.ClientConnectorError as error:
                if time.monotonic() >= min(give_up_at, self._note_absence() + patience_s):
                    log.warning("no_renderer", error=str(error))
                    raise Refused(502, "No renderer answers. Please try again shortly.") from error
                await asyncio.sleep(RETRY_PAUSE_S)
            except TimeoutError as error:
                log.warning("renderer_too_slow", target=asked.target, seconds=self.timeout_s)
                raise Refused(504, "This page took too long. Please try again.") from error
            except aiohttp.ClientError as error:
                if not repeat:
                    log.warning("renderer_died", target=asked.target, error=repr(error))
                    raise Refused(502, "The renderer stopped while it worked on this.") from error
                repeat = False
            else:
                self.absent_since = None
                return response

    def _note_absence(self) -> float:
        """Note that no renderer listens; return since when. An old note is another outage's."""
        now = time.monotonic()
        if self.absent_since is None or now - self.absent_at > ABSENCE_HOLDS_S:
            self.absent_since = now
        self.absent_at = now
        return self.absent_since

    async def _send(self, asked: Asked) -> aiohttp.ClientResponse:
        path, _, query = asked.target.partition("?")
        url = URL.build(scheme="http", host="renderer", path=path, query_string=query, encoded=True)
        return await self.session.request(
            asked.method,
            url,
            headers=asked.headers,
            data=asked.body() if asked.body else None,
            allow_redirects=False,
        )
