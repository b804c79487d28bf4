"""What a mail server answers (RFC 5321, 4.2; RFC 3463), and what that means for one mail."""

import re
from enum import Enum
from typing import NamedTuple

LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?\Z", re.DOTALL)
USUAL = re.compile(rb"250 ([^\r\n\0]*)\r\n250 [^\r\n]*\r\n250 [^\r\n]*\r\n354(?: [^\r\n]*)?\r\n\Z")
LONGEST = 8192  # octets of one reply, all its lines; RFC 5321 has 512 a line
LONGEST_TOLD = 300
SAID_YES = 300  # below, what was asked is done
GO_ON, CLOSING = 354, 421
NEVER = 500  # from here on, asking again is of no use
# The mailbox is not there or is closed for good (RFC 3463, 3.2 and 3.3); nobody takes mail there.
NOBODY = re.compile(r"5\.1\.(1|6|10)\b|5\.2\.1\b")


class Step(Enum):
    """Of what part of a mail's way an answer speaks."""

    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "."
    RSET = "RSET"


class Reply(NamedTuple):
    """One answer: its code, and its text in one line."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        """Whether what was asked was done (2xx)."""
        return self.code < SAID_YES

    @property
    def is_for_good(self) -> bool:
        """Whether asking again is of no use (5xx)."""
        return self.code >= NEVER

    @property
    def is_of_nobody(self) -> bool:
        """Whether it says that nobody has this address: a hard bounce."""
        return self.is_for_good and bool(NOBODY.match(self.text))

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:LONGEST_TOLD]


class NoReply(ValueError):
    """What came is not SMTP; the message shows it."""


def read_replies(data: bytes) -> tuple[list[Reply], bytes]:
    """Return the whole replies at the beginning of `data`, and what is left of it.

    Raises:
        NoReply: it begins with what is not SMTP, or with one reply without end.

    """
    found: list[Reply] = []
    told: list[bytes] = []
    start = at = 0
    while (end := data.find(b"\n", at)) >= 0:
        match = LINE.match(data[at:end].rstrip(b"\r"))
        if not match:
            break
        at = end + 1
        told.append(match[3] or b"")
        if match[2] != b"-":
            found.append(Reply(int(match[1]), _in_one_line(told)))
            told, start = [], at
    if not found and (end >= 0 or len(data) > LONGEST):
        raise NoReply(f"The mail server said {data[at:][:80]!r}.")
    return found, data[start:]


def read_yes(data: bytes) -> Reply | None:
    """The usual answer to a pipelined turn: yes to a dot, yes, yes, go on; none if it is not."""
    match = USUAL.match(data)
    return Reply(250, match[1].decode("utf-8", "replace")) if match else None


def _in_one_line(told: list[bytes]) -> str:
    return b" ".join(told).decode("utf-8", "replace").replace("\0", " ").strip()
