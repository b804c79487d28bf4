"""The seam to uvicorn: heads are small, quick, and written in one way only."""

import select
import socket
import threading
from importlib.metadata import version
from pathlib import Path

import pytest

from dateline.project.front.protocol import FrontProtocol
from tests.project.front.conftest import ask

HIT = b"GET / HTTP/1.1\r\nHost: post.localhost\r\n\r\n"
HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"


def test_it_is_the_version_that_the_seam_was_written_for():
    assert version("uvicorn") == "0.54.0"


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET http://evil.test/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT evil.test:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ],
)
def test_smuggling_and_nonsense_are_refused_and_the_connection_closed(
    front, renderer, say, request_
):
    answer = say(front, request_)

    assert answer.startswith(b"HTTP/1.1 40"), answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in answer
    assert b"x-content-type-options: nosniff" in answer
    assert b"frame-ancestors 'none'" in answer
    assert [head for head, _ in renderer.asked if b"evil" in head] == []


@pytest.mark.parametrize(
    "head",
    [
        HEAD + b"X: " + b"y" * 40_000 + b"\r\n\r\n",
        HEAD + b"".join(b"X%d: y\r\n" % n for n in range(150)) + b"\r\n",
        HEAD + b"".join(b"X%d: %s\r\n" % (n, b"y" * 900) for n in range(50)) + b"\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=["one long field", "many fields", "many long fields", "long address"],
)
def test_a_large_head_is_refused(front, renderer, say, head):
    answer = say(front, head)

    assert answer.startswith(b"HTTP/1.1 431 ")
    assert renderer.asked == []


def test_a_field_that_never_ends_is_refused_while_it_comes(front, renderer, say):
    answer = say(front, HEAD + b"X: " + b"y" * 2_000_000, until=b"large")

    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")
    assert renderer.asked == []


def test_a_head_that_trickles_is_given_up(quick, say):
    answer = say(quick, b"GET / HTTP/1.1\r\nHost:")

    assert answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("silence", [b"", b"\r\n"])
def test_a_connection_that_says_nothing_is_closed(quick, say, silence):
    assert say(quick, silence) == b""


def test_a_kept_connection_that_only_trickles_is_closed(quick):
    with socket.create_connection(("127.0.0.1", quick), timeout=5) as connection:
        connection.sendall(HEAD + b"\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")
        connection.sendall(b"\r\n")  # ends uvicorn's own timer, and begins no request
        assert connection.recv(1000) == b""


def test_a_connection_is_kept_for_the_next_request(front, renderer, say):
    one = HEAD + b"\r\n"

    answer = say(front, one + one + one[:-2] + b"Connection: close\r\n\r\n")

    assert answer.count(b"HTTP/1.1 200 OK") == 3


def test_a_small_request_passes_in_pieces(front, renderer):
    with socket.create_connection(("127.0.0.1", front)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (b"GET / HT", b"TP/1.1\r\nHo", b"st: a\r\n", b"\r\n"):
            connection.sendall(piece)
            while unread(connection):  # the front has taken this piece before the next one goes
                pass
        assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")


def unread(connection):
    """Bytes the other side has not yet read from its socket: what `ss` calls its Recv-Q."""
    port = f"{connection.getsockname()[1]:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, _, remote, _, queues, *_ = line.split()
        if remote.endswith(f":{port}"):
            return int(queues.split(":")[1], 16)
    return 0


def test_above_the_limit_of_connections_the_answer_is_503(front_at, renderer, say):
    with front_at(max_connections=1) as port:
        assert say(port, HEAD + b"\r\n", until=b"503").startswith(b"HTTP/1.1 503 ")


def test_a_connection_whose_hits_ended_is_closed_after_a_while(front_at, renderer, edge):
    class Impatient(FrontProtocol):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.timeout_keep_alive = 0.05

    renderer.answers = [edge.page()]
    with front_at(edge=edge, protocol=Impatient) as port:
        ask(port, "/")
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            for _ in range(3):
                connection.sendall(HIT)
                assert b"dateline; hit" in connection.recv(1000)
            assert connection.recv(1000) == b""


def test_a_connection_whose_hits_ended_is_kept_while_it_asks_for_other_things(
    front_at, renderer, edge
):
    """A poller in an outage: its page was a hit once, and is an old one each time since."""
    made = []

    class Known(FrontProtocol):
        def connection_made(self, transport):
            super().connection_made(transport)
            made.append(self)

    def look():
        looked = threading.Event()
        made[-1].loop.call_soon_threadsafe(lambda: (made[-1]._look_if_idle(), looked.set()))
        assert looked.wait(10)

    renderer.answers = [edge.page()]
    with front_at(edge=edge, protocol=Known) as port:
        ask(port, "/")
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(HIT)
            assert b"dateline; hit" in connection.recv(1000)
            look()
            for _ in range(2):
                connection.sendall(HIT.replace(b"\r\n\r\n", b"\r\nExpect: x\r\n\r\n"))
                assert b"dateline; hit" in connection.recv(1000)
                look()
            look()
            assert connection.recv(1000) == b""


def test_a_connection_that_asks_for_nothing_more_is_closed_after_a_while(front_at, renderer):
    class Impatient(FrontProtocol):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.timeout_keep_alive = 0.05

    with (
        front_at(protocol=Impatient) as port,
        socket.create_connection(("127.0.0.1", port), timeout=5) as connection,
    ):
        connection.sendall(HIT)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")
        assert connection.recv(1000) == b""


def test_a_reader_who_takes_nothing_of_a_hit_is_cut(front_at, renderer, edge):
    lost, told = threading.Event(), []

    class Impatient(FrontProtocol):
        linger_seconds = 0.05

        def connection_made(self, transport):
            super().connection_made(transport)
            self.timeout_keep_alive = 0.05

        def connection_lost(self, exc):
            super().connection_lost(exc)
            if self.idle_timer:
                told.append(self.running.disconnected)
                lost.set()

    renderer.answers = [edge.page("x" * 1_000_000, headers="Content-Type: image/webp\r\n")]
    with front_at(edge=edge, protocol=Impatient, reader_pause_s=0.2) as port:
        ask(port, "/")
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(HIT * 50)
            assert lost.wait(10)
    assert told == [True]  # the request that was being answered, not only the newest


def test_a_slow_reader_of_hits_is_waited_for(front_at, renderer, edge):
    class Impatient(FrontProtocol):
        def connection_made(self, transport):
            super().connection_made(transport)
            self.timeout_keep_alive = 0.2

    renderer.answers = [edge.page("x" * 1_000_000, headers="Content-Type: image/webp\r\n")]
    with front_at(edge=edge, protocol=Impatient) as port:
        ask(port, "/")
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            connection.sendall(HIT)
            got = 0
            while got < 1_000_000:
                wait_for_the_clock_of(connection)
                got += len(connection.recv(60_000))


def wait_for_the_clock_of(connection):
    """As slow as a phone: read when the front has had time to send what fits."""
    select.select([connection], [], [], 1)


@pytest.mark.parametrize(
    "extra",
    [
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n",
    ],
    ids=["websocket", "h2c"],
)
def test_an_upgrade_is_answered_as_a_plain_request_and_nothing_is_read_after_it(
    cached, renderer, say, extra
):
    ask(cached, "/")
    head = b"GET / HTTP/1.1\r\nHost: post.localhost\r\n"

    answer = say(cached, head + extra + b"\r\n" + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")

    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"connection: close" in answer
    assert not [head for head, _ in renderer.asked if b"smuggled" in head]


def test_an_expectation_is_met_for_who_sends_a_body(front, renderer, say):
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(("127.0.0.1", front), timeout=5) as connection:
        connection.sendall(head)
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"a=1")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")

    (head, body) = renderer.asked[0]
    assert body == b"a=1"
    assert b"expect" not in head.lower()


def test_the_end_of_a_connection_is_respected_on_a_hit(cached, say):
    ask(cached, "/")

    answer = say(cached, HIT[:-2] + b"Connection: close\r\n\r\n" + HIT)

    assert answer.count(b"HTTP/1.1 200 OK") == 1
    assert b"connection: close" in answer


def test_a_thousand_pipelined_hits_are_answered_in_full(cached, say):
    ask(cached, "/")

    answer = say(cached, HIT * 1000 + HIT[:-2] + b"Connection: close\r\n\r\n", seconds=20)

    assert answer.count(b"HTTP/1.1 200 OK") == 1001
    assert answer.count(b"<p>story") == 1001


def test_a_get_with_a_body_is_refused_where_a_hit_would_answer(cached, say):
    ask(cached, "/")

    for field in (
        b"Content-Length: 5\r\n\r\nGET /",
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ):
        answer = say(cached, HIT[:-2] + field)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.count(b"HTTP/1.1 ") == 1


def test_a_field_that_comes_twice_is_read_with_care(cached, say):
    ask(cached, "/")

    assert say(cached, HIT[:-2] + b"Host: b\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert say(cached, HIT.replace(b"Host", b"Host: b\r\nHost")).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("method", [b"DELETE", b"OPTIONS", b"POST"])
def test_only_a_get_is_answered_at_once(cached, renderer, say, method):
    ask(cached, "/")

    say(cached, HIT.replace(b"GET", method), until=b"\r\n\r\n")

    assert renderer.asked[-1][0].startswith(method)


def test_no_body_follows_the_answer_to_a_head(cached, say):
    ask(cached, "/")

    answer = say(cached, HIT.replace(b"GET", b"HEAD") + HIT, until=b"<p>story")

    assert answer.count(b"<p>story") == 1
    assert answer.count(b"HTTP/1.1 200 OK") == 2


@pytest.fixture
def quick(front_at, renderer):
    class Quick(FrontProtocol):
        head_seconds = 0.1

    with front_at(protocol=Quick) as port:
        yield port
