"""Fetch mails from a mailbox by IMAP (RFC 9051), over TLS, without marking or moving one."""

import imaplib
import re
import socket
import ssl
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from dateline.fetch import NotPublic, address_of
from dateline.wire.domain.mail_senders import refusal_of
from dateline.wire.domain.pickups import LARGEST, Away, Came, Place, too_large

LIMIT_S = 15.0  # for each step of the talk
INBOX = "INBOX"
_NUMBER = re.compile(rb"\[?(?:UIDVALIDITY )?(\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def mails(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give every mail that came after the last one, oldest first, as it lies there.

    A mail whose sender is not proved comes with a refusal. The numbers of a mailbox that was made
    anew (another UIDVALIDITY) begin anew; bytes that were taken before are known by themselves.

    Raises:
        Away: the mailbox cannot be opened; says why.

    """
    with _mailbox(place) as mailbox:
        validity = _validity(mailbox)
        last = int(cursor.get("uid", 0)) if cursor.get("validity") == validity else 0
        for uid in _after(mailbox, last):
            yield _one(mailbox, place, uid, validity)


def _one(mailbox: imaplib.IMAP4_SSL, place: Place, uid: int, validity: int) -> Came:
    marks = {"validity": validity, "uid": uid}
    name = f"{place.path or INBOX}-{validity}-{uid}.eml".replace("/", "-")
    size = _size(mailbox, uid)
    if size is None:  # it was taken away meanwhile
        return Came(name, None, marks)
    if size > LARGEST:
        return Came(name, None, marks, too_large(f"Mail {uid}", size))
    data = _body(mailbox, uid)
    if data is None:
        return Came(name, None, marks)
    options = place.options
    refusal = refusal_of(data, senders=options["senders"], checked_by=options["checked_by"])
    return Came(name, data, marks, refusal)


@contextmanager
def _mailbox(place: Place) -> Iterator[imaplib.IMAP4_SSL]:
    try:
        address = address_of(place.host, place.port, private_allowed=place.private_allowed)
        mailbox = _Pinned(place.host, place.port, address)
    except NotPublic as error:
        raise Away(str(error)) from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise Away(f"{place.host} could not be reached: {error}.") from error
    try:
        _said(mailbox.login(place.user, place.secret))
        _said(mailbox.select(_quoted(place.path or INBOX), readonly=True))
        yield mailbox
    except (OSError, imaplib.IMAP4.error) as error:
        raise Away(f"{place.host} said: {_text(error)}.") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _validity(mailbox: imaplib.IMAP4_SSL) -> int:
    _, found = mailbox.response("UIDVALIDITY")
    match = _NUMBER.match(found[0] or b"") if found else None
    if not match:
        raise Away("It does not say how its mails are numbered (UIDVALIDITY).")
    return int(match[1])


def _after(mailbox: imaplib.IMAP4_SSL, last: int) -> list[int]:
    found = _said(mailbox.uid("SEARCH", f"UID {last + 1}:*"))
    uids = sorted({int(uid) for line in found if line for uid in line.split()})
    return [uid for uid in uids if uid > last]  # `n:*` always names the newest


def _size(mailbox: imaplib.IMAP4_SSL, uid: int) -> int | None:
    for line in _said(mailbox.uid("FETCH", str(uid), "(RFC822.SIZE)")):
        match = _SIZE.search(line or b"")
        if match:
            return int(match[1])
    return None


def _body(mailbox: imaplib.IMAP4_SSL, uid: int) -> bytes | None:
    found = _said(mailbox.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    verdict, found = answer
    if verdict != "OK":
        raise imaplib.IMAP4.error(found[0] if found else verdict)
    return found


def _text(error: Exception) -> str:
    said = error.args[0] if error.args else type(error).__name__
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))


class _Pinned(imaplib.IMAP4_SSL):
    """A connection to one address, for the host that the certificate must name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._address = address
        super().__init__(host, port, ssl_context=ssl.create_default_context(), timeout=LIMIT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self.port), timeout)
        line: socket.socket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return line
