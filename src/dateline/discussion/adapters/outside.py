"""Ask an operator's own service about a comment: signed, once, within a time limit."""

import http.client
import json
import socket
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from dateline.discussion.domain.outside import OutsideSilent, Said, Service, read, signature
from dateline.fetch import is_public

LARGEST = 64 * 1024  # bytes of an answer
AT_ONCE = 16
PORTS = {"http": 80, "https": 443}


def ask(service: Service, questions: list[dict[str, Any]], *, at: datetime) -> list[Said | str]:
    """What the service says to each question; where it says nothing that counts, why not.

    At most AT_ONCE are asked together, and all of it takes about `service.limit_s` seconds, however
    slowly names are found or answers drip. No redirect is followed, no proxy asked. `at` is aware
    UTC and is signed with each body.
    """
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="outside")
    asked = [pool.submit(_ask, service, question, at) for question in questions]
    found = [_answer(one, service.limit_s) for one in asked]
    pool.shutdown(wait=False, cancel_futures=True)
    return found


def _answer(asked: "Future[Said]", limit_s: float) -> Said | str:
    try:
        return asked.result(limit_s)
    except TimeoutError:
        return f"nothing came within {limit_s:g} seconds"
    except OutsideSilent as error:
        return str(error)


def _ask(service: Service, question: dict[str, Any], at: datetime) -> Said:
    parts = urlsplit(service.url)
    body = json.dumps(question).encode()
    stamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Dateline",
        "X-Dateline-Timestamp": stamp,
        "X-Dateline-Signature": signature(service.secret, stamp, body),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Pinned(parts, _address_of(parts, service), service.limit_s)
    try:
        connection.request("POST", path, body, headers)
        with connection.getresponse() as response:
            status, text = response.status, response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise OutsideSilent(f"{type(error).__name__}, {error}") from error
    finally:
        connection.close()
    if status != http.client.OK:
        raise OutsideSilent(f"it answered with status {status}")
    return _read(text)


def _read(text: bytes) -> Said:
    if len(text) > LARGEST:
        raise OutsideSilent(f"it answered with more than {LARGEST} bytes")
    try:
        return read(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise OutsideSilent("its answer is not JSON") from error


def _address_of(parts: SplitResult, service: Service) -> str:
    """The one address that is spoken to: looked up once, so that no second look says otherwise."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutsideSilent(f"the address of {host} cannot be found") from error
    addresses = [str(one[4][0]) for one in found]
    if not service.private_allowed and not all(map(is_public, addresses)):
        raise OutsideSilent(
            f"{host} is no public address, and DATELINE_COMMENT_HOOK_PRIVATE is off"
        )
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, for the host that the certificate must name."""

    def __init__(self, parts: SplitResult, address: str, limit_s: float) -> None:
        self.default_port = PORTS[parts.scheme]
        super().__init__(parts.hostname or "", parts.port, timeout=limit_s)
        self._address = address
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
