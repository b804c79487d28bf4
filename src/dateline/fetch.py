"""Which addresses outside may be spoken to, where a stranger names the host; and how."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult

PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(OSError):
    """A name leads to this network or machine, or nowhere."""


class NotFound(NotPublic):
    """A name leads nowhere."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inside:
            return is_public(str(inside))
    return ip.is_global and not ip.is_multicast


def address_of(host: str, port: int, *, private_allowed: bool = False) -> str:
    """Look a name up once, and return the one address to speak to.

    Every address of the name must be public, so that no second look finds another.

    Raises:
        NotPublic: one of them is not, or there is none.

    """
    if private_allowed and host.endswith(".localhost"):
        return "127.0.0.1"  # RFC 6761, 6.3; not every resolver knows
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotFound(f"The address of {host} cannot be found.") from error
    addresses = [str(one[4][0]) for one in found]
    if not private_allowed and not all(map(is_public, addresses)):
        raise NotPublic(f"{host} is no public address.")
    return addresses[0]


class Pinned(http.client.HTTPConnection):
    """A connection to one address, for the host that the certificate must name."""

    opened: Callable[[socket.socket], None] | None = None  # is told each line before it speaks

    def __init__(self, host: str, port: int, address: str, *, tls: bool, limit_s: float) -> None:
        self.default_port = PORTS["https" if tls else "http"]
        super().__init__(host, port, timeout=limit_s)
        self._address = address
        self._tls = ssl.create_default_context() if tls else None

    def connect(self) -> None:
        """Speak to the address that was looked at, and to no other."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self.opened:
            self.opened(self.sock)
        if self._tls:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def connection_to(url: SplitResult, *, limit_s: float, private_allowed: bool = False) -> Pinned:
    """Return a connection for `url`, http or https; nothing is sent yet, and no proxy is asked.

    `limit_s` is for each step of the talk.

    Raises:
        NotPublic: its host leads to this network, or nowhere.

    """
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    address = address_of(host, port, private_allowed=private_allowed)
    return Pinned(host, port, address, tls=url.scheme == "https", limit_s=limit_s)


def target_of(url: SplitResult) -> str:
    """Return what stands in the first line of a request: the path and the query."""
    return (url.path or "/") + (f"?{url.query}" if url.query else "")
