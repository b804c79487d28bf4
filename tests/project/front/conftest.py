"""A real front on a real port, before a renderer that does exactly what a test says."""

import http.client
import socket
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn

from dateline.edge import queries
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Mode
from dateline.project import processes
from dateline.project.front.app import Front
from dateline.project.front.body import Limits
from dateline.project.front.fill import Fills
from dateline.project.front.hits import Hits
from dateline.project.front.protocol import FrontProtocol
from dateline.project.front.renderers import Renderers
from tests.project.conftest import environment_of


class Renderer(socketserver.ThreadingUnixStreamServer):
    """Keeps what it was asked; answers with the functions in `answers`, the last one for ever."""

    daemon_threads = True

    def __init__(self, path):
        super().__init__(str(path), Handler)
        self.asked, self.answers, self.lines = [], [page("hello")], []
        self.now = threading.local()  # .head: what this connection has just asked

    def fills(self):
        """The heads of canonical requests so far."""
        return [head for head, _ in self.asked if b"x-dateline-fill: 1" in head]

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def handle_error(self, *_):
        """A test that cuts a connection means to."""


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.lines.append(self.connection)
        while True:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            body = self._body(head.lower())
            self.server.asked.append((head, body))
            self.server.now.head = head
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


def wait_until(true, seconds=60.0):
    """Wait for a condition, not for a time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


class Edge:
    """The files of one page cache, and the clock that its fronts read."""

    def __init__(self, directory):
        self.directory = directory
        self.counters = queries.open_counters(directory)
        self.ahead_s = 0.0

    def clock(self):
        return time.time() + self.ahead_s

    def purge(self, *tags, mode=Mode.HARD):
        return self.counters.purge(tags, mode)

    def note(self, *, hard=("s:1",), **fields):
        return PageNote(start=self.counters.sequence(), hard=tuple(hard), **fields).to_json()

    def page(self, text="<p>story", *, status="200 OK", headers="", **note):
        """A shared page as a renderer answers a fill: noted at the moment it is asked."""
        head = "" if "ontent-" in headers else "Content-Type: text/html; charset=utf-8\r\n"

        def answer(connection):
            told = f"X-Dateline-Edge: {self.note(**note)}\r\n"
            page(text, status=status, headers=head + headers + told)(connection)

        return answer

    def fills(self, renderers, **options):
        """What a front needs to answer from this cache."""
        hits = Hits(
            self.directory,
            queries.open_counters(self.directory),
            clock=self.clock,
            **{name: options.pop(name) for name in HITS & options.keys()},
        )
        store = queries.open_store(self.directory, size_mb=16, release="test")
        return Fills(hits, store, renderers, b"secret", "https", **options)


HITS = {"trusted", "limit_bytes", "tells_outer", "access"}
PASS = page("", status="204 No Content", headers="X-Dateline-Edge: pass\r\n")


def ask(port, path="/", *, method="GET", host="post.localhost", body=None, **headers):
    """One request; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, {"Host": host, **fields})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.fixture
def renderer(tmp_path):
    server = Renderer(tmp_path / "r.sock")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")
def leaving():
    """Threads of fronts that were told to end. Each takes a moment; nobody waits until the last."""
    threads = []
    yield threads
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


@pytest.fixture
def front_at(tmp_path, leaving):
    """Start a front with other limits: `with front_at(body_bytes=10) as port`."""

    @contextmanager
    def start(*, trusted=(), protocol=FrontProtocol, max_connections=None, timeout_s=30.0,
              retry_for_s=0.3, edge=None, fills=None, address_connections=512, collector=None,
              teller=None, **limits):  # fmt: skip
        listener = socket.create_server(("127.0.0.1", 0))
        renderers = Renderers(
            socket=str(tmp_path / "r.sock"), timeout_s=timeout_s, retry_for_s=retry_for_s
        )
        app = Front(
            renderers=renderers,
            trusted=trusted,
            token=b"secret",
            limits=replace(Limits(), **limits),
            fills=edge.fills(renderers, trusted=trusted, **(fills or {})) if edge else None,
            address_connections=address_connections,
            collector=collector,
            teller=teller,
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
            leaving.append(thread)
            if app.fills:
                thread.join()
                app.fills.store.close()

    return start


@pytest.fixture
def front(front_at, renderer):
    with front_at() as port:
        yield port


class Process:
    """One front as the supervisor starts it."""

    def __init__(self, port, process):
        self.port, self.process = port, process


@pytest.fixture
def front_process(tmp_path):
    """Start `python -m dateline.project.front` on the files of this test."""

    @contextmanager
    def start(**settings):
        run_dir = tmp_path / "run"
        run_dir.mkdir(exist_ok=True)
        if not (run_dir / processes.SOCKET_NAME).is_symlink():
            (run_dir / processes.SOCKET_NAME).symlink_to(tmp_path / "r.sock")
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        environment = environment_of(
            tmp_path, PORT=port, EDGE_MB=16, ACCESS_LOG=tmp_path / "access.log", **settings
        ) | {
            processes.RUN_DIR: str(run_dir),
            processes.TOKEN: "secret",
            processes.LISTEN_FD: str(listener.fileno()),
        }  # fmt: skip
        command = [sys.executable, "-m", "dateline.project.front"]
        process = subprocess.Popen(command, env=environment, pass_fds=(listener.fileno(),))
        try:
            wait_until(lambda: ask(port, "/livez")[0].status == 200)
            yield Process(port, process)
        finally:
            process.terminate()
            process.wait(20)
            listener.close()

    return start


@pytest.fixture
def edge(tmp_path):
    return Edge(tmp_path / "edge")


@pytest.fixture
def cached(front_at, renderer, edge):
    """A front with a page cache, before a renderer that answers with one shared page."""
    renderer.answers = [edge.page()]
    with front_at(edge=edge) as port:
        yield port


@pytest.fixture
def say():
    """Send raw bytes to a port and return everything that comes back until it closes or pauses."""

    def _say(port, data, *, until=b"", seconds=60.0):
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
