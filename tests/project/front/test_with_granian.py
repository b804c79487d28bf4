"""The front before real Granian processes: what Django is told about the reader is true."""

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.project import processes
from tests.project.conftest import all_gone, children_of, environment_of, wait_until

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.stack


def test_django_knows_the_reader_and_nothing_it_must_not(granian, front_at):
    """One start of Granian for many questions."""
    with front_at(retry_for_s=60, timeout_s=60) as port:
        tells_who_asks(port)
        spoofs_nothing(port)
        keeps_secrets_out_of_requests(port)
        keeps_addresses_as_they_were(port)
        hands_bodies_on(port)
        streams(port)
        asks_again_when_a_renderer_dies(port)
    workers = children_of(granian.pid)
    assert len(workers) == 1
    granian.kill()
    all_gone(workers)


def tells_who_asks(port):
    meta = ask(port, "/", host="Post.localhost:8000")[1]["meta"]

    assert (meta["REMOTE_ADDR"], meta["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert (meta["SERVER_NAME"], meta["SERVER_PORT"]) == ("Post.localhost", "8000")
    assert meta["HTTP_HOST"] == "Post.localhost:8000"


def spoofs_nothing(port):
    meta = ask(
        port, "/",
        **{"X-Forwarded-For": "6.6.6.6", "X-Dateline-Client": "6.6.6.6", "X_Dateline_Client": "6.6.6.6",
           "Forwarded": "for=6.6.6.6", "X-Dateline-Token": "guess", "X-Real-Ip": "6.6.6.6",
           "X-Forwarded-Proto": "https", "Proxy": "http://evil.test"},
    )[1]["meta"]  # fmt: skip

    assert meta["REMOTE_ADDR"] == "127.0.0.1"
    assert "6.6.6.6" not in json.dumps(meta)
    assert "evil" not in json.dumps(meta)


def keeps_secrets_out_of_requests(port):
    meta = ask(port, "/")[1]["meta"]

    assert not [name for name in meta if "DATELINE" in name]
    assert "not-a-header" not in meta.values()
    assert "secret" not in meta.values()


def keeps_addresses_as_they_were(port):
    told = ask(port, "/%E6%97%A5%E6%9C%AC/a%20b?q=%2F&page=2")[1]

    assert told["path"] == "/日本/a b"
    assert told["meta"]["QUERY_STRING"] == "q=%2F&page=2"
    assert ask(port, "/a%2fb")[0].status == 400


def hands_bodies_on(port):
    assert ask(port, "/", body=b"x" * 200_000)[1]["length"] == 200_000
    assert ask(port, "/", body=(b"abc", b"de"))[1]["length"] == 5


def streams(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/stream", headers={"Host": "a"})
    assert connection.getresponse().read() == b"piece " * 5
    connection.close()


def asks_again_when_a_renderer_dies(port):
    response, told = ask(port, "/die-once")

    assert response.status == 200
    assert told["pid"]


def ask(port, path, *, host="a", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        method = "POST" if body else "GET"
        connection.request(method, path, body, {"Host": host, **headers})
        response = connection.getresponse()
        text = response.read()
        return response, json.loads(text) if text.startswith(b"{") else text
    finally:
        connection.close()


@pytest.fixture
def granian(tmp_path):
    environment = environment_of(tmp_path / "var") | {
        "DJANGO_SETTINGS_MODULE": "tests.project.front.echo",
        "PYTHONPATH": str(ROOT),
        "HTTP_X_TRICK": "not-a-header",
        "MARKER": str(tmp_path / "died"),
        processes.PARENT: str(os.getpid()),
        processes.TOKEN: "secret",
        processes.SOCKET: str(tmp_path / "r.sock"),
    }
    process = subprocess.Popen([sys.executable, "-m", "dateline.project.renderer"], env=environment)
    wait_until((tmp_path / "r.sock").exists)
    yield process
    process.terminate()
    process.wait(30)
