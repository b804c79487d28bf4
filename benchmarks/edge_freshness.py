"""Whether any reader is given less than the newsroom has acknowledged, and how soon a change shows.

Run: uv run python -m benchmarks.edge_freshness [--quick]

A real `dateline serve` with two fronts and two renderers, on both cores. 200 readers on kept
connections ask for 50 pages, each ten times a second: a front, a section and 48 stories. One more
reader asks for a page the moment its change is acknowledged. Meanwhile the newsroom's own verbs
publish, correct and kill, 20 times a second where the machine can; of the corrections most change
the text, one in eight the headline. Every story was corrected once before, and what follows from
that was heard, so that lists call it corrected already. Each change carries a number. `stale`
counts answers that say less than what was acknowledged before they were asked for, or show a story
that was killed by then; `p99_ms` is the time from the acknowledgement of a change to the end of the
first answer that shows it.
"""

import argparse
import asyncio
import bisect
import contextlib
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from benchmarks.edge import network, stage
from benchmarks.edge.stage import Server

READERS, STORIES = 200, 48
CHANGES_PER_S = 20
KILL_EACH, PUBLISH_EACH, HEADLINE_EACH = 40, 10, 8  # every so many changes
PAUSE_S = 0.1  # of each reader
SECONDS, QUICK_SECONDS = 60, 8
KILLED = 10**9
MARK = re.compile(rb"Mark (\d+)\.")
LISTS = ("/", "/world/")
OK, GONE = b"200", b"410"
READING = b"reading\n"


def main() -> None:
    """Print one JSON object; `--read` is how the benchmark starts its own readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A shorter run.")
    parser.add_argument("--read", nargs=3, metavar=("PORT", "PAGES", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        port, pages, out = asked.read
        asyncio.run(_read(int(port), Path(pages).read_text().split(), Path(out)))
        return
    seconds = QUICK_SECONDS if asked.quick else SECONDS
    os.environ |= {"DATELINE_FRONT_PROCESSES": "2"}
    with network.installation(200) as addresses:
        os.environ["DATELINE_RENDER_PROCESSES"] = "2"
        with network.serving() as server, tempfile.TemporaryDirectory() as scratch:
            print(json.dumps(_measure(server, addresses[:STORIES], Path(scratch), seconds)))


@dataclass(slots=True)
class Page:
    """The numbers a page must show, and since when: acknowledged moments, rising."""

    acknowledged: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def note(self, number: int) -> None:
        """The newsroom has just been told that this is done."""
        self.acknowledged.append(time.monotonic())
        self.numbers.append(number)

    def least(self, moment: float) -> int:
        """The newest number acknowledged before `moment`."""
        place = bisect.bisect_left(self.acknowledged, moment)
        return self.numbers[place - 1] if place else 0


def _measure(
    server: Server, stories: Sequence[str], scratch: Path, seconds: int
) -> dict[str, object]:
    pages, out = [*LISTS, *stories], scratch / "read.jsonl"
    (scratch / "pages").write_text("\n".join(pages))
    command = (sys.executable, "-m", "benchmarks.edge_freshness", "--read", str(server.port))
    readers = subprocess.Popen(
        [*command, str(scratch / "pages"), str(out)], bufsize=0,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    books, changes = {path: Page() for path in pages}, 0
    for pid in (0, readers.pid, *server.pids):
        with contextlib.suppress(ProcessLookupError):
            os.sched_setaffinity(pid, range(os.cpu_count() or 1))
    assert readers.stdin
    assert readers.stdout
    assert readers.stdout.readline() == READING
    for path in stories:
        _correct(path, {"standfirst": "A sentence that was put right."})
        stage.get(server.port, path, Host=network.HOST)
    stage.until(_all_is_heard, "what follows from the first corrections")
    start = time.monotonic()
    while time.monotonic() < start + seconds:
        changes += 1
        changed = _change(changes, list(stories), books)
        readers.stdin.writelines(f"{pages.index(path)}\n".encode() for path in changed)
        time.sleep(max(0.0, start + changes / CHANGES_PER_S - time.monotonic()))
    took = time.monotonic() - start
    readers.communicate()  # each reads every page once more
    return _told(books, _answers(out, pages), changes, took)


def _all_is_heard() -> bool:
    from dateline.outbox import queries

    return queries.status().waiting == 0


def _change(number: int, stories: list[str], books: dict[str, Page]) -> tuple[str, ...]:
    """One verb, done and acknowledged when it has returned; return the pages that must show it."""
    from dateline.stories.services import kills
    from tests.factories.newsroom import a_story

    alive = [path for path in stories if KILLED not in books[path].numbers]
    if number % PUBLISH_EACH == 0:
        a_story(f"Mark {number}. News", section="world")
        for path in LISTS:
            books[path].note(number)
        return LISTS
    if number % KILL_EACH == 1 and len(alive) > 1:
        kills.kill_story(_id(alive[-1]), reason="Wrong.", by="benchmark")
        books[alive[-1]].note(KILLED)
        return (alive[-1],)
    path = alive[number % len(alive)]
    words: dict[str, object] = {"body": [("text", f"<p>Mark {number}. Corrected.</p>")]}
    if number % HEADLINE_EACH == 0:
        words["headline"] = f"Council votes again, part {number}"
    _correct(path, words)
    books[path].note(number)
    return (path,)


def _correct(path: str, changes: dict[str, object]) -> None:
    from dateline.stories.services import publishing

    publishing.correct_story(
        _id(path), kind="correction", text="It was wrong.", changes=changes, by="benchmark"
    )


def _id(path: str) -> int:
    return int(path.rpartition("-")[2])


class Line(asyncio.Protocol):
    """One kept connection, without streams: what readers cost is taken from whom they measure."""

    def __init__(self) -> None:
        self.got, self.whole = bytearray(), 0
        self.come: asyncio.Future[bytearray] | None = None

    @classmethod
    async def opened(cls, port: int) -> Self:
        """Connect to the network's front."""
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(cls, "127.0.0.1", port)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self.transport: Any = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Let whoever waits know."""
        if self.come and not self.come.done():
            self.come.set_exception(exc or ConnectionResetError("The front has closed."))

    def data_received(self, data: bytes) -> None:
        """Collect an answer until it is whole."""
        self.got += data
        if not self.whole and (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = self.got[:end].lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            self.whole = end + 4 + length
        if self.whole and len(self.got) >= self.whole and self.come:
            assert len(self.got) == self.whole, "more came than was asked for"
            self.come.set_result(self.got)
            self.got, self.whole = bytearray(), 0

    async def answer(self, path: str) -> bytearray:
        """Ask for a page, and return head and body of the answer."""
        self.come = asyncio.get_running_loop().create_future()
        self.transport.write(f"GET {path} HTTP/1.1\r\nHost: {network.HOST}\r\n\r\n".encode())
        return await self.come

    def close(self) -> None:
        """End the connection."""
        self.transport.close()


@dataclass(slots=True)
class Reading:
    """What the readers know together; each answer is [page, asked, answered, number]."""

    port: int
    pages: list[str]
    begun: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(READERS + 1))
    over: asyncio.Event = field(default_factory=asyncio.Event)
    rows: list[tuple[int, float, float, int]] = field(default_factory=list)

    async def hammer(self, first: int) -> None:
        """Ask for one page after another until it is over, then for each page once more."""
        line, turn = await Line.opened(self.port), first * 7
        left = len(self.pages)
        while left:
            left -= self.over.is_set()
            turn += 1
            await asyncio.sleep(PAUSE_S)
            await self.ask(line, turn % len(self.pages))
            if turn == first * 7 + 1:
                await self.begun.wait()
        line.close()

    async def at_once(self) -> None:
        """Say when all are reading; then ask for each page that standard input names, at once."""
        told = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin.buffer)
        await self.begun.wait()
        sys.stdout.buffer.write(READING)
        sys.stdout.buffer.flush()
        async with asyncio.TaskGroup() as asking:
            while page := await told.readline():
                asking.create_task(self.once(int(page)))
        self.over.set()

    async def once(self, page: int) -> None:
        """Ask on a connection of its own."""
        line = await Line.opened(self.port)
        await self.ask(line, page)
        line.close()

    async def ask(self, line: Line, page: int) -> None:
        """Ask once, and note what the answer says."""
        asked = time.monotonic()
        answer = await line.answer(self.pages[page])
        answered = time.monotonic()
        status = bytes(answer[9:12])
        assert status in {OK, GONE}, answer[:1000]
        # A list shows the newest headline; a story's page its own text before what is beside it.
        if page < len(LISTS):
            own = max(map(int, MARK.findall(answer)), default=0)
        else:
            found = MARK.search(answer)
            own = int(found[1]) if found else 0
        self.rows.append((page, asked, answered, KILLED if status == GONE else own))


async def _read(port: int, pages: list[str], out: Path) -> None:
    """Hammer until standard input ends."""
    reading = Reading(port, pages)
    await asyncio.gather(reading.at_once(), *(reading.hammer(n) for n in range(READERS)))
    with out.open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in reading.rows)


def _answers(out: Path, pages: Sequence[str]) -> dict[str, list[tuple[float, float, int]]]:
    found: dict[str, list[tuple[float, float, int]]] = {path: [] for path in pages}
    with out.open() as file:
        for line in file:
            page, asked, answered, number = json.loads(line)
            found[pages[page]].append((asked, answered, number))
    return found


def _told(
    books: dict[str, Page],
    answers: dict[str, list[tuple[float, float, int]]],
    changes: int,
    took: float,
) -> dict[str, object]:
    stale = sum(
        number < books[path].least(asked)
        for path, rows in answers.items()
        for asked, _, number in rows
    )
    waits = sorted(wait for path, page in books.items() for wait in _waits(page, answers[path]))
    reads = sum(map(len, answers.values()))
    p99 = waits[int(len(waits) * 0.99)] * 1_000
    return {
        "name": "edge_freshness",
        "ratio": round(p99 / 100, 3),
        "ours": round(p99, 1),
        "reference": 100,
        "unit": "ms from an acknowledged change to the first answer that shows it, 99 % of them",
        "stale": stale,
        "p99_ms": round(p99, 1),
        "median_ms": round(statistics.median(waits) * 1_000, 1),
        "reads": reads,
        "reads_per_s": round(reads / took),
        "changes": changes,
        "changes_per_s": round(changes / took, 1),
        "notes": (
            f"{READERS} readers, {len(books)} pages, {took:.0f} s, 2 fronts, 2 renderers; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _waits(page: Page, rows: Sequence[tuple[float, float, int]]) -> list[float]:
    """Seconds from each change to the first answer that shows it, or a later one."""
    ordered = sorted((answered, number) for _, answered, number in rows)
    shown: list[float] = []
    for at, wanted in zip(page.acknowledged, page.numbers, strict=True):
        seen = next((answered for answered, number in ordered if number >= wanted), None)
        if seen is not None:
            shown.append(max(0.0, seen - at))
    return shown


if __name__ == "__main__":
    sys.exit(main())
