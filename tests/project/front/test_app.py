"""Handing on: both ways, within limits, honest about a renderer that dies."""

import http.client
import socket
import threading
from ipaddress import ip_network

import pytest

from tests.project.front.conftest import page, then_die, wait_until

CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"


def test_a_request_is_rebuilt_and_its_answer_comes_back(front, renderer):
    renderer.answers = [page("<p>日本", headers="Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Y: z\r\n")]

    response, body = ask(front, "/world/%E6%97%A5?page=2&q=a%2fb+c", cookie="session=1")

    assert (response.status, body.decode()) == (200, "<p>日本")
    assert response.headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert response.headers["x-y"] == "z"
    head, _ = renderer.asked[0]
    assert head.startswith(b"GET /world/%E6%97%A5?page=2&q=a%2fb+c HTTP/1.1\r\n")
    lines = set(head.split(b"\r\n"))
    assert {b"host: post.localhost:1", b"cookie: session=1", b"x-dateline-token: secret"} <= lines
    assert {b"x-dateline-client: 127.0.0.1", b"x-dateline-scheme: http"} <= lines
    assert b"user-agent" not in head.lower()


def test_only_a_trusted_proxy_may_name_the_reader(front_at, renderer):
    headers = {"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"}
    with front_at() as port:
        ask(port, "/", **headers)
    with front_at(trusted=(ip_network("127.0.0.0/8"),)) as port:
        ask(port, "/", **headers)

    untrusted, trusted = [head for head, _ in renderer.asked]
    assert b"x-dateline-client: 127.0.0.1\r\nx-dateline-scheme: http\r\n" in untrusted
    assert b"x-dateline-client: 198.51.100.7\r\nx-dateline-scheme: https\r\n" in trusted
    assert b"x-forwarded" not in trusted.lower()


@pytest.mark.parametrize("path", ["/a%2fb", "/a%5Cb", "/a;b", "/../etc", "/%00", "/%ff"])
def test_an_ambiguous_address_never_reaches_a_renderer(front, renderer, path):
    response, body = ask(front, path)

    assert response.status == 400
    assert body.startswith(b"This address")
    assert renderer.asked == []


def test_livez_needs_no_renderer(front_at):
    with front_at() as port:
        response, body = ask(port, "/livez")

    assert (response.status, body) == (200, b"The front is up.\n")


def test_a_head_has_no_body(front, renderer):
    renderer.answers = [lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 7000\r\n\r\n")]

    response, body = ask(front, "/", method="HEAD")

    assert (response.status, response.headers["content-length"], body) == (200, "7000", b"")


def test_not_modified_passes(front, renderer):
    renderer.answers = [
        lambda c: c.sendall(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 9\r\n\r\n')
    ]

    response, body = ask(front, "/")

    assert (response.status, response.headers["etag"], body) == (304, '"x"', b"")


def test_a_large_answer_streams(front, renderer):
    size = 3 * 1024 * 1024

    def answer(connection):
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
        connection.sendall(b"x" * size)

    renderer.answers = [answer]

    response, body = ask(front, "/big")

    assert (response.headers["content-length"], len(body)) == (str(size), size)


def test_an_answer_of_unknown_length_comes_in_chunks(front, renderer):
    renderer.answers = [chunked]

    response, body = ask(front, "/")

    assert (response.headers["transfer-encoding"], body) == ("chunked", b"abcdef")


def test_http_1_0_gets_a_length_instead_of_chunks(front, renderer, say):
    renderer.answers = [chunked]

    answer = say(front, b"GET / HTTP/1.0\r\nHost: a\r\n\r\n")

    assert b"content-length: 6\r\n" in answer
    assert b"transfer-encoding" not in answer
    assert answer.endswith(b"\r\n\r\nabcdef")


def test_a_body_streams_to_the_renderer(front, renderer):
    sent = b"y" * 300_000

    ask(front, "/", method="POST", body=sent)
    ask(front, "/", method="POST", body=(sent[:7], sent[7:]))

    (with_length, first), (in_chunks, second) = renderer.asked
    assert b"content-length: 300000" in with_length.lower()
    assert b"transfer-encoding: chunked" in in_chunks.lower()
    assert first == second == sent


def test_a_form_without_body_passes(front, renderer):
    response, _ = ask(front, "/", method="POST", body=b"")

    assert response.status == 200
    assert renderer.asked[0][1] == b""


@pytest.mark.parametrize("body", [b"z" * 2000, (b"z" * 1500, b"z" * 500)])
def test_a_body_that_is_too_large_is_refused(front_at, renderer, body):
    with front_at(body_bytes=1000) as port:
        response, text = ask(port, "/", method="POST", body=body)

    assert response.status == 413
    assert b"larger than" in text
    assert response.headers["connection"] == "close"


def test_whoever_is_refused_while_still_sending_reads_why(front_at, renderer):
    """A connection closed with bytes unread is reset, and takes the answer with it."""
    with front_at(body_bytes=1000) as port:
        response, text = ask(port, "/", method="POST", body=b"z" * 20_000_000)

    assert response.status == 413
    assert b"larger than" in text


def test_whoever_never_ends_sending_is_cut(front_at, renderer):
    with (
        front_at(body_bytes=1000, linger_s=0.1) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as connection,
    ):
        head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            _send_for_ever(connection, head, b"3e8\r\n" + b"z" * 1000 + b"\r\n")


def _send_for_ever(connection, head, piece):
    connection.sendall(head)
    while True:
        connection.sendall(piece)


def test_a_body_that_stops_arriving_is_given_up(front_at, renderer, say):
    with front_at(body_pause_s=0.1) as port:
        answer = say(port, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"took too long to arrive" in answer


def test_a_client_that_leaves_in_its_body_leaves_no_error(front, renderer, say):
    with socket.create_connection(("127.0.0.1", front)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")

    assert ask(front, "/")[0].status == 200


def test_an_answer_before_the_end_of_the_body_closes_the_connection(
    front_at, renderer, say, monkeypatch
):
    renderer.answers = [page("no need for it all")]
    monkeypatch.setattr(renderer.RequestHandlerClass, "_body", lambda *_: b"")
    with front_at() as port:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n"
        answer = say(port, head + b"abc", until=b"no need for it all")

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"connection: close\r\n" in answer


def test_an_answer_that_breaks_for_an_old_client_is_told_honestly(front, renderer, say):
    renderer.answers = [then_die(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc")]

    assert say(front, b"GET / HTTP/1.0\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 502 ")


def test_a_get_whose_renderer_dies_is_asked_again(front, renderer):
    renderer.answers = [then_die(b""), page("back")]

    response, body = ask(front, "/")

    assert (response.status, body) == (200, b"back")


def test_a_get_whose_renderer_dies_in_the_middle_is_asked_again(front, renderer):
    renderer.answers = [then_die(CUT), page("back")]

    response, body = ask(front, "/")

    assert (response.status, body) == (200, b"back")


@pytest.mark.parametrize("cut", [b"", CUT, b"nonsense\r\n\r\n"])
def test_a_renderer_that_goes_on_dying_is_told_honestly(front, renderer, cut):
    renderer.answers = [then_die(cut)]

    response, body = ask(front, "/")

    assert response.status == 502
    assert body.startswith(b"The renderer stopped")


@pytest.mark.parametrize("cut", [b"", CUT])
def test_a_form_is_never_sent_twice(front, renderer, cut):
    renderer.answers = [then_die(cut), page("twice")]

    response, _ = ask(front, "/", method="POST", body=b"a=1")

    assert response.status == 502
    assert len(renderer.asked) == 1


def test_a_stream_that_breaks_is_visibly_cut(front, renderer):
    renderer.answers = [
        then_die(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
    ]

    with pytest.raises(http.client.IncompleteRead):
        ask(front, "/")


def test_with_no_renderer_a_request_waits_then_is_told(front_at):
    with front_at(retry_for_s=0.2) as port:
        response, body = ask(port, "/")

    assert (response.status, body) == (502, b"No renderer answers. Please try again shortly.\n")


def test_a_renderer_that_comes_back_serves_those_who_waited(front_at, request):
    with front_at(retry_for_s=10) as port:
        answer = []
        waiting = threading.Thread(target=lambda: answer.append(ask(port, "/", method="POST")))
        waiting.start()
        request.getfixturevalue("renderer")
        waiting.join()

    assert answer[0][0].status == 200


def test_a_page_that_takes_too_long_is_given_up(front_at, renderer):
    stop = threading.Event()
    renderer.answers = [lambda _: stop.wait(5)]
    with front_at(timeout_s=0.2) as port:
        response, body = ask(port, "/slow")
    stop.set()

    assert (response.status, body) == (504, b"This page took too long. Please try again.\n")


def test_a_reader_who_stops_reading_is_let_go(front_at, renderer):
    gone = threading.Event()

    def endless(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        except OSError:
            gone.set()
            return "close"

    renderer.answers = [endless]
    with front_at(reader_pause_s=0.2) as port:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        wait_until(gone.is_set)
        connection.close()


def test_expect_continue_is_answered_by_the_front(front, renderer, say):
    answer = say(
        front,
        b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
        b"Connection: close\r\n\r\nabc",
    )

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert b"expect" not in renderer.asked[0][0].lower()


def test_pipelined_requests_are_answered_in_order(front, renderer, say):
    renderer.answers = [page("one"), page("two")]

    answer = say(
        front,
        b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )

    assert answer.index(b"one") < answer.index(b"two")


def test_an_upgrade_is_passed_on_harmlessly(front, renderer, say):
    say(
        front,
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n",
        until=b"hello",
    )

    assert b"upgrade" not in renderer.asked[0][0].lower()


def chunked(connection):
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"
    )


def ask(port, path, *, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Host": "post.localhost:1", **headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_clients_that_leave_before_the_answer_fill_no_log(front, renderer, caplog):
    held = threading.Event()
    renderer.answers = [lambda connection: (held.wait(5), page("late")(connection))]
    for path in (b"/", b"/", b"/a%2fb"):
        with socket.create_connection(("127.0.0.1", front)) as connection:
            connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    wait_until(lambda: len(renderer.asked) == 2)
    held.set()
    renderer.answers = [page("still here")]

    assert ask(front, "/")[1] in {b"still here", b"late"}
    assert "Exception in ASGI application" not in caplog.text
