"""A renderer that costs next to nothing: pages of a given size over a unix socket, for the front.

Run: python -m benchmarks.edge.renderer SOCKET EDGE_DIR PAGES

It answers `/story-N` with a page that names every render by number, speaks the fill protocol with
the real counters, and takes 5 ms for each page, as a quick Django view would. `/renders` answers
how many pages were rendered so far.
"""

import asyncio
import hashlib
import json
import sys
from pathlib import Path

from dateline.edge import queries
from dateline.edge.domain.note import PageNote

RENDER_S = 0.005
PAGE_BYTES = 45_000


def page(number: int, renders: int) -> bytes:
    """About 45 KB of a story's HTML (gzip 11 KB), the same for the same number and render."""
    parts = [f"<!doctype html><title>Story {number}</title><h1>Story {number}, {renders}</h1>"]
    size = 0
    for place in range(PAGE_BYTES):
        digest = hashlib.blake2b(f"{number}/{place}".encode()).hexdigest()
        words = " ".join(digest[at : at + 6] for at in range(0, 72, 6))
        parts.append(
            f'<article class="card card--wide"><a class="card__link" href="/world/{digest[-4:]}">'
            f'<h3 class="card__headline">{words}</h3></a><p class="card__standfirst">A sentence '
            "that says what the story is about and why it matters now.</p></article>\n"
        )
        size += len(parts[-1])
        if size > PAGE_BYTES:
            break
    return "".join(parts).encode()


class Renderer:
    """Counts what it renders."""

    def __init__(self, edge_dir: Path, pages: int) -> None:
        self.counters = queries.open_counters(edge_dir)
        self.pages = pages
        self.renders = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one kept connection until it closes."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                target = head.split(b" ", 2)[1].decode()
                writer.write(await self.answer(target, fill=b"x-dateline-fill: 1" in head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, target: str, *, fill: bool) -> bytes:
        """The whole answer to one request."""
        if target == "/renders":
            return _http(
                json.dumps(self.renders).encode(), "application/json", "pass" if fill else ""
            )
        self.renders += 1
        name = target.partition("?")[0].removeprefix("/story-")
        note = PageNote(
            start=self.counters.sequence(),
            hard=(f"s:{name}", "n:1", "n:*", "r:code", *(f"sh:{name}{n}" for n in range(12))),
        )
        await asyncio.sleep(RENDER_S)
        return _http(
            page(int(name), self.renders),
            "text/html; charset=utf-8",
            note.to_json() if fill else "",
        )


def _http(body: bytes, kind: str, word: str) -> bytes:
    edge = f"x-dateline-edge: {word}\r\n" if word else ""
    return (
        f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{edge}"
        "content-security-policy: default-src 'none'; script-src 'self'\r\n"
        "x-content-type-options: nosniff\r\nreferrer-policy: same-origin\r\n\r\n"
    ).encode() + body


async def main(socket: str, edge_dir: str, pages: str) -> None:
    """Serve until killed."""
    renderer = Renderer(Path(edge_dir), int(pages))
    server = await asyncio.start_unix_server(renderer.serve, socket)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
