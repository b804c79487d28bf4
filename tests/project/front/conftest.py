"""A real front on a real port, before a renderer that does exactly what a test says."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn

from dateline.project.front.app import Front, Limits
from dateline.project.front.protocol import FrontProtocol
from dateline.project.front.renderers import Renderers


class Renderer(socketserver.ThreadingUnixStreamServer):
    """Keeps what it was asked; answers with the functions in `answers`, the last one for ever."""

    daemon_threads = True

    def __init__(self, path):
        super().__init__(str(path), Handler)
        self.asked, self.answers = [], [page("hello")]

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def handle_error(self, *_):
        """A test that cuts a connection means to."""


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            body = self._body(head.lower())
            self.server.asked.append((head, body))
            if self.server.next_answer()(self.connection) == "close":
                return

    def _body(self, head):
        if b"transfer-encoding: chunked" in head:
            body = b""
            while size := int(self.rfile.readline() or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        return self.rfile.read(int(length or 0))


def page(text, *, status="200 OK", headers=""):
    """An answer of known length."""
    body = text.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode()
    return lambda connection: connection.sendall(head + body)


def then_die(data):
    """An answer that stops in the middle."""

    def answer(connection):
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)
        return "close"

    return answer


def wait_until(true, seconds=10.0):
    """Wait for a condition, not for a time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def renderer(tmp_path):
    server = Renderer(tmp_path / "r.sock")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def front_at(tmp_path):
    """Start a front with other limits: `with front_at(body_bytes=10) as port`."""

    @contextmanager
    def start(*, trusted=(), protocol=FrontProtocol, max_connections=None, timeout_s=5.0,
              retry_for_s=0.3, **limits):  # fmt: skip
        listener = socket.create_server(("127.0.0.1", 0))
        app = Front(
            renderers=Renderers(
                socket=str(tmp_path / "r.sock"), timeout_s=timeout_s, retry_for_s=retry_for_s
            ),
            trusted=trusted,
            token=b"secret",
            limits=replace(Limits(), **limits),
        )
        config = uvicorn.Config(
            app, http=protocol, ws="none", loop="uvloop", lifespan="on", access_log=False,
            server_header=False, proxy_headers=False, log_config=None,
            timeout_graceful_shutdown=1, limit_concurrency=max_connections,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
            listener.close()

    return start


@pytest.fixture
def front(front_at, renderer):
    with front_at() as port:
        yield port


@pytest.fixture
def say():
    """Send raw bytes to a port and return everything that comes back until it closes or pauses."""

    def _say(port, data, *, until=b"", seconds=5.0):
        with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
            connection.sendall(data)
            got = b""
            while not (until and until in got):
                try:
                    piece = connection.recv(65536)
                except (TimeoutError, ConnectionResetError):
                    break
                if not piece:
                    break
                got += piece
            return got

    return _say
