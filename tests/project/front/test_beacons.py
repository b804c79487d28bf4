"""Beacons at a real front: one answer for all, whatever was thought of them, and no renderer asked."""

import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

import pytest

from dateline.trending.adapters.journal import Journal
from dateline.trending.services.collector import FOLDER, open_collector, tell_sites
from tests.project.front.conftest import ask, wait_until

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
USUAL = {"user_agent": FIREFOX, "origin": "http://post.localhost", "sec_fetch_site": "same-origin"}
RAW = (
    b"POST /b?1.%d.1.1.0.0 HTTP/1.1\r\nHost: post.localhost\r\nContent-Length: 0\r\n"
    b"User-Agent: " + FIREFOX.encode() + b"\r\n"
)


def test_a_beacon_is_answered_at_once_and_nobody_else_hears_of_it(front, renderer, collector):
    response, body = beacon(front)

    assert (response.status, body) == (204, b"")
    assert response.getheader("cache-control") == "no-store"
    assert response.getheader("set-cookie") is None
    assert response.getheader("date").endswith("GMT")
    assert stories(collector) == [4711]
    assert renderer.asked == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("private", {"sec_gpc": "1"}),
        ("forged", {"origin": "https://evil.example"}),
        ("bot", {"user_agent": "curl/8.5"}),
        ("prefetch", {"sec_purpose": "prefetch"}),
        ("host", {"host": "other.localhost", "origin": "http://other.localhost"}),
    ],
)
def test_one_that_does_not_count_gets_the_same_answer(front, collector, reason, told):
    good, bad = beacon(front)[0], beacon(front, story=4712, **told)[0]

    assert bad.status == 204
    assert [name for name, _ in bad.getheaders()] == [name for name, _ in good.getheaders()]
    assert collector.dropped[reason] == 1
    assert stories(collector) == [4711]


def test_many_on_one_connection_are_answered_in_their_order(front, say, collector):
    many = b"".join(RAW % story + b"\r\n" for story in range(1, 50))

    answer = say(front, many + RAW % 50 + b"Connection: close\r\n\r\n")

    assert answer.count(b"HTTP/1.1 204 No Content\r\n") == 50
    assert stories(collector) == list(range(1, 51))


def test_one_behind_a_request_that_is_still_being_answered_waits(front, renderer, say, collector):
    answer = say(
        front, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" + RAW % 1 + b"Connection: close\r\n\r\n"
    )

    assert answer.index(b"HTTP/1.1 200 OK") < answer.index(b"HTTP/1.1 204 No Content")
    assert stories(collector) == [1]


@pytest.mark.parametrize(
    ("length", "field"), [(513, b""), (3, b""), (0, b"Transfer-Encoding: chunked\r\n")]
)
def test_a_beacon_with_a_body_is_refused_unread(front, renderer, say, collector, length, field):
    head = RAW.replace(b"Content-Length: 0\r\n", field or b"Content-Length: %d\r\n" % length) % 1

    answer = say(front, head + b"\r\n" + b"x" * length)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer
    assert collector.dropped["oversized"] == 1
    assert (stories(collector), renderer.asked) == ([], [])


def test_two_lengths_are_no_beacon(front, say, collector):
    answer = say(front, RAW % 1 + b"Content-Length: 0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert stories(collector) == []


@pytest.mark.parametrize(
    "told",
    [
        {"Cookie": "a=1"},
        {"Expect": "100-continue"},
        {"Authorization": "Basic x"},
        {"Connection": "close"},
    ],
)
def test_one_of_an_unusual_form_is_read_with_care(front, renderer, collector, told):
    assert beacon(front, **told)[0].status == 204

    assert stories(collector) == [4711]
    assert renderer.asked == []


def test_a_field_that_comes_twice_is_read_with_care(front, say, collector):
    answer = say(front, RAW % 1 + b"Cookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 204 ")
    assert stories(collector) == [1]


def test_a_host_that_comes_twice_is_refused(front, say, collector):
    answer = say(front, RAW % 1 + b"Host: post.localhost\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert stories(collector) == []


def test_an_old_client_is_answered_too(front, say, collector):
    answer = say(front, (RAW % 1).replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n")

    assert answer.startswith(b"HTTP/1.1 204 ")
    assert stories(collector) == [1]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/b?1.1.1.1.0.0"), ("HEAD", "/b?1.1.1.1.0.0"), ("POST", "/b/?1"),
                         ("POST", "/bb?1.1.1.1.0.0"), ("PUT", "/b?1.1.1.1.0.0")],
)  # fmt: skip
def test_what_only_looks_like_a_beacon_goes_where_all_else_goes(
    front, renderer, collector, method, path
):
    ask(front, path, method=method, **USUAL)

    assert renderer.asked[0][0].startswith(f"{method} {path} ".encode())
    assert stories(collector) == []
    assert sum(collector.dropped.values()) == 0


def test_the_reader_s_address_is_the_one_that_a_declared_proxy_names(front_at, collector):
    trusted = (ip_network("127.0.0.0/8"),)
    with front_at(collector=collector, trusted=trusted) as port:
        for address in ("203.0.113.1", "203.0.113.2", "evil, 203.0.113.1"):
            beacon(port, x_forwarded_for=address)

    assert len(stories(collector)) == 2
    assert collector.dropped["replayed"] == 1


def test_nobody_else_may_name_an_address(front, collector):
    for address in ("203.0.113.1", "203.0.113.2"):
        beacon(front, x_forwarded_for=address)

    assert stories(collector) == [4711]


def test_an_address_that_sends_many_is_counted_so_often(front_at, collector):
    collector.rates.a_minute = 3
    with front_at(collector=collector) as port:
        assert {beacon(port, story=story)[0].status for story in range(1, 9)} == {204}

    assert collector.dropped["rate"] == 5


def test_what_was_counted_and_what_was_not_is_in_the_metrics(front_at, edge, collector):
    with front_at(collector=collector, edge=edge) as port:
        beacon(port)
        beacon(port)
        text = ask(port, "/metrics")[1].decode()

    assert "dateline_front_beacons_total 1\n" in text
    assert 'dateline_front_beacons_dropped_total{reason="replayed"} 1\n' in text
    assert 'dateline_front_beacons_dropped_total{reason="forged"} 0\n' in text


def test_beacons_and_cached_pages_share_a_connection(front_at, renderer, edge, say, collector):
    renderer.answers = [edge.page()]
    page = b"GET / HTTP/1.1\r\nHost: post.localhost\r\n\r\n"
    with front_at(collector=collector, edge=edge) as port:
        ask(port, "/")
        answer = say(port, page + RAW % 1 + b"\r\n" + page[:-2] + b"Connection: close\r\n\r\n")

    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"204", b"200"]
    assert stories(collector) == [1]


def test_beacons_are_not_in_the_access_log(front_process, renderer, tmp_path):
    tell_sites(tmp_path, {"post.localhost": 1})
    with front_process() as front:
        beacon(front.port)

    assert "/b?" not in (tmp_path / "access.log").read_text()
    assert len(journal(tmp_path)) == 1


def test_without_a_collector_a_beacon_is_a_request_like_any_other(front_at, renderer):
    with front_at() as port:
        beacon(port)

    assert len(renderer.asked) == 1


def test_beacons_may_be_off(front_process, renderer, tmp_path):
    with front_process(BEACONS="off") as front:
        beacon(front.port)

    assert len(renderer.asked) == 1
    assert not (tmp_path / FOLDER).exists()


def test_kill_9_costs_no_more_than_a_second(front_process, renderer, tmp_path):
    tell_sites(tmp_path, {"post.localhost": 1})
    sent = {}
    with front_process(BEACON_RATE=1_000_000) as front:
        story, end = 0, time.monotonic() + 1.5
        while time.monotonic() < end:
            story += 1
            beacon(front.port, story=story)
            sent[story] = time.monotonic()
        front.process.kill()
        front.process.wait(10)
        killed_at = time.monotonic()

    kept = {event.story for event in journal(tmp_path)}
    lost = [story for story in sent if story not in kept]

    assert kept
    assert all(killed_at - sent[story] <= 1.0 for story in lost)
    assert len(kept) == len(journal(tmp_path))


def test_several_fronts_write_one_journal_and_know_the_same_readers(
    front_process, renderer, tmp_path
):
    tell_sites(tmp_path, {"post.localhost": 1})
    with front_process() as one, front_process() as two, ThreadPoolExecutor(8) as pool:
        ports = [(one, two)[n % 2].port for n in range(60)]
        list(pool.map(lambda n: beacon(ports[n], story=n + 1), range(60)))

    events = journal(tmp_path)

    assert sorted(event.story for event in events) == list(range(1, 61))
    assert len({event.visitor for event in events}) == 1


def test_another_head_on_the_same_connection_is_read_anew(front, say, collector):
    private = RAW % 2 + b"Sec-GPC: 1\r\n\r\n"
    rest = RAW % 3 + b"\r\n" + RAW % 4 + b"Connection: close\r\n\r\n"

    answer = say(front, RAW % 1 + b"\r\n" + private + rest)

    assert answer.count(b"HTTP/1.1 204 No Content\r\n") == 4
    assert stories(collector) == [1, 3, 4]
    assert collector.dropped["private"] == 1


def test_what_is_known_of_a_reader_is_found_out_anew_after_a_while(front, collector):
    with socket.create_connection(("127.0.0.1", front), timeout=10) as connection:
        for story, ahead_s in ((1, 0), (2, 90_000)):
            collector.clock = lambda ahead_s=ahead_s: time.time() + ahead_s
            connection.sendall(RAW % story + b"\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 204 ")

    first, second = sorted(journal_of(collector), key=lambda event: event.story)
    assert first.visitor != second.visitor  # a day later


def test_a_beacon_that_comes_in_pieces_counts_once(front, collector):
    with socket.create_connection(("127.0.0.1", front), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (RAW % 1)[:20], (RAW % 1)[20:], b"\r\n":
            connection.sendall(piece)
            time.sleep(0)
        assert connection.recv(1000).startswith(b"HTTP/1.1 204 ")

    assert stories(collector) == [1]


def beacon(port, *, story=4711, **told):
    return ask(port, f"/b?1.{story}.1.1.0.0", method="POST", body=b"", **USUAL | told)


def stories(collector):
    return sorted(event.story for event in journal_of(collector))


def journal_of(collector):
    """The journal, once all that was taken is there."""
    wait_until(lambda: len(journal(collector.directory.parent)) == collector.taken)
    return journal(collector.directory.parent)


def journal(data_dir):
    return Journal(data_dir / FOLDER).read_from({})[0]


@pytest.fixture
def collector(tmp_path):
    tell_sites(tmp_path, {"post.localhost": 1})
    made = open_collector(tmp_path)
    yield made
    made.close()


@pytest.fixture
def front(front_at, renderer, collector):
    with front_at(collector=collector) as port:
        yield port
