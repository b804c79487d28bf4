"""What may stand in the head of a request, and what is passed on: plain functions over bytes.

The front reads a request once and rebuilds it, so that no byte a client wrote is read in two ways.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import unquote_to_bytes

Header = tuple[bytes, bytes]
Networks = Sequence[IPv4Network | IPv6Network]

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Each of these reaches WSGI decoded, so that two different addresses would become one page.
ENCODED_TRAPS = re.compile(rb"%(?:2f|5c|00|3b|0a|0d)", re.IGNORECASE)
PLAIN_TRAPS = re.compile(rb"[;\\\x00-\x20\x7f]|\.\.")
HOST = re.compile(rb"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")

HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"expect",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
# A client may not say who it is, nor which page it "really" means.
SPOOFABLE = frozenset(
    {
        b"client-ip",
        b"cf-connecting-ip",
        b"fastly-client-ip",
        b"forwarded",
        b"front-end-https",
        b"proxy",
        b"true-client-ip",
        b"via",
        b"x-client-ip",
        b"x-cluster-client-ip",
        b"x-http-method",
        b"x-http-method-override",
        b"x-method-override",
        b"x-original-host",
        b"x-original-url",
        b"x-real-ip",
        b"x-rewrite-url",
        b"x-sendfile",
        b"x-url-scheme",
    }
)
# Their presence tells that somebody stands between us and the reader.
FORWARDING = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"})
SPOOFABLE_PREFIXES = (b"x-forwarded", b"x-dateline-")

TOKEN_HEADER = b"x-dateline-token"
CLIENT_HEADER = b"x-dateline-client"
SCHEME_HEADER = b"x-dateline-scheme"
FILL_HEADER = b"x-dateline-fill"
NOTE_HEADER = b"x-dateline-edge"  # a renderer's word to the front; nobody else hears it


NOBODY = "192.0.2.0"  # from the block for documentation (RFC 5737): nobody's address


class Refused(Exception):
    """A request that is answered here and never reaches a renderer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: the address that we believe, and `http` or `https` as the reader sees it."""

    address: str
    scheme: str


def check(method: str, raw_path: bytes, headers: Sequence[Header]) -> None:
    r"""Refuse a request whose address or head could be read in two ways.

    Raises:
        Refused: 405 for a method we do not know, 400 for a path with `%2f %5c %00 %3b ; \ ..`,
            a control character, a body under GET, or a missing, doubled or malformed Host.

    """
    if method not in METHODS:
        raise Refused(405, "This method is not known here.")
    if method in {"GET", "HEAD"} and has_body(headers):
        raise Refused(400, "A request to read something has no body.")
    check_path(raw_path)
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 or not HOST.fullmatch(hosts[0]):
        raise Refused(400, "A request needs exactly one well-formed Host.")


def check_path(raw_path: bytes) -> None:
    """Refuse a path that a proxy, a cache and Django might each understand differently."""
    decoded = unquote_to_bytes(raw_path)
    if (
        not raw_path.startswith(b"/")
        or ENCODED_TRAPS.search(raw_path)
        or PLAIN_TRAPS.search(raw_path)
        or b".." in decoded
        or b"\x00" in decoded
    ):
        raise Refused(400, "This address cannot be read in one way only.")
    try:
        decoded.decode()
    except UnicodeDecodeError:
        raise Refused(400, "This address is not UTF-8.") from None


def declared_length(headers: Iterable[Header]) -> int | None:
    """Content-Length in bytes, or None when the body comes in chunks or there is none.

    The parser has already refused a length that is doubled, not a number, or beside chunks.
    """
    for name, value in headers:
        if name == b"content-length":
            return int(value)
    return None


def has_body(headers: Iterable[Header]) -> bool:
    """Whether a body follows the head (RFC 9112, section 6)."""
    names = {name for name, value in headers if value != b"0"}
    return bool(names & {b"content-length", b"transfer-encoding"})


def sender(peer: str, headers: Iterable[Header], trusted: Networks) -> Sender:
    """Decide who asks. X-Forwarded-* is believed only from a declared proxy.

    Of X-Forwarded-For the address is the last one that is not a declared proxy itself: everything
    before it was written by the client.
    """
    if not _is_trusted(peer, trusted):
        return Sender(peer, "http")
    chain = [
        part.strip().decode("latin-1")
        for name, value in headers
        if name == b"x-forwarded-for"
        for part in value.split(b",")
    ]
    protos = [value.strip().lower() for name, value in headers if name == b"x-forwarded-proto"]
    address = peer
    for hop in reversed(chain):
        if not _is_address(hop):
            break
        address = hop
        if not _is_trusted(hop, trusted):
            break
    return Sender(address, "https" if protos[-1:] == [b"https"] else "http")


def passed_on(headers: Sequence[Header], who: Sender, token: bytes) -> list[tuple[str, str]]:
    """Headers for the renderer: the client's without tricks, then our own.

    Names with an underscore are dropped: WSGI would read `X_Dateline_Client` as ours.
    """
    named = _listed_in_connection(headers)
    kept = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in headers
        if name not in HOP_BY_HOP
        and name not in SPOOFABLE
        and name not in named
        and not name.startswith(SPOOFABLE_PREFIXES)
        and b"_" not in name
    ]
    ours = ((TOKEN_HEADER, token.decode()), (CLIENT_HEADER, who.address))
    return [
        *kept,
        *((name.decode(), value) for name, value in ours),
        (SCHEME_HEADER.decode(), who.scheme),
    ]


def canonical(host: bytes, scheme: str, token: bytes) -> list[tuple[str, str]]:
    """Headers of a fill: nothing in them comes from the client but the host it asked for.

    The address is one that belongs to nobody, and the scheme the network's own, so that no view
    can tell who asked, and what is stored is the same whoever did.
    """
    return [
        ("host", host.decode("latin-1")),
        (TOKEN_HEADER.decode(), token.decode()),
        (CLIENT_HEADER.decode(), NOBODY),
        (SCHEME_HEADER.decode(), scheme),
        (FILL_HEADER.decode(), "1"),
    ]


def answered(headers: Iterable[Header], status: int) -> list[Header]:
    """Headers for the client: without what belongs to the hop between us and the renderer.

    204 and 304 lose Content-Length too: no body follows them, and uvicorn waits for one.
    """
    bodiless = status in {204, 304}
    lowered = ((name.lower(), value) for name, value in headers)
    return [
        (name, value)
        for name, value in lowered
        if name not in HOP_BY_HOP
        and name not in {b"server", b"date", NOTE_HEADER}
        and not (bodiless and name == b"content-length")
    ]


def _listed_in_connection(headers: Iterable[Header]) -> set[bytes]:
    return {
        token.strip().lower()
        for name, value in headers
        if name == b"connection"
        for token in value.split(b",")
    } - {b"host", b"content-length", b"content-type", b"cookie"}


def is_loopback(text: str) -> bool:
    """Whether this address is this machine's own."""
    return _is_address(text) and ip_address(text).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(text: str, trusted: Networks) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in trusted)
