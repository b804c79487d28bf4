"""An origin, a cache in front of it, and a reader: one world for each kind of cache.

Each world has: `tell(path, text, tags)`, what the origin answers from now on; `read(path)`, the
text a reader gets through the cache; `fetches`, how often the origin was asked.
"""

import http.client
import os
import shutil
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dateline.edge import keys, queries
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Verdict, judge
from tests.edge.pages import NOW, a_page, key_of

# Debian keeps it where only root looks.
VARNISHD = shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
VCL = Path(__file__).parents[4] / "deploy/varnish/dateline.vcl"


class Embedded:
    """The store and the counters, asked as the front asks them."""

    address = None

    def __init__(self, directory):
        self.counters = queries.open_counters(directory)
        self.store = queries.open_store(directory, size_mb=16, release="1")
        self.texts, self.fetches = {}, 0

    def tell(self, path, text, tags):
        self.texts[path] = (text, tags)

    def read(self, path):
        page = self.store.get(key_of(path.encode()))
        verdict = Verdict.DEAD
        if page:
            watch = queries.Watch(page.note.hard, page.note.soft)
            verdict = judge(page.held(), self.counters.look(watch), now=NOW)
        if verdict is not Verdict.HIT:
            fresh = self._fetch(path)
            page = page if verdict is Verdict.SOFT else fresh
        return page.bodies["identity"].decode()

    def _fetch(self, path):
        self.fetches += 1
        text, tags = self.texts[path]
        note = PageNote(start=self.counters.sequence(), hard=tuple(tags))
        page = a_page(text, note=note)
        self.store.put(key_of(path.encode()), page)
        return page

    def end(self):
        self.store.close()


class Null(Embedded):
    """No cache in front: every reader asks the origin."""

    address = "null"

    def read(self, path):
        return self._fetch(path).bodies["identity"].decode()


class Origin:
    """A small HTTP server that answers as Dateline does towards an outer cache."""

    def __init__(self):
        self.texts, self.fetches = {}, 0
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                origin.fetches += 1
                text, headers = origin.texts[self.path]
                self.send_response(200)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def end(self):
        self.server.shutdown()
        self.server.server_close()


class Varnish:
    """A real varnishd with the VCL of deploy/, in front of an origin."""

    def __init__(self, directory):
        self.origin = Origin()
        self.directory = directory / "varnish"
        vcl = directory / "test.vcl"
        text = VCL.read_text()
        assert '.port = "8000"' in text
        vcl.write_text(text.replace('.port = "8000"', f'.port = "{self.origin.port}"'))
        self.host = ""
        self.port = _free_port()
        self.address = f"varnish+http://127.0.0.1:{self.port}"
        listen = f"127.0.0.1:{self.port}"
        words = [VARNISHD, "-F", "-n", self.directory, "-a", listen, "-f", vcl]
        words += ["-s", "malloc,32m", "-j", "none", "-p", "thread_pool_min=10"]
        self.log = (directory / "varnishd.log").open("wb")
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log)
        while not self._answers():
            assert self.process.poll() is None, (directory / "varnishd.log").read_text()

    def _answers(self):
        try:
            return self.ask("GET", "/", {"Host": "x"})[0] > 0
        except OSError:
            return False

    @property
    def fetches(self):
        return self.origin.fetches

    def tell(self, path, text, tags, **changes):
        headers = {
            "xkey": " ".join(keys.wire_tags(tags)),
            "Cache-Control": "public, s-maxage=600, stale-while-revalidate=600",
        }
        self.origin.texts[path] = (text, headers | changes)

    def read(self, path):
        return self.ask("GET", path, {"Host": self.host})[1]

    def ask(self, method, path, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()
        self.origin.end()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
