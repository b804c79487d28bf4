"""An origin, a cache in front of it, and a reader: one world for each kind of cache.

Each world has: `tell(path, text, tags)`, what the origin answers from now on; `read(path)`, the
text a reader gets through the cache; `fetches`, how often the origin was asked.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dateline.edge import keys, queries
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Verdict, judge
from tests.edge.pages import NOW, a_page, key_of
from tests.varnishd import Varnishd


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
        self.texts, self.fetches, self.heard = {}, 0, None
        self.during = []  # what happens while the next answers are on their way, one by one
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                origin.fetches += 1
                origin.heard = self.headers
                text, headers = origin.texts[self.path]
                if origin.during:
                    origin.during.pop(0)()
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

    def __init__(self, directory, **changes):
        self.origin = Origin()
        self.server = Varnishd(directory, self.origin.port, **changes)
        self.host = "t.test"
        self.address = self.server.address

    @property
    def fetches(self):
        return self.origin.fetches

    @property
    def heard(self):
        """The head of the newest request that reached the origin."""
        return self.origin.heard

    def tell(self, path, text, tags, **changes):
        headers = {
            "xkey": " ".join(keys.wire_tags(tags)),
            "Cache-Control": "no-cache",
            "Surrogate-Control": "max-age=600, stale-while-revalidate=60, stale-if-error=600",
        }
        self.origin.texts[path] = (text, headers | changes)

    def read(self, path):
        return self.ask("GET", path, {"Host": self.host})[1]

    def purge(self, kind, *tags):
        """Purge by hand: `kind` is the name of the header."""
        named = {"Host": "purge", kind: " ".join(keys.wire_purge(tags))}
        assert self.ask("PURGE", "/", named)[0] == 200

    def ask(self, method, path, headers, **options):
        answer, body = self.server.ask(method, path, headers, **options)
        return answer.status, body.decode(), dict(answer.getheaders())

    def end(self):
        self.server.end()
        self.origin.end()
