"""A beacon whose head is the last one's but for its numbers: counted without the parser, as with it."""

import asyncio
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.project.front.beacons import Beacons
from dateline.trending.services.collector import open_collector, tell_sites
from tests.project.front.test_again import HEAD, App, Connection, cut_up, turns

AGENT = b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0\r\n"
REST = b" HTTP/1.1\r\nHost: post.test\r\n" + AGENT + b"Content-Length: 0\r\n\r\n"
PRIVATE = REST[:-2] + b"Sec-GPC: 1\r\n\r\n"
BODY = b"POST /b?1.99.1.1.0.0" + REST  # as a body: what a careless front would count
REQUESTS = (
    *((b"POST /b?1.%d.1.1.0.0" % story + REST,) for story in (1, 2, 3)),
    (b"POST /b?1.4.1.1.0.0" + PRIVATE,),
    (b"POST /b?1.x.1.1.0.0" + REST,),
    (b"GET /" + HEAD,),
    (b"POST /early HTTP/1.1\r\nHost: post.test\r\nContent-Length: %d\r\n\r\n" % len(BODY), BODY),
    (b"\r\n", b"POST /b?1.5.1.1.0.0" + REST),
)


@given(
    asked=st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=8),
    ends=st.lists(st.booleans(), min_size=16, max_size=16),
    cuts=st.lists(st.integers(0, 1600), max_size=3),
)
@example(asked=[REQUESTS[0], REQUESTS[6], REQUESTS[1]], ends=[True] * 16, cuts=[])
@example(asked=[REQUESTS[5], REQUESTS[0], REQUESTS[5], REQUESTS[1]], ends=[True] * 16, cuts=[])
def test_however_beacons_are_cut_the_same_are_counted(app, asked, ends, cuts):
    parts, pieces = cut_up(asked, ends, cuts)
    stream = b"".join(parts)

    statuses, counted = said(app, pieces)
    assert (statuses, counted) == said(app, [stream])
    sent = {int(found) for found in re.findall(rb"/b\?1\.([1-35])\.", stream)}
    assert sorted(counted) == sorted(sent)


def test_the_parser_is_not_asked_for_the_head_of_a_beacon_that_it_has_read(connection):
    connection.feed(b"POST /b?1.1.1.1.0.0" + REST)
    del connection.protocol.parser  # whoever asks it now fails

    answer = connection.feed(b"POST /b?1.2.1.1.0.0" + REST)

    assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert connection.app.beacons.collector.taken == 2


OTHERS = {
    "no numbers": b"POST /b?1.x.1.1.0.0" + REST,
    "two heads": b"POST /b?1.2.1.1.0.0" + REST + b"POST /b?1.3.1.1.0.0" + REST,
    "two addresses": b"POST /b?1.2.1.1.0.0 /b?1.2.1.1.0.0" + REST,
    "another reader": b"POST /b?1.2.1.1.0.0" + PRIVATE,
    "another method": b"PUT /b?1.2.1.1.0.0" + REST,
    "another version": b"POST /b?1.2.1.1.0.0" + REST.replace(b"1.1\r", b"1.0\r"),
    "a part of a head": b"POST /b?1.2.1.1.0.0",
}


@pytest.mark.parametrize("second", OTHERS)
def test_any_other_head_is_read_by_the_parser(connection, second):
    connection.feed(b"POST /b?1.1.1.1.0.0" + REST)
    del connection.protocol.parser

    with pytest.raises(AttributeError):
        connection.feed(OTHERS[second])


def test_who_sends_is_found_out_anew_after_a_while(connection):
    collector = connection.app.beacons.collector
    connection.feed(b"POST /b?1.1.1.1.0.0" + REST)
    began, known = collector.clock(), connection.protocol.told
    collector.clock = lambda: began + 90.0

    assert connection.feed(b"POST /b?1.2.1.1.0.0" + REST).startswith(b"HTTP/1.1 204")
    assert connection.protocol.told[1].until > known[1].until
    assert collector.taken == 2


def test_who_takes_nothing_is_not_answered_here(connection):
    connection.feed(b"POST /b?1.1.1.1.0.0" + REST)
    connection.protocol.pause_writing()

    assert connection.feed(b"POST /b?1.2.1.1.0.0" + REST) == b""


def test_only_a_head_that_came_alone_is_known_again(connection):
    connection.feed(b"POST /b?1.1.1.1.0.0" + REST + b"POST /b?1.2.1.1.0.0" + REST)

    assert connection.app.beacons.collector.taken == 2
    assert connection.protocol.told is None


class Counting(App):
    """Counts a beacon that waits behind another request, as a front's application does."""

    async def __call__(self, scope, receive, send):
        if scope["raw_path"] != b"/b" or scope["method"] != "POST":
            await super().__call__(scope, receive, send)
            return
        taking, headers = self.beacons, scope["headers"]
        now = taking.collector.clock()
        reader = taking.recognise(dict(headers), headers, scope["client"][0], now)
        taking.take(scope["query_string"], reader, now)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def said(app, pieces):
    """The statuses that one connection is told, and the stories that were counted for them."""
    loop = asyncio.new_event_loop()
    collector = app.beacons.collector
    collector.once = type(collector.once)()  # another connection is another half an hour
    before = len(collector._kept)
    try:
        connection = Connection(app, loop)
        for piece in pieces:
            connection.feed(piece)
        loop.run_until_complete(turns(bytes, 0, most=400))
        connection.end()
    finally:
        loop.close()
    stories = [int.from_bytes(record[16:24], "little") for record in collector._kept[before:]]
    return re.findall(rb"HTTP/1.1 (\d+)", bytes(connection.wire.written)), stories


def counting(folder):
    """What connections need, with a collector that counts for one host."""
    made = Counting(folder / "edge")
    tell_sites(folder, {"post.test": 1})
    made.beacons = Beacons(open_collector(folder, rate=1_000_000), made.peers)
    return made


def close(app):
    app.beacons.collector.close()
    app.hits.access.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    made = counting(tmp_path_factory.mktemp("front"))
    yield made
    close(made)


@pytest.fixture
def connection(tmp_path):
    loop = asyncio.new_event_loop()
    made = Connection(counting(tmp_path), loop)
    yield made
    made.end()
    close(made.app)
    loop.close()
