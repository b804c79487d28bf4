"""The drawn pages on a port of this machine, with the sheets and scripts they name, for a browser."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from tests import axe

PAGES, STATIC, AXE = "/drawn/", "/static/", "/axe.js"
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path d="M0 0h3v2H0z"/></svg>'  # for every picture
KEPT = "max-age=600"


@contextmanager
def served(drawn):
    """A function from a page to its address, good until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):  # as the standard library calls it
            status, kind, body = _answer(drawn, self.headers["Host"], self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", KEPT)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nobody reads a log of this."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        port = server.server_address[1]
        yield lambda page: f"http://{page.host}:{port}{PAGES}{page.name}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(drawn, host, target):
    """Status, type and body: of a page whatever it answered, or the browser would note it."""
    path = urlsplit(target).path
    if path.startswith(PAGES):
        return 200, "text/html; charset=utf-8", drawn.pages[path.removeprefix(PAGES)].body
    if path == AXE:
        return 200, "text/javascript", axe.AXE.read_bytes()
    if path.startswith(STATIC):
        found = finders.find(path.removeprefix(STATIC))
        kind = guess_type(path)[0] or "application/octet-stream"
        return (200, kind, Path(found).read_bytes()) if found else (404, kind, b"")
    if path.endswith("look.css"):
        return 200, "text/css", drawn.looks[host.partition(":")[0], path]
    if path.startswith("/media/") or path.endswith(".svg"):
        return 200, "image/svg+xml", DOT
    return 404, "text/plain", b""
