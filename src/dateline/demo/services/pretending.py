"""Serve the pretend provider on this machine: pages to agree on, and what apps ask for."""

import base64
import json
import socket
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dateline import clock
from dateline.demo.domain.pretend import KINDS, Pretend, Refused, path_kind

LARGEST_FORM = 64 * 1024
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,">
<style>body{{font:1rem/1.5 system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1rem;margin:.25rem 0;min-block-size:44px}}
.note{{border:2px solid #8a4b00;padding:.75rem 1rem}}</style></head>
<body><main><h1>{title}</h1>
<p class="note"><strong>This is not {label}.</strong> It is a pretend provider that belongs to the
demo and runs on this machine. Nothing leaves it, and nobody is asked for a password.</p>
{body}</main></body></html>"""
SCREENS = ("dialog/oauth", "authorize")


class PretendServer(ThreadingHTTPServer):
    """A pretend provider behind a socket that is open already."""

    daemon_threads = True

    def __init__(self, listener: socket.socket, pretend: Pretend) -> None:
        super().__init__(listener.getsockname(), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.pretend = pretend

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PretendServer
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        """Pages, discovery, keys, who somebody is."""
        kind, what = path_kind(self.path)
        query = dict(parse_qsl(urlsplit(self.path).query))
        self._answer(kind, what, query, {})

    def do_POST(self) -> None:
        """What a person agreed to, and codes to swap."""
        kind, what = path_kind(self.path)
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST_FORM)
        form = dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace")))
        self._answer(kind, what, dict(parse_qsl(urlsplit(self.path).query)), form)

    def _answer(self, kind: str, what: str, query: dict[str, str], form: dict[str, str]) -> None:
        try:
            if kind in KINDS and what in SCREENS and self.command == "POST":
                self._decided(kind, query, form)
            elif kind in KINDS and what in SCREENS:
                self._ask(kind, query)
            else:
                self._json(self._told(kind, what, query, form))
        except Refused as refusal:
            self._json({"error": str(refusal)}, HTTPStatus.BAD_REQUEST)

    def _told(
        self, kind: str, what: str, query: dict[str, str], form: dict[str, str]
    ) -> dict[str, Any]:
        pretend = self.server.pretend
        if what in {"oauth/access_token", "token"} and self.command == "POST":
            return pretend.swap(kind, form | self._in_header(), at=clock.now())
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if what == "me":
            return pretend.me(token, query.get("appsecret_proof", ""))
        if what == "userinfo":
            return pretend.userinfo(token)
        if what in {"keys", "auth/keys"}:
            return pretend.key_set()
        if what == ".well-known/openid-configuration":
            return pretend.discovery(kind)
        raise Refused("there is nothing here")

    def _in_header(self) -> dict[str, str]:
        """The app's name and secret, where it sends them so (client_secret_basic)."""
        scheme, _, text = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return {}
        name, _, secret = base64.b64decode(text).decode().partition(":")
        return {"client_id": name, "client_secret": secret}

    def _ask(self, kind: str, query: dict[str, str]) -> None:
        """Show who one may be."""
        self.server.pretend.asked(kind, query)
        label = kind.capitalize()
        buttons = "".join(
            f'<p><button name="as" value="{escape(one.uid)}">Go on as {escape(one.name)}</button> '
            f"{escape(one.email) or 'no e-mail address'}</p>"
            for one in self.server.pretend.people
        )
        body = (
            f'<p>A site asks who you are. Choose somebody:</p><form method="post">{buttons}'
            '<p><button name="as" value="">Cancel</button></p></form>'
        )
        self._page(f"Pretend {label}", label, body)

    def _decided(self, kind: str, query: dict[str, str], form: dict[str, str]) -> None:
        told = {"state": query.get("state", "")}
        try:
            told["code"] = self.server.pretend.agree(
                kind, query, form.get("as", ""), at=clock.now()
            )
        except Refused as refusal:
            if str(refusal) != "access_denied":
                raise
            told["error"] = "access_denied"
        home = query["redirect_uri"]  # `agree` has looked at it
        if kind != "apple":
            self._send(HTTPStatus.SEE_OTHER, b"", {"Location": f"{home}?{urlencode(told)}"})
            return
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in told.items()
        )
        body = (
            f'<form method="post" action="{escape(home)}">{fields}<button>Go back</button></form>'
        )
        self._page("Pretend Apple", "Apple", body)

    def _page(self, title: str, label: str, body: str) -> None:
        page = PAGE.format(title=escape(title), label=escape(label), body=body).encode()
        kind = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        self._send(HTTPStatus.OK, page, kind)

    def _json(self, told: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: codes and tokens stand in the lines."""
