"""Fetch mails from a mailbox by IMAP (RFC 9051), over TLS, without marking or moving one."""

import imaplib
import re
import socket
import ssl
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from dateline.fetch import NotPublic, address_of
from dateline.wire.adapters.pickups.patience import VISIT_S, Patience
from dateline.wire.domain.mail_senders import refusal_of
from dateline.wire.domain.pickups import LARGEST, Away, Came, Place, too_large

LIMIT_S = 15.0  # for each step of the talk
INBOX = "INBOX"
MOST_BYTES = LARGEST + 2**20  # of the answers to one command
MOST_LEFT = 1000  # mails that are asked for again and again
_NUMBER = re.compile(rb"\[?(?:UIDVALIDITY )?(\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def mails(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give every mail that came after the last one, oldest first, as it lies there.

    A mail whose sender is not proved comes with a refusal. One that cannot be had, or is too large,
    is asked for at every visit again, after all others, and told while it lies there. The numbers
    of a mailbox that was made anew (another UIDVALIDITY) begin anew; bytes that were taken before
    are known by themselves.

    Raises:
        Away: the mailbox cannot be opened; says why.

    """
    with _mailbox(place) as mailbox:
        validity = _validity(mailbox)
        known = cursor if cursor.get("validity") == validity else {}
        marks = _Marks(validity, int(known.get("uid", 0)), set(known.get("left", ())))
        for uid in [*_after(mailbox, marks.uid), *sorted(marks.left)]:
            yield from _one(mailbox, place, uid, marks)


@dataclass(slots=True)
class _Marks:
    """How far we are: the last number, and those before it that could not be had."""

    validity: int
    uid: int
    left: set[int]

    def past(self, uid: int, *, had: bool = True) -> dict[str, Any]:
        self.uid = max(self.uid, uid)
        self.left.discard(uid)
        if not had:
            self.left.add(uid)
        if len(self.left) > MOST_LEFT:
            raise Away(f"More than {MOST_LEFT:,} mails cannot be had. Clear them away there.")
        return {"validity": self.validity, "uid": self.uid, "left": sorted(self.left)}


def _one(mailbox: Any, place: Place, uid: int, marks: _Marks) -> Iterator[Came]:
    name = f"{place.path or INBOX}-{marks.validity}-{uid}.eml".replace("/", "-")
    try:
        size = _size(mailbox, uid)
        if size is not None and size > LARGEST:
            told = too_large(f"Mail {uid}", size)
            yield Came(name, None, marks.past(uid, had=False), told)
            return
        data = None if size is None else _body(mailbox, uid)
    except (OSError, imaplib.IMAP4.error) as error:
        told = f"{place.host} said of mail {uid}: {_text(error)}."
        yield Came(name, None, marks.past(uid, had=False), told)
        if isinstance(error, OSError | imaplib.IMAP4.abort):  # the talk is over
            raise
        return
    if data is None:  # it was taken away meanwhile
        yield Came(name, None, marks.past(uid))
        return
    options = place.options
    refusal = refusal_of(data, senders=options["senders"], checked_by=options["checked_by"])
    yield Came(name, data, marks.past(uid), refusal)


@contextmanager
def _mailbox(place: Place) -> Iterator[imaplib.IMAP4_SSL]:
    with Patience(VISIT_S) as patience:
        try:
            address = address_of(place.host, place.port, private_allowed=place.private_allowed)
            mailbox = _Pinned(place.host, place.port, address, patience)
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
            for step in (mailbox.logout, mailbox.shutdown):
                with suppress(OSError, imaplib.IMAP4.error):
                    step()


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
    """A connection to one address, for the host that the certificate must name.

    Of the answers to one command, no more than the largest mail is read: imaplib would take as many
    bytes as a server says that there are.
    """

    def __init__(self, host: str, port: int, address: str, patience: Patience) -> None:
        self._address, self._patience, self._rest = address, patience, MOST_BYTES
        super().__init__(host, port, ssl_context=ssl.create_default_context(), timeout=LIMIT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._address, self.port), timeout)
        self._patience.hold(plain)
        line: socket.socket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return line

    def send(self, data: Any) -> None:
        """Send a command: its answers are counted anew."""
        self._rest = MOST_BYTES
        super().send(data)

    def read(self, size: int) -> bytes:
        """Read what was announced, if it is not too much."""
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line, if it is not one too many."""
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self._rest -= size
        if self._rest < 0:
            raise self.abort(f"its answer is larger than {MOST_BYTES // 2**20} MB")
