"""Providers are asked at the hosts that are set up, and no answer may be endless or lead away."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from dateline.accounts.adapters import fetching
from dateline.accounts.domain.providers import LoginProvider


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://192.0.2.1/",
        "https://user@127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
    ],
)
def test_a_host_that_is_not_set_up_is_not_asked(server, url):
    with pytest.raises(requests.RequestException):
        fetching.ask(url)

    assert server.asked == []


def test_a_json_object_is_an_answer(server):
    server.answer = (200, {}, b'{"a": 1}')

    assert fetching.ask(server.url, params={"b": "c d"}, bearer="token") == {"a": 1}
    ((path, headers),) = server.asked
    assert path == "/?b=c+d"
    assert headers["Authorization"] == "Bearer token"
    assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"[]"),
        (200, {}, b"<p>"),
        (500, {}, b"{}"),
        (200, {}, b" " * (fetching.LARGEST + 1)),
        (302, {"Location": "/elsewhere"}, b"{}"),
    ],
    ids=["a list", "no JSON", "an error", "too large", "a redirect"],
)
def test_anything_else_is_refused(server, answer):
    server.answer = answer

    with pytest.raises(requests.RequestException):
        fetching.ask(server.url)

    assert len(server.asked) == 1


def test_a_proxy_of_the_environment_is_not_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    server.answer = (200, {}, b"{}")

    assert fetching.ask(server.url) == {}


@pytest.fixture
def server(settings):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append((self.path, self.headers))
            status, headers, body = self.server.answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.asked, running.answer = [], (200, {}, b"{}")
        host = f"127.0.0.1:{running.server_port}"
        running.url = f"http://{host}/"
        one = LoginProvider(key="k", label="K", client_id="c", fetched=frozenset({host}))
        settings.DATELINE_LOGIN_PROVIDERS = (one,)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()
