"""What is fetched over HTTP: once, from where it belongs, and never what is not an answer."""

import json
import socket
from datetime import timedelta

import pytest

from dateline.wire.adapters.pickups import web as adapter
from dateline.wire.adapters.pickups.patience import Patience
from dateline.wire.domain.pickups import Away, Kind, Place, parts_of
from tests.wire.conftest import NOON
from tests.wire.pickups.conftest import Answer
from tests.wire.pickups.slow import Slow


def place(kind, address, **fields):
    return Place(kind=kind, parts=parts_of(kind, address), private_allowed=True, **fields)


def feed(address, cursor=None, **fields):
    return list(adapter.feed(place(Kind.FEED, address, **fields), cursor or {}))


def pages(address, cursor=None, **fields):
    return list(adapter.pages(place(Kind.PAGES, address, **fields), cursor or {}))


def page(*items, follow=None):
    return Answer(json.dumps({"data": {"items": list(items), "next_page": follow}}).encode())


def test_a_document_is_asked_for_again_with_what_its_server_called_it(web):
    marks = {"ETag": '"a1"', "Last-Modified": "Mon, 23 Nov 2026 11:00:00 GMT"}
    web.say("/news.rss", Answer(b"<rss/>", fields=marks), Answer(status=304))

    [came] = feed(web.at("/news.rss"))

    assert (came.name, came.data) == ("news.rss", b"<rss/>")
    assert feed(web.at("/news.rss"), came.cursor) == []
    asked = web.asked[1][1]
    assert asked["If-None-Match"] == '"a1"'
    assert asked["If-Modified-Since"] == "Mon, 23 Nov 2026 11:00:00 GMT"
    assert not {"If-None-Match", "If-Modified-Since"} & set(web.asked[0][1])


def test_a_document_without_a_path_is_called_by_its_host(web):
    web.say("/?x=1", Answer(b"<rss/>"))

    assert feed(web.at("/?x=1"))[0].name == "127.0.0.1"


def test_a_name_and_a_password_are_told_as_basic(web):
    web.say("/a", Answer(b"x"))
    feed(web.at("/a"), user="kna", secret="s3cret")
    feed(web.at("/a"))

    told, untold = web.asked
    assert told[1]["Authorization"] == "Basic a25hOnMzY3JldA=="
    assert "Authorization" not in untold[1]


def test_a_document_that_moved_is_followed(web):
    web.say("/old", Answer(status=301, fields={"Location": "/new.xml"}))
    web.say("/new.xml", Answer(b"x"))

    assert feed(web.at("/old"), user="kna", secret="s")[0].name == "new.xml"
    assert all("Authorization" in fields for _, fields in web.asked)


def test_another_host_is_not_told_who_we_are(web):
    web.say("/old", Answer(status=302, fields={"Location": web.at("/new", host="localhost")}))
    web.say("/new", Answer(b"x"))

    feed(web.at("/old"), user="kna", secret="s")

    assert [("Authorization" in fields) for _, fields in web.asked] == [True, False]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(status=404), "It answered 404."),
        (Answer(status=410), "gone for good"),
        (Answer(status=401), "does not let us in"),
        (Answer(status=403), "does not let us in"),
        (Answer(status=301, fields={"Location": "file:///etc/passwd"}), "is not fetched"),
        (Answer(status=302, fields={"Location": "/a"}), "more than 5 times"),
        (Answer(status=302, fields={"Location": "http://[::1/"}), "which is no address"),
        (Answer(status=302, fields={"Location": "http://a.example:many/"}), "which is no address"),
        (Answer(status=302), "It answered 302."),
        (Answer(b"short", fields={"Content-Length": "900"}), "broke off in the middle"),
    ],
)
def test_what_is_no_document_is_told_in_a_sentence(web, answer, problem):
    web.say("/a", answer)

    with pytest.raises(Away, match=problem):
        feed(web.at("/a"))


def test_nobody_at_home_is_told(web):
    web.server_close()

    with pytest.raises(Away, match=r"127\.0\.0\.1 could not be asked"):
        feed(web.at("/a"))


def test_this_machine_is_not_asked_where_only_public_addresses_may_be(web):
    here = Place(kind=Kind.FEED, parts=parts_of(Kind.FEED, web.at("/a")))

    with pytest.raises(Away, match="no public address"):
        list(adapter.feed(here, {}))
    assert web.asked == []


def test_a_silent_server_is_given_up(monkeypatch):
    monkeypatch.setattr(adapter, "LIMIT_S", 0.05)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        with pytest.raises(Away, match=r"did not answer within 0\.05 seconds"):
            feed(address)


def test_a_document_that_is_too_large_is_given_up(web, monkeypatch):
    monkeypatch.setattr(adapter, "LARGEST", 2**20)
    web.say("/a", Answer(b"z" * (2**20 + 1)))

    with pytest.raises(Away, match="larger than 1 MB"):
        feed(web.at("/a"))


@pytest.mark.parametrize(
    ("scheme", "begins"),
    [
        ("http", b""),
        ("http", b"HTTP/1.1 200 OK\r\nX-Long: "),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"),
        ("http", b"HTTP/1.1 200 OK\r\n\r\n"),
        ("https", b"\x16\x03\x03\x40\x00"),
    ],
    ids=[
        "no answer",
        "no end of a header",
        "a slow body",
        "no end of the body",
        "no log-in of TLS",
    ],
)
def test_a_server_that_drips_is_given_up_after_a_while(monkeypatch, scheme, begins):
    monkeypatch.setattr(adapter, "LONGEST_S", 0.3)

    with Slow(begins) as slow, pytest.raises(Away, match=r"took longer than 0\.3 seconds"):
        feed(f"{scheme}://127.0.0.1:{slow.port}/a")


def test_what_it_is_sent_on_to_costs_the_same_patience(web, monkeypatch):
    monkeypatch.setattr(adapter, "LONGEST_S", 0.3)

    with Slow(b"HTTP/1.1 200 OK\r\n\r\n") as slow:
        there = {"Location": f"http://127.0.0.1:{slow.port}/"}
        web.say("/a", Answer(status=302, fields=there))
        with pytest.raises(Away, match="took longer than"):
            feed(web.at("/a"))


def test_a_line_that_is_opened_too_late_is_cut_at_once():
    ours, theirs = socket.socketpair()
    patience = Patience(0.01)
    with ours, theirs:
        patience.__enter__()
        assert patience.cut.wait(5)
        patience.hold(ours)
        assert theirs.recv(1) == b""
        with pytest.raises(Away, match="took longer"):
            patience.__exit__(None, None, None)


@pytest.mark.parametrize("options", [{}, {"header": "x-api-key"}, {"header": "not a name"}])
def test_a_secret_that_cannot_be_sent_is_shown_to_nobody(web, options):
    with pytest.raises(Away, match="a header has a sign that none may have") as away:
        pages(web.at("/a"), secret="tok-en\r\nX: y", options=options)

    assert "tok-en" not in f"{away.value}{away.value.__cause__}"
    assert web.asked == []


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 23 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 23 Nov 2026 12:10:00 -0000", timedelta(minutes=10)),
        ("Mon, 23 Nov 2026 11:00:00 GMT", timedelta()),
        ("soon", None),
        ("9999999999", None),
    ],
)
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(web, monkeypatch, said, wait):
    monkeypatch.setattr(adapter.clock, "now", lambda: NOON)
    web.say("/a", Answer(status=503, fields={"Retry-After": said}))

    with pytest.raises(Away) as away:
        feed(web.at("/a"))

    assert away.value.wait == wait


def test_pages_are_followed_until_one_has_no_news(web):
    web.say("/feed?n=1", page("a", "b", follow=web.at("/feed?n=2")))
    web.say("/feed?n=2", page("c", follow="/feed?n=3"))
    web.say("/feed?n=3", page(follow=web.at("/feed?n=4")))

    came = pages(web.at("/feed?n=1"), secret="key", options={"header": "x-api-key"})

    assert [one.data is None for one in came] == [False, False, True]
    assert [one.cursor["next"].rpartition("/")[2] for one in came] == [
        "feed?n=2", "feed?n=3", "feed?n=4",
    ]  # fmt: skip
    assert {fields["x-api-key"] for _, fields in web.asked} == {"key"}


def test_pages_go_on_where_they_were_left(web):
    web.say("/feed?n=3", page())

    came = pages(web.at("/feed?n=1"), {"next": web.at("/feed?n=3")})

    assert [one.cursor for one in came] == [{"next": web.at("/feed?n=3")}]
    assert "Authorization" not in web.asked[0][1]


def test_a_page_that_leads_to_itself_ends_the_visit(web):
    web.say("/feed", page("a", follow=web.at("/feed")))

    assert len(pages(web.at("/feed"), secret="key")) == 1
    assert web.asked[0][1]["Authorization"] == "Bearer key"


def test_pages_in_a_circle_end_the_visit(web):
    web.say("/a", page("a", follow=web.at("/b")))
    web.say("/b", page("b", follow=web.at("/a")))

    came = pages(web.at("/a"))

    assert [path for path, _ in web.asked] == ["/a", "/b"]
    assert came[-1].cursor == {"next": web.at("/a")}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"data": {"next_page": "/b"}}', "data.items of its answer is no list"),
        (b'{"data": {"items": null, "next_page": "/b"}}', "is no list"),
        (b'{"items": [], "next_page": "/b"}', "is no list"),
        (b'{"data": {"items": [1], "next_page": "/b\\u0000"}}', "and not an address"),
        (b'{"data": {"items": [1], "next_page": "/b\\ud800"}}', "and not an address"),
        (b'{"data": {"items": [1], "next_page": "http://[::1/"}}', "which is no address"),
        (b"<html>", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"data": {"items": [1], "next_page": "http://evil.example/feed"}}', "leads to"),
        (b'{"data": {"items": [1], "next_page": 5}}', "is '5', and not an address"),
    ],
)
def test_a_page_that_cannot_be_followed_is_told_in_a_sentence(web, body, problem):
    web.say("/feed", Answer(body))

    with pytest.raises(Away, match=problem):
        pages(web.at("/feed"), secret="key")
