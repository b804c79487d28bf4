"""A letter cut where its readers differ: made once, and joined for each of them in a microsecond.

The message is MIME (RFC 2045 to 2047) in RFC 5322's lines. Bodies are quoted-printable: a slot
stands between two soft line breaks, so that no value makes a line too long; and no line begins
with a dot, so that nothing is stuffed (RFC 5321, 4.5.2) when it leaves.
"""

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from urllib.parse import quote

from dateline.mail.domain.encodings import (
    in_body,
    in_first,
    in_lines,
    in_phrase,
    in_prose,
    in_words,
    one_line,
)

SLOT = re.compile(r"⟦([a-z][a-z0-9_.:-]*)⟧")
SIGNED = "token:"  # how a slot for a link begins that is signed
LATE = "date"  # the slot that is filled when a mail leaves
LONGEST_LINE = 998  # octets without the line's end (RFC 5322, 2.1.1)
UNPLAIN = re.compile(r"[^ -;=?-~]+")
LONGEST_PLAIN = 300  # octets of one value inside a machine's header
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}\Z")
OURS = frozenset({"from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "sender"})
ADDRESSED = re.compile(r"(?P<phrase>[^<>]*[^<>\s])\s*(?P<rest><[^<>]*>)\Z", re.DOTALL)


class LetterRefused(ValueError):
    """Not a letter that can be cut: the message says which part, and what was found."""


class Kind(StrEnum):
    """Where a slot stands, and so how what fills it is written."""

    HTML = "html"
    TEXT = "text"
    WORDS = "words"  # in a header that people read
    FIRST = "first"  # the same, where nothing stands before it
    LINK = "link"  # in a header that machines read
    PLAIN = "plain"  # in an address, a date, an id


@dataclass(frozen=True, slots=True)
class Letter:
    """One text of a mailing. `⟦name⟧` in any part is a slot; `sender` is `Name <address>`.

    Always filled: `⟦address⟧`, `⟦number⟧`, `⟦token:PURPOSE⟧`. All others come from the reader's
    fields; what a reader has no field for stays empty. Without `html` it is one of plain text.
    """

    subject: str
    html: str
    text: str
    sender: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Copy:
    """A letter that was cut: literal bytes, and between each two of them a slot."""

    literals: tuple[bytes, ...]
    slots: tuple[tuple[str, Kind], ...]

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """Of which links it wants a token."""
        names = {name for name, _ in self.slots if name.startswith(SIGNED)}
        return tuple(sorted(name.removeprefix(SIGNED) for name in names))

    def joined(self, values: Mapping[str, str]) -> bytes:
        """Return the message for one reader, as it goes after DATA, without the final dot."""
        return self.sealed(self.filled(values), values.get(LATE, ""))

    def filled(self, values: Mapping[str, str]) -> list[bytes]:
        """Return what stands in the slots for one reader, ready for `sealed`; all but the date."""
        return [_FILL[kind](values.get(name, "")) for name, kind in self._once]

    def sealed(self, filled: list[bytes], date: str) -> bytes:
        """Return the message of what `filled` made, with the date (RFC 5322) of now."""
        for which, kind in self._late:
            filled[which] = _in_time(kind, date)
        parts = self._parts.copy()
        parts[1::2] = [filled[which] for which in self._which]
        return b"".join(parts)

    @cached_property
    def _once(self) -> list[tuple[str, Kind]]:
        return list(dict.fromkeys(self.slots))

    @cached_property
    def _late(self) -> list[tuple[int, Kind]]:
        return [(at, kind) for at, (name, kind) in enumerate(self._once) if name == LATE]

    @cached_property
    def _which(self) -> list[int]:
        return [self._once.index(slot) for slot in self.slots]

    @cached_property
    def _parts(self) -> list[bytes]:
        parts = [b""] * (2 * len(self.literals) - 1)
        parts[::2] = self.literals
        return parts


def cut(letter: Letter) -> bytes:
    """Return the letter as it is kept: cut up, every part encoded as it will leave.

    Raises:
        LetterRefused: a header's name or value, or the sender, is none.

    """
    pieces = [*_headers(letter), *_bodies(letter)]
    literals, slots = [b""], []
    for piece in pieces:
        if isinstance(piece, bytes):
            literals[-1] += piece
        else:
            slots.append(piece)
            literals.append(b"")
    _check_lines(literals, slots)
    told = {"slots": slots, "lengths": [len(literal) for literal in literals]}
    return json.dumps(told).encode() + b"\n" + b"".join(literals)


def read(kept: bytes | memoryview) -> Copy:
    """Return what `cut` made, ready to be joined."""
    head, _, rest = bytes(kept).partition(b"\n")
    told = json.loads(head)
    literals, start = [], 0
    for length in told["lengths"]:
        literals.append(rest[start : start + length])
        start += length
    return Copy(tuple(literals), tuple((name, Kind(kind)) for name, kind in told["slots"]))


Piece = bytes | tuple[str, Kind]


def _headers(letter: Letter) -> Iterator[Piece]:
    yield b"From:"
    yield from _addressed("sender", letter.sender)
    yield from _fixed("To", "⟦address⟧")
    if letter.reply_to:
        yield b"Reply-To:"
        yield from _addressed("reply_to", letter.reply_to)
    yield b"Subject:"
    yield from _prose(letter.subject, in_prose)
    yield from _fixed("Date", "⟦date⟧")
    yield from _fixed("Message-ID", "<⟦message_id⟧>")
    for name, value in letter.headers.items():
        if not NAME.match(name) or name.lower() in OURS or name.lower().startswith("content-"):
            raise LetterRefused(f"A letter cannot set the header {name[:80]!r}.")
        yield name.encode("ascii") + b":"
        yield from _machine(name, value)
    yield b"MIME-Version: 1.0\r\n"


def _fixed(name: str, value: str) -> Iterator[Piece]:
    yield f"{name}: ".encode("ascii")
    yield from _raw(name, value, Kind.PLAIN)
    yield b"\r\n"


def _addressed(part: str, value: str) -> Iterator[Piece]:
    """`Name <address>` or an address; the name may hold anything."""
    line = one_line(value).strip()
    match = ADDRESSED.match(line)
    if match:
        yield from _prose(match["phrase"].strip('"'), in_phrase, ends=b"")
    address = match["rest"][1:-1] if match else line
    if "@" not in address or any(sign in address for sign in ' <>,;:"()'):
        raise LetterRefused(f"{part}: {value[:80]!r} is not `Name <address>`.")
    yield b" <"
    yield from _raw(part, address, Kind.PLAIN)
    yield b">\r\n"


def _machine(name: str, value: str) -> Iterator[Piece]:
    """A header that programs read: ASCII as it stands, with a name before `<…>` if it has one."""
    line = one_line(value).strip()
    match = ADDRESSED.match(line)
    if match and "," not in match["phrase"]:
        yield from _prose(match["phrase"].strip('"'), in_phrase, ends=b" ")
        yield from _raw(name, match["rest"], Kind.LINK)
        yield b"\r\n"
    elif not SLOT.sub("", line).isascii():
        yield from _prose(line, in_prose)
    else:
        yield b" "
        for number, part in enumerate(re.split(r"(?<=>),\s*(?=<)", line)):
            yield b",\r\n " if number else b""
            yield from _raw(name, part, Kind.LINK)
        yield b"\r\n"


def _raw(name: str, value: str, kind: Kind) -> Iterator[Piece]:
    for literal, slot in _split(value):
        if not literal.isascii():
            raise LetterRefused(f"{name}: {value[:80]!r} holds letters outside ASCII.")
        yield literal.encode("ascii")
        if slot:
            yield slot, kind


def _prose(value: str, plain: Callable[[str], bytes], ends: bytes = b"\r\n") -> Iterator[Piece]:
    """A value for people. With slots all of it is encoded words: those join without a space."""
    line = one_line(value)
    if SLOT.search(line):
        for number, (literal, slot) in enumerate(_split(line)):
            yield in_words(literal) if number else in_first(literal)
            if slot:
                yield slot, Kind.WORDS if number or literal else Kind.FIRST
    else:
        yield plain(line)
    yield ends


def _bodies(letter: Letter) -> Iterator[Piece]:
    text = [*_part("plain", letter.text, Kind.TEXT)]
    if not letter.html:
        yield from [*text, b"\r\n"]
        return
    told = f"{letter.subject}\0{letter.html}\0{letter.text}"
    mark = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:24]
    # `=_` never stands in quoted-printable, so that no body holds the boundary (RFC 2045, 6.7).
    boundary = f"=_{mark}".encode()
    yield b'Content-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n\r\n'
    for part in (text, [*_part("html", letter.html, Kind.HTML)]):
        yield b"--" + boundary + b"\r\n"
        yield from part
        yield b"\r\n"
    yield b"--" + boundary + b"--\r\n"


def _part(subtype: str, body: str, kind: Kind) -> Iterator[Piece]:
    yield f"Content-Type: text/{subtype}; charset=utf-8\r\n".encode()
    yield b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    lines = re.sub(r"\r\n?", "\n", body)
    for literal, slot in _split(lines):
        yield in_lines(literal)
        if slot:
            yield b"=\r\n"
            yield slot, kind
            yield b"=\r\n"


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Each literal with the name of the slot after it; the last with none."""
    parts = SLOT.split(text)
    yield from zip(parts[::2], [*parts[1::2], ""], strict=True)


def _check_lines(literals: list[bytes], slots: list[tuple[str, Kind]]) -> None:
    """See that no header's line can grow too long, whatever fills it."""
    room = [b"x" * LONGEST_PLAIN if kind in {Kind.LINK, Kind.PLAIN} else b"" for _, kind in slots]
    parts = [b""] * (len(literals) + len(room))
    parts[::2], parts[1::2] = literals, room
    for line in b"".join(parts).split(b"\r\n"):
        if len(line) > LONGEST_LINE:
            raise LetterRefused(f"The line {line[:40].decode()!r}… is too long for a mail.")


def _in_html(value: str) -> bytes:
    return in_body(html.escape(value))


def in_link(value: str) -> bytes:
    """Return a value as it stands in a machine's header: what ends a link there is quoted."""
    made = quote(value.encode("utf-8", "replace"), safe="@:/?&+,;=~!*-._")[:LONGEST_PLAIN]
    return re.sub(r"%[0-9A-F]?\Z", "", made).encode("ascii")


def _plainly(value: str) -> bytes:
    return UNPLAIN.sub("", value)[:LONGEST_PLAIN].encode("ascii")


_FILL: dict[Kind, Callable[[str], bytes]] = {
    Kind.HTML: _in_html,
    Kind.TEXT: in_body,
    Kind.FIRST: in_first,
    Kind.WORDS: in_words,
    Kind.LINK: in_link,
    Kind.PLAIN: _plainly,
}


@lru_cache(maxsize=16)
def _in_time(kind: Kind, date: str) -> bytes:
    """The date as it stands in a slot: thousands of mails have the same."""
    return _FILL[kind](date)
