"""WSGI behind the front: only it may ask, and only it says who the reader is."""

import io

import pytest

from dateline.project.behind_front import BehindFront


def ask(given="right", **headers):
    seen, started = {}, []

    def application(environ, start_response):
        seen.update(environ)
        start_response("200 OK", [])
        return [b"ok"]

    environ = {
        "REMOTE_ADDR": "", "SERVER_NAME": "/run/x.sock", "SERVER_PORT": "",
        "wsgi.url_scheme": "http", "HTTP_HOST": "post.test:8000",
        "HTTP_X_DATELINE_TOKEN": given, "HTTP_X_DATELINE_CLIENT": "192.0.2.1",
        "HTTP_X_DATELINE_SCHEME": "https", **headers,
    }  # fmt: skip
    body = BehindFront(application, "right")(environ, lambda status, _h: started.append(status))
    return started[0], b"".join(body), seen


def test_the_reader_and_the_server_have_their_true_names():
    status, body, seen = ask()

    assert (status, body) == ("200 OK", b"ok")
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("192.0.2.1", "https")
    assert (seen["SERVER_NAME"], seen["SERVER_PORT"]) == ("post.test", "8000")
    assert not [name for name in seen if "X_DATELINE" in name]


@pytest.mark.parametrize(("host", "name", "port"), [("a.test", "a.test", "443"),
                                                    ("[::1]", "[::1]", "443"),
                                                    ("[::1]:80", "[::1]", "80")])  # fmt: skip
def test_a_host_without_port_has_the_usual_one(host, name, port):
    _, _, seen = ask(HTTP_HOST=host)

    assert (seen["SERVER_NAME"], seen["SERVER_PORT"]) == (name, port)


def test_a_form_that_came_in_chunks_gets_a_length():
    sent = {"wsgi.input": io.BytesIO(b"a=1&b=2"), "HTTP_TRANSFER_ENCODING": "chunked"}

    _, _, seen = ask(**sent)

    assert seen["CONTENT_LENGTH"] == "7"
    with seen["wsgi.input"] as body:
        assert body.read() == b"a=1&b=2"
    assert "HTTP_TRANSFER_ENCODING" not in seen


@pytest.mark.parametrize("token", ["wrong", "", "r\xefght"])
def test_nobody_else_is_answered(token):
    status, body, seen = ask(token)

    assert status == "403 Forbidden"
    assert (body, seen) == (b"Only the front may ask here.\n", {})
