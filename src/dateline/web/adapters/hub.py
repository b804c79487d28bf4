"""Tell a WebSub hub which feeds changed: one request, to an address that was looked at first."""

import http.client
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

from dateline.fetch import address_of

LIMIT_S = 10.0
PORTS = {"http": 80, "https": 443}


class HubSilent(OSError):
    """The hub took no word of it; the outbox tries again."""


def tell(hub: str, urls: Sequence[str], *, private_allowed: bool) -> None:
    """Publish that these feeds changed (WebSub, 7; the form every hub takes: `hub.mode=publish`).

    No redirect is followed and no proxy asked. With `private_allowed` the hub may be of this
    network.

    Raises:
        HubSilent: it cannot be reached, is no public address, or answers anything but 2xx.

    """
    parts = urlsplit(hub)
    body = urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)]).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Dateline"}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        port = parts.port or PORTS[parts.scheme]
        address = address_of(parts.hostname or "", port, private_allowed=private_allowed)
        connection = _Pinned(parts.hostname or "", port, address, tls=parts.scheme == "https")
        try:
            connection.request("POST", path, body, headers)
            with connection.getresponse() as response:
                status = response.status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise HubSilent(f"{hub}: {error}") from error
    if status // 100 != http.client.OK // 100:
        raise HubSilent(f"{hub}: it answered with status {status}.")


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, for the host that the certificate must name."""

    def __init__(self, host: str, port: int, address: str, *, tls: bool) -> None:
        self.default_port = PORTS["https" if tls else "http"]
        super().__init__(host, port, timeout=LIMIT_S)
        self._address = address
        self._tls = ssl.create_default_context() if tls else None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
