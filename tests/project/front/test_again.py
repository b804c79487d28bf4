"""A head that is the last one's but for its address: answered without the parser, to the byte."""

import asyncio
import itertools
import re

import pytest
import uvicorn
from hypothesis import example, given
from hypothesis import strategies as st
from uvicorn.server import ServerState

from dateline.edge import queries
from dateline.edge.domain.verdict import Mode
from dateline.project.front.access import AccessLog
from dateline.project.front.hits import Hits
from dateline.project.front.peers import Peers
from dateline.project.front.protocol import REMEMBERED_BYTES, FrontProtocol
from tests.project.front.test_hits import NOON, keep

HEAD = b" HTTP/1.1\r\nHost: post.test\r\nAccept-Encoding: br\r\n\r\n"
OTHER_HEAD = b" HTTP/1.1\r\nHost: post.test\r\nCookie: a=1\r\n\r\n"
PAGES = (b"/", b"/world/", b"/world/?page=2")
ALIKE = b"GET /" + HEAD  # as a body: what a careless front would answer
REQUESTS = (
    *((b"GET " + page + HEAD,) for page in PAGES),
    (b"GET /" + OTHER_HEAD,),
    (b"GET /slow" + HEAD,),
    (b"GET /world/?utm_source=x" + HEAD,),
    (b"HEAD /" + HEAD,),
    (b"POST / HTTP/1.1\r\nHost: post.test\r\nContent-Length: %d\r\n\r\n" % len(ALIKE), ALIKE),
    (b"POST /early HTTP/1.1\r\nHost: post.test\r\nContent-Length: %d\r\n\r\n" % len(ALIKE), ALIKE),
    (b"POST / HTTP/1.1\r\nHost: post.test\r\nContent-Length: 0\r\n\r\n",),
    (b"\r\n", b"GET /" + HEAD),
)


@given(
    asked=st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=8),
    ends=st.lists(st.booleans(), min_size=16, max_size=16),
    cuts=st.lists(st.integers(0, 800), max_size=3),
)
@example(asked=[REQUESTS[0], REQUESTS[7], REQUESTS[1]], ends=[True] * 16, cuts=[])
@example(asked=[REQUESTS[4], REQUESTS[0]], ends=[True] * 16, cuts=[])
def test_however_requests_are_cut_each_is_answered_as_if_it_came_alone(app, asked, ends, cuts):
    parts, pieces = cut_up(asked, ends, cuts)

    alone = [word for request in asked for word in told(app, [b"".join(request)])]
    assert told(app, pieces) == told(app, [b"".join(parts)]) == told(app, parts) == alone


def cut_up(asked, ends, cuts):
    """The parts of requests, and the same bytes cut at some of their ends and anywhere else."""
    parts = [part for request in asked for part in request]
    stream, between = b"".join(parts), [*itertools.accumulate(map(len, parts))]
    likely = {place for place, is_cut in zip(between, ends, strict=False) if is_cut}
    places = sorted({min(cut, len(stream)) for cut in cuts} | likely | {0, len(stream)})
    return parts, [stream[a:b] for a, b in itertools.pairwise(places)]


def test_the_parser_is_not_asked_for_a_head_that_it_has_read(connection):
    connection.feed(b"GET /" + HEAD)
    del connection.protocol.parser  # whoever asks it now fails

    answer = connection.feed(b"GET /world/" + HEAD)

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"<p>/world/</p>")
    assert connection.protocol.hits.quick == 2


OTHERS = {
    "an unknown page": b"GET /unknown" + HEAD,
    "a control character": b"GET /?x=\x01" + HEAD,
    "two addresses": b"GET / /" + HEAD,
    "another host": b"GET /" + HEAD.replace(b"post.test", b"other.test"),
    "another version": b"GET /" + HEAD.replace(b"1.1", b"1.0"),
    "another method": b"PUT /" + HEAD,
    "one field more": b"GET /" + HEAD[:-2] + b"X: 1\r\n\r\n",
    "two heads": b"GET /" + HEAD + b"GET /" + HEAD,
}


@pytest.mark.parametrize("second", OTHERS)
def test_anything_else_is_read_by_the_parser(connection, second):
    connection.feed(b"GET /" + HEAD)
    del connection.protocol.parser

    with pytest.raises(AttributeError):
        connection.feed(OTHERS[second])


def test_only_a_head_that_came_alone_is_remembered(connection):
    connection.feed(b"GET /" + HEAD + b"GET /" + HEAD)
    assert connection.protocol.last is None

    connection.feed(b"GET /" + HEAD[:-2])
    connection.feed(b"\r\n")
    assert connection.protocol.last is None

    body = b"GET / HTTP/1.1\r\nHost: post.test\r\nX: "
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    connection.feed(b"POST /early HTTP/1.1\r\nHost: post.test\r\n" + length)
    connection.feed(body + b"GET /" + HEAD)
    assert connection.protocol.hits.quick == 4
    assert connection.protocol.last is None


def test_a_long_head_is_parsed_each_time(connection):
    long = HEAD[:-2] + b"X: " + b"x" * REMEMBERED_BYTES + b"\r\n\r\n"

    connection.feed(b"GET /" + long)

    assert connection.protocol.last is None
    assert connection.feed(b"GET /" + long).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_page_that_was_purged_meanwhile_is_not_answered(connection):
    connection.feed(b"GET /" + HEAD)
    connection.protocol.hits.counters.purge(["s:1"], Mode.HARD)

    assert b"etag" not in connection.feed(b"GET /" + HEAD)  # a renderer's answer
    assert connection.protocol.hits.quick == 1


def test_who_takes_nothing_is_given_nothing_more(connection):
    connection.feed(b"GET /" + HEAD)
    connection.protocol.pause_writing()

    assert connection.feed(b"GET /" + HEAD) == b""


def test_a_lone_line_end_starts_the_clock_and_the_next_head_stops_it(connection):
    connection.feed(b"GET /" + HEAD)
    connection.feed(b"\r\n")
    assert connection.protocol.head_timer is not None

    assert connection.feed(b"GET /" + HEAD).startswith(b"HTTP/1.1 200 OK\r\n")
    assert connection.protocol.head_timer is None


def test_both_ways_write_the_same_line_into_the_access_log(connection):
    connection.feed(b"GET /world/" + HEAD)
    connection.feed(b"GET /world/" + HEAD)

    first, second = connection.protocol.hits.access.lines
    assert first == second


class Wire(asyncio.Transport):
    """What a connection writes to, kept."""

    def __init__(self):
        super().__init__()
        self.written = bytearray()

    def get_extra_info(self, name, default=None):
        return ("192.0.2.1", 1) if name in {"peername", "sockname"} else default

    def get_write_buffer_size(self):
        return 0

    def is_closing(self):
        return False

    def write(self, data):
        self.written += data

    def close(self):
        pass

    pause_reading = resume_reading = close


class App:
    """What a front has for its connections; and an application that tells what it was asked."""

    beacons = None

    def __init__(self, folder):
        counters = queries.open_counters(folder)
        self.hits = Hits(
            folder, counters, access=AccessLog(folder / "access.log"), clock=lambda: NOON
        )
        self.peers = Peers((), 512)
        for page in PAGES:
            keep(self.hits, page, body=b"<p>%b</p>" % page)

    async def __call__(self, scope, receive, send):
        body, more = b"", scope["path"] != "/early"
        for _ in range(40 if scope["path"] == "/slow" else 0):
            await asyncio.sleep(0)
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        asked = scope["raw_path"] + (b"?" + scope["query_string"]).rstrip(b"?")
        page = asked.partition(b"?utm")[0]
        known = scope["method"] == "GET" and page in PAGES
        text = page if known else b"%b %b %b" % (scope["method"].encode(), asked, body)
        text = b"<p>%b</p>" % text.replace(b"\r\n", b" ")
        head = [(b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": text})


class Connection:
    """One connection to a front, without a network: pieces go in, answers come out."""

    def __init__(self, app, loop):
        config = uvicorn.Config(
            app, http=FrontProtocol, ws="none", log_config=None, lifespan="off", access_log=False
        )
        config.load()
        config.loaded_app = app
        self.app, self.loop, self.wire = app, loop, Wire()
        self.protocol = FrontProtocol(config, ServerState(), {}, _loop=loop)
        self.protocol.connection_made(self.wire)

    def feed(self, data):
        """Give one piece; return what was answered to it."""
        before = len(self.wire.written)
        self.loop.run_until_complete(turns(self.protocol.data_received, data))
        return bytes(self.wire.written[before:])

    def end(self):
        """As when the client has gone."""
        self.loop.run_until_complete(turns(self.protocol.connection_lost, None))


async def turns(does, what, most=12):
    does(what)
    for _ in range(most):
        await asyncio.sleep(0)


def told(app, pieces):
    """What one connection answers to these pieces: each status, each page."""
    loop = asyncio.new_event_loop()
    try:
        connection = Connection(app, loop)
        for piece in pieces:
            connection.feed(piece)
        loop.run_until_complete(turns(bytes, 0, most=400))
        connection.end()
    finally:
        loop.close()
    return re.findall(rb"HTTP/1.1 \d+|<p>.*?</p>", bytes(connection.wire.written))


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    made = App(tmp_path_factory.mktemp("edge"))
    yield made
    made.hits.access.close()


@pytest.fixture
def connection(tmp_path):
    loop = asyncio.new_event_loop()
    made = Connection(App(tmp_path), loop)
    yield made
    made.end()
    made.protocol.hits.access.close()
    loop.close()
