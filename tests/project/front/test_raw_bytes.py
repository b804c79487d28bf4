"""Whatever bytes come: no crash, no leak, and no answer on another connection than its request's.

A short seed runs in `make test`; ten minutes of it under `make soak`.
"""

import re
import socket
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.project.front.conftest import ask, page, wait_until

SOAK_S = 600
MARK = re.compile(rb"mark-[0-9]+-x")
LAST = b"GET /hit/MARK HTTP/1.1\r\nHost: post.localhost\r\nConnection: close\r\n\r\n"
QUIET_S = 0.15
MEGABYTES = 64  # more than this above the start is a leak

names = st.sampled_from(
    [b"Host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"Upgrade", b"Expect", b"TE",
     b"Accept-Encoding", b"If-None-Match", b"Range", b"Cookie", b"X", b"x_y", b"Keep-Alive", b""]
)  # fmt: skip
values = st.one_of(
    st.sampled_from(
        [
            b"post.localhost",
            b"0",
            b"5",
            b"-1",
            b"+5",
            b"5, 5",
            b"chunked",
            b"identity, chunked",
            b"close",
            b"keep-alive",
            b"websocket",
            b"100-continue",
            b"gzip",
            b"*",
            b"bytes=0-4",
            b"xchunked",
            b"\tchunked",
            b"99999999999999999999",
            b"0x5",
            b" 5 ",
        ]
    ),
    st.binary(max_size=12),
)
ends = st.sampled_from([b"\r\n"] * 8 + [b"\n", b"\r", b"\r\n ", b" \r\n", b"\0\r\n"])
methods = st.sampled_from(
    [b"GET"] * 6 + [b"HEAD", b"POST", b"PUT", b"get", b"CONNECT", b"G T", b""]
)
paths = st.sampled_from(
    [b"/MARK?page=2", b"/hit/MARK?utm=1", b"MARK", b"*", b"/%zzMARK", b"/a;MARK"]
)
versions = st.sampled_from([b"HTTP/1.1"] * 8 + [b"HTTP/1.0", b"HTTP/2.0", b"HTTP/1.2", b"", b"X"])
bodies = st.sampled_from(
    [b"", b"abcde", b"0\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"5;x=y\r\nabcde\r\n0\r\nA: b\r\n\r\n",
     b"-5\r\nabcde\r\n", b"ffffffffffffffff1\r\n", b"5\nabcde\n0\n\n", b"\0" * 9]
)  # fmt: skip


PARTS = ("method", "path", "version", "end", "host", "field", "field", "body")


@st.composite
def requests(draw):
    """A request with up to three parts that may be wrong. `MARK` becomes a number of its own."""
    wrong = draw(st.lists(st.sampled_from(PARTS), max_size=3))

    def part(name, odd, usual):
        return draw(odd) if name in wrong else usual

    shared = draw(st.sampled_from([b"/hit/MARK", b"/MARK"]))
    head = part("method", methods, b"GET") + b" " + part("path", paths, shared) + b" "
    head += part("version", versions, b"HTTP/1.1") + part("end", ends, b"\r\n")
    head += part("host", st.just(b""), b"Host: post.localhost\r\n")
    for _ in range(wrong.count("field")):
        head += draw(names) + b": " + draw(values) + draw(ends)
    return head + part("end", ends, b"\r\n") + part("body", bodies, b"")


scripts = st.lists(
    st.one_of(requests(), requests(), requests(), st.binary(max_size=60)), min_size=1, max_size=5
)
numbers = count()


@pytest.mark.stack
@pytest.mark.soak
def test_whatever_comes_every_answer_goes_to_its_own_request(
    front_process, renderer, edge, soaking
):
    """Two connections at once, their bytes in turn, in pieces of any length."""
    renderer.answers = [echo(renderer, edge)]
    with front_process() as front:
        for _ in range(20):
            ask(front.port, "/livez")
        before = Before(front.process.pid)
        end = time.monotonic() + (SOAK_S if soaking else 0)
        while True:
            fight(front.port)
            if time.monotonic() >= end:
                break
        assert front.process.poll() is None
        assert ask(front.port, "/livez")[0].status == 200
        before.is_as_it_was()


def fight(port):
    @settings(database=None)
    @given(st.lists(scripts, min_size=2, max_size=2), st.integers(1, 400))
    def exchange(both, piece):
        marks, streams = zip(*(marked(script) for script in both), strict=True)
        answers = talk(port, streams, piece)
        for own, answer in zip(marks, answers, strict=True):
            seen.update(MARK.findall(answer))
            assert set(MARK.findall(answer)) <= own, "an answer to somebody else's request"
        response, body = ask(port, "/hit/mark-0-x")
        assert (response.status, set(MARK.findall(body))) == (200, {b"mark-0-x"})

    seen = set()
    exchange()
    assert len(seen) > 30, "hardly anything was answered: this tests nothing"


def marked(script):
    """The bytes of one connection with a number of its own in each place for one."""
    own, out = set(), b""
    for part in [*script, LAST]:
        mark = b"mark-%d-x" % (next(numbers) + 1)
        own.add(mark)
        out += part.replace(b"MARK", mark)
    return own, out


def talk(port, streams, piece):
    """Send each stream on a connection of its own, in pieces by turns; return what came back."""
    lines = [socket.create_connection(("127.0.0.1", port), timeout=QUIET_S) for _ in streams]
    for line in lines:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for at in range(0, max(map(len, streams)), piece):
        for line, stream in zip(lines, streams, strict=True):
            with suppress(OSError):  # refused before its end
                line.sendall(stream[at : at + piece])
    answers = [read_what_comes(line) for line in lines]
    for line in lines:
        line.close()
    return answers


def read_what_comes(line):
    """Until the front closes, or says nothing more: it may wait for the rest of a body."""
    got = b""
    with suppress(OSError):
        while piece := line.recv(65536):
            got += piece
    return got


class Before:
    """What a process held before the fight."""

    def __init__(self, pid):
        self.pid = pid
        self.kilobytes, self.descriptors = self.measure()

    def measure(self):
        text = Path(f"/proc/{self.pid}/status").read_text()
        rss = int(re.search(r"VmRSS:\s+(\d+)", text)[1])
        return rss, len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def is_as_it_was(self):
        wait_until(lambda: self.measure()[1] <= self.descriptors + 8, seconds=30)
        assert self.measure()[0] - self.kilobytes < MEGABYTES * 1024


def echo(renderer, edge):
    """Shows the mark it was asked for; some pages are shared, others are not."""

    def answer(connection):
        head = renderer.now.head
        text = b" ".join(MARK.findall(head.split(b"\r\n")[0])).decode()
        if b"x-dateline-fill" in head and b"/hit/" in head:
            edge.page(text)(connection)
        else:
            page(text)(connection)

    return answer
