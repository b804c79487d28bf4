"""What a mail server answers (RFC 5321, 4.2; RFC 3463), and what that means for one mail."""

import re
from enum import Enum
from typing import NamedTuple

LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?\Z", re.DOTALL)
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
        NoReply: it is not SMTP, or one reply without end.

    """
    *lines, rest = data.split(b"\n")
    found: list[Reply] = []
    told: list[bytes] = []
    begun: list[bytes] = []
    for line in lines:
        match = LINE.match(line.rstrip(b"\r"))
        if not match:
            raise NoReply(f"The mail server said {line[:80]!r}.")
        told.append(match[3] or b"")
        begun.append(line + b"\n")
        if match[2] != b"-":
            text = b" ".join(told).decode("utf-8", "replace").replace("\0", " ").strip()
            found.append(Reply(int(match[1]), text))
            told, begun = [], []
    left = b"".join(begun) + rest
    if len(left) > LONGEST:
        raise NoReply(f"The mail server said {left[:80]!r} and came to no end.")
    return found, left
