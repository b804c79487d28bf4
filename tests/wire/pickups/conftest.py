"""What tests of pick-ups need: places on this machine, and a server that answers as it is told.

Fixtures:
  web      a web server; `web.answers[path]` is an Answer or a list of them, `web.asked` the heads
  pickup   pickup(kind, address, secret="", **fields): a stored place of the provider `kna`
"""

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.wire import models
from dateline.wire.services import pickups
from tests.wire.conftest import NOON


@dataclass
class Answer:
    """What the web server says: a status, fields, and the body or what else to do."""

    body: bytes = b""
    status: int = 200
    fields: dict = field(default_factory=dict)


class Web(ThreadingHTTPServer):
    """Answers by path, the last answer for ever; remembers the head of each request."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = defaultdict(lambda: [Answer(status=404)]), []

    def at(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.server_port}{path}"

    def say(self, path, *answers):
        self.answers[path] = list(answers)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        waiting = self.server.answers[self.path]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.fields}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_):
        """Nothing: the tests look at what was asked."""


@pytest.fixture
def web():
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pickup(kna, settings):
    settings.DATELINE_WIRE_PRIVATE = True

    def make(kind, address, *, secret="", at=NOON, **fields):
        row = models.Pickup(provider=kna, kind=kind, address=address, **fields)
        pickups.save_pickup(row, secret=secret, by="Ana", at=at)
        return row

    return make
