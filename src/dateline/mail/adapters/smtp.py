"""One warm connection to the next mail server: pipelined (RFC 2920) where that server offers it.

With pipelining the next mail's MAIL, RCPT and DATA ride with the final dot of the one before, so
that a mail costs one write, one read and one round trip; and at any moment a connection owes the
answer to one final dot at most.
"""

import socket
import ssl
import time
from collections import deque
from typing import Any, Protocol

from dateline.mail.domain.replies import (
    CLOSING,
    GO_ON,
    NoReply,
    Reply,
    Step,
    read_replies,
    read_yes,
)

CHUNK = 65536  # more than a record of TLS has, so that none of it is left unseen
TURN = (Step.DOT, Step.MAIL, Step.RCPT, Step.DATA)  # what is owed when all is well
DOT_PATIENCE = 5  # times as long as for other answers: the server may read all of the mail first


class Mail(Protocol):
    """What a connection has to know of a mail."""

    @property
    def envelope(self) -> tuple[bytes, bytes]:
        """The `MAIL FROM` and `RCPT TO` lines, with their ends."""
        ...


class Desk(Protocol):
    """Who gives a connection its mails, and hears what became of them."""

    @property
    def has_mail(self) -> bool:
        """Whether it would be worth a connection."""
        ...

    def next(self) -> Mail | None:
        """The next mail that may leave now, or none."""
        ...

    def hand(self, mail: Any) -> bytes | None:
        """The whole message, noted as about to be handed over; none: it may not leave any more."""
        ...

    def answered(self, mail: Any, step: Step, reply: Reply) -> None:
        """The end of one mail: yes to its dot, or no to any step."""
        ...

    def lost(self, mail: Any, *, in_doubt: bool) -> None:
        """The connection ended first. In doubt: all of the mail had left this machine."""
        ...


class Connection:
    """One connection, opened and greeted. Nothing here blocks; times are `time.monotonic`."""

    def __init__(
        self, sock: socket.socket, desk: Desk, *, pipelining: bool, patience_s: float
    ) -> None:
        sock.setblocking(False)
        self.socket, self.desk = sock, desk
        self.pipelining, self.patience_s = pipelining, patience_s
        self.is_open, self.deadline, self.used_at = True, float("inf"), time.monotonic()
        self.handed = self.taken = 0  # mails, and those that the server took on
        self._owed: deque[tuple[Step, Any]] = deque()
        self._unread, self._unsent = b"", memoryview(b"")
        self._refusals: list[tuple[Step, Reply]] = []  # of the mail at hand; the first one counts
        self._behind_dot = 0  # octets of what is unsent that come after the final dot

    def fileno(self) -> int:
        """For selectors."""
        return self.socket.fileno()

    @property
    def is_idle(self) -> bool:
        """Whether it owes no answer."""
        return not self._owed

    @property
    def wants_to_write(self) -> bool:
        """Whether the system took only a part of what was to leave."""
        return bool(self._unsent)

    def offer(self) -> bool:
        """Take the next mail if there is one; say whether there was. Only when idle."""
        mail = self.desk.next()
        if mail is None:
            return False
        self._write(self._envelope(mail))
        return True

    def on_readable(self) -> None:
        """Read what came, and go on with it."""
        try:
            data = self.socket.recv(CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        self._take(data)

    def on_writable(self) -> None:
        """Send on what the system had no room for."""
        self._flush()

    def look_at_clock(self, now: float) -> None:
        """End a connection whose server has not answered in time."""
        if now > self.deadline:
            self.close()

    def close(self) -> None:
        """End the connection; tell the desk what that means for each mail on it."""
        if not self.is_open:
            return
        self.is_open = False
        self.socket.close()
        mails: dict[int, tuple[Mail, bool]] = {}
        for step, mail in self._owed:
            if mail is not None:
                mails.setdefault(id(mail), (mail, step is Step.DOT and self._dot_left))
        self._owed.clear()
        for mail, in_doubt in mails.values():
            self.desk.lost(mail, in_doubt=in_doubt)

    def quit(self) -> None:
        """Say goodbye on an idle connection, and end it."""
        if self.is_open and self.is_idle:
            self._write(b"QUIT\r\n")
        self.close()

    @property
    def _dot_left(self) -> bool:
        """Whether the final dot has left this machine as far as anyone can tell."""
        return len(self._unsent) <= self._behind_dot

    def _take(self, data: bytes) -> None:
        if len(self._owed) == len(TURN) and not self._unread and self._take_usual(data):
            return
        self._unread += data
        while self.is_open:
            try:
                replies, self._unread = read_replies(self._unread)
            except NoReply:
                self.close()
                return
            if not replies:
                break
            self._take_replies(replies)
        self._set_deadline()

    def _take_usual(self, data: bytes) -> bool:
        """Go the short way where all is well with a dot and with the envelope after it."""
        reply = read_yes(data)
        if reply is None or self._refusals or self._owed[0][0] is not Step.DOT:
            return False
        before, following = self._owed[0][1], self._owed[-1][1]
        self._owed.clear()
        self.taken += 1
        self.desk.answered(before, Step.DOT, reply)
        self._hand_over(following)
        return True

    def _take_replies(self, replies: list[Reply]) -> None:
        for reply in replies:
            if not self._owed or not self.is_open:
                self.close()  # nobody asked: it says that it is going
                return
            step, mail = self._owed.popleft()
            self._answer(step, mail, reply)
            if reply.code == CLOSING:
                self._close_after(mail)
                return

    def _close_after(self, mail: Mail | None) -> None:
        if mail is not None and self._refusals:
            self._owed = deque(owed for owed in self._owed if owed[1] is not mail)
            self._tell_refusal(mail)
        self.close()

    def _answer(self, step: Step, mail: Mail | None, reply: Reply) -> None:
        if mail is None:
            return
        if step is Step.DOT:
            self.taken += reply.is_yes
            self.desk.answered(mail, step, reply)
        elif step is Step.DATA:
            self._on_data(mail, reply)
        elif not reply.is_yes:
            self._on_refusal(step, mail, reply)
        elif not self.pipelining:
            following = Step.RCPT if step is Step.MAIL else Step.DATA
            self._write(self._command(following, mail))

    def _on_refusal(self, step: Step, mail: Mail, reply: Reply) -> None:
        self._refusals.append((step, reply))
        if not self.pipelining:
            self._give_up(mail)

    def _on_data(self, mail: Mail, reply: Reply) -> None:
        if reply.code != GO_ON:
            self._refusals.append((Step.DATA, reply))
            self._give_up(mail)
        elif self._refusals:
            self._go_on_for_nobody(mail, self._refusals[0][0])
        else:
            self._hand_over(mail)

    def _go_on_for_nobody(self, mail: Mail, refused: Step) -> None:
        """The server takes a mail for nobody: give it an empty one (RFC 2920, 3.1).

        Where it took a recipient after it had refused the sender, that one would get it.
        """
        self._tell_refusal(mail)
        if refused is Step.MAIL:
            self.close()
            return
        self._owed.append((Step.DOT, None))
        self._write(b".\r\n")

    def _give_up(self, mail: Mail) -> None:
        self._tell_refusal(mail)
        self._owed.append((Step.RSET, None))
        self._write(b"RSET\r\n")

    def _tell_refusal(self, mail: Mail) -> None:
        step, reply = self._refusals[0]
        self._refusals.clear()
        self.desk.answered(mail, step, reply)

    def _hand_over(self, mail: Mail) -> None:
        message = self.desk.hand(mail)
        if message is None:
            self.desk.lost(mail, in_doubt=False)
            self.close()  # after 354 there is no other way to not send it
            return
        self.handed += 1
        self._owed.append((Step.DOT, mail))
        following = self.desk.next() if self.pipelining else None
        behind = self._envelope(following) if following else b""
        self._behind_dot = len(behind)
        self._write(b"".join((message, b".\r\n", behind)))

    def _envelope(self, mail: Mail) -> bytes:
        if not self.pipelining:
            return self._command(Step.MAIL, mail)
        self._owed += ((Step.MAIL, mail), (Step.RCPT, mail), (Step.DATA, mail))
        return b"%s%sDATA\r\n" % mail.envelope

    def _command(self, step: Step, mail: Mail) -> bytes:
        self._owed.append((step, mail))
        sender, recipient = mail.envelope
        return {Step.MAIL: sender, Step.RCPT: recipient}.get(step, b"DATA\r\n")

    def _write(self, data: bytes) -> None:
        self._unsent = memoryview(bytes(self._unsent) + data if self._unsent else data)
        self._flush()
        self._set_deadline()

    def _flush(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self.socket.send(self._unsent) :]
        except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return
        except OSError:
            self.close()

    def _set_deadline(self) -> None:
        self.used_at = time.monotonic()
        if not self._owed:
            self.deadline = float("inf")
            return
        after_dot = self._owed[0][0] is Step.DOT
        self.deadline = self.used_at + self.patience_s * (DOT_PATIENCE if after_dot else 1)
