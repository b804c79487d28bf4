"""Opens a connection to the next mail server: greeting, TLS (RFC 3207, 8314), log-in (RFC 4954)."""

import base64
import socket
import ssl
from dataclasses import dataclass, field

from dateline.mail.domain.replies import NoReply, Reply, read_replies

READY, LOGGED_IN, MORE = 220, 235, 334


class RouteTrouble(Exception):
    """The next mail server cannot be used now; the text says what it said, or did not."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way by which mail leaves. `name` is how this machine greets; seconds are a step's."""

    host: str
    port: int
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = False
    patience_s: float = 60.0


def opened(route: Route) -> tuple[socket.socket, bool]:
    """Return a connection that is ready for MAIL, and whether it takes pipelining. Blocks.

    Raises:
        RouteTrouble: nobody answers, no TLS where it must be, or the log-in is refused.

    """
    sock: socket.socket | None = None
    try:
        sock = socket.create_connection((route.host, route.port), timeout=route.patience_s)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _greeted(sock, route)
    except (OSError, NoReply, RouteTrouble) as error:
        if sock:
            sock.close()
        raise RouteTrouble(f"{route.host}:{route.port}: {error}") from error


def _greeted(sock: socket.socket, route: Route) -> tuple[socket.socket, bool]:
    if route.tls:
        sock = _in_tls(sock, route)
    talk = _Talk(sock)
    talk.expect(READY)
    offers = _hello(talk, route)
    if route.starttls:
        talk.ask(b"STARTTLS", READY)
        if talk.unread:  # said before TLS, and so by anyone (CVE-2011-0411)
            raise RouteTrouble("The server spoke on after STARTTLS.")
        sock = _in_tls(sock, route)
        talk = _Talk(sock)
        offers = _hello(talk, route)
    if route.user:
        _log_in(talk, route, offers)
    return sock, "PIPELINING" in offers


def _in_tls(sock: socket.socket, route: Route) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(sock, server_hostname=route.host)


def _hello(talk: "_Talk", route: Route) -> list[str]:
    """What the server offers; nothing where it knows only HELO."""
    reply = talk.say(b"EHLO " + route.name.encode("idna"))
    if reply.is_yes:
        return talk.words
    talk.ask(b"HELO " + route.name.encode("idna"), 250)
    return []


def _log_in(talk: "_Talk", route: Route, offers: list[str]) -> None:
    user, password = route.user.encode(), route.password.encode()
    ways = next((words.split()[1:] for words in offers if words.startswith("AUTH ")), [])
    if "PLAIN" in ways:
        both = base64.b64encode(b"\0" + user + b"\0" + password)
        talk.ask(b"AUTH PLAIN " + both, LOGGED_IN)
    elif "LOGIN" in ways:
        talk.ask(b"AUTH LOGIN", MORE)
        talk.ask(base64.b64encode(user), MORE)
        talk.ask(base64.b64encode(password), LOGGED_IN)
    else:
        raise RouteTrouble("The server offers no log-in (PLAIN or LOGIN).")


class _Talk:
    """Question and answer, one after the other."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket, self.unread = sock, b""
        self.words: list[str] = []

    def say(self, line: bytes) -> Reply:
        self.socket.sendall(line + b"\r\n")
        return self._reply()

    def ask(self, line: bytes, code: int) -> None:
        self._check(self.say(line), code)

    def expect(self, code: int) -> None:
        self._check(self._reply(), code)

    def _check(self, reply: Reply, code: int) -> None:
        if reply.code != code:
            raise RouteTrouble(f"The server said: {reply}")

    def _reply(self) -> Reply:
        heard = self.unread
        while True:
            replies, rest = read_replies(heard)
            if replies:
                break
            data = self.socket.recv(4096)
            if not data:
                raise RouteTrouble("The server closed the connection.")
            heard = rest + data
        self.words = [line[4:].strip().upper() for line in heard.decode("latin-1").splitlines()]
        self.unread = rest if len(replies) == 1 else b"more"
        return replies[0]
