"""A mail taken apart: headers, bodies and attachments, whatever its sender did to the standards."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from dateline.wire.domain import charsets
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.wording import line

MAX_PARTS = 200  # containers, or boundary lines
MAX_DEPTH = 10  # levels of multipart; real mails have four
MAX_MAILS_DEEP = 3
_HEAD_BYTES = 256_000
_CONTAINER = re.compile(rb"(?:multipart|message)\s*/", re.IGNORECASE)
_PART = re.compile(rb"^--[^\s-]", re.MULTILINE)
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,76}):|[ \t]")
_NAMES = frozenset(
    {b"from", b"to", b"subject", b"date", b"message-id", b"received", b"mime-version",
     b"delivered-to", b"return-path", b"content-type"}
)  # fmt: skip
_PROOF = frozenset({b"date", b"message-id", b"received", b"mime-version"})
_LEAST_NAMES = 3
_READ = frozenset(
    {"from", "subject", "date", "message-id", "references", "in-reply-to", "auto-submitted",
     "authentication-results"}
)  # fmt: skip
_LONGEST_HEADER = 4_000  # characters
_LONG_TYPE = re.compile(
    rb"^content-[a-z-]{2,30}:(?:[^\n]{4000}|(?:[^\n]*\n[ \t]){40})", re.IGNORECASE | re.MULTILINE
)
_ENCODED = re.compile(rb"=\?([A-Za-z0-9_-]{2,40})\?[Qq]\?([^?\r\n]{0,200})\?=")
# What the header parsers of the standard library raise on headers that only malice or chance write.
_PARSER_FAULTS = (
    ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A body: its text, and whether it is HTML."""

    text: str
    html: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its bytes, its name as sent, its type in lower case."""

    data: bytes
    name: str
    type: str


@dataclass(slots=True)
class Mail:
    """One mail: a header as text by its name in lower case, bodies, files, and mails in it.

    `unseen` are the alternatives of a body that a reader is not shown.
    """

    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/plain"
    texts: list[Text] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mails: list["Mail"] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def looks_like(data: bytes) -> bool:
    """Say whether bytes begin with the headers of a mail (RFC 5322), and with nothing else.

    Three of the usual headers at least, one of which only mail programs write.
    """
    names = set()
    for one in _head_of(data.lstrip()[:_HEAD_BYTES]).splitlines():
        found = _HEADER_LINE.match(one)
        if found is None:
            return False
        names.add((found[1] or b"").lower())
    return len(names & _NAMES) >= _LEAST_NAMES and bool(names & _PROOF)


def parse(data: bytes, *, source: str) -> Mail:
    """Take a mail apart.

    Raises:
        WireFormatError: it has more than MAX_PARTS parts, is nested too deeply, or a header is too
            long or cannot be read.

    """
    whole = data.lstrip()
    if len(_CONTAINER.findall(whole)) > MAX_PARTS or len(_PART.findall(whole)) > MAX_PARTS:
        raise WireFormatError(source, "(document)", f"it has more than {MAX_PARTS} parts.")
    if _LONG_TYPE.search(whole):
        raise WireFormatError(source, "(document)", "a Content- header in it is too long to read.")
    try:
        message = email.message_from_bytes(_mended(whole), policy=email.policy.default)
    except _PARSER_FAULTS as fault:
        raise WireFormatError(
            source, "(document)", f"its headers cannot be read ({type(fault).__name__})."
        ) from fault
    return _mail(message, source, mails_deep=0)


def too_deep(source: str) -> WireFormatError:
    """Return the refusal of mails inside mails."""
    problem = f"it has mails inside mails, more than {MAX_MAILS_DEEP} deep."
    return WireFormatError(source, "(document)", problem)


def _head_of(data: bytes) -> bytes:
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    return head.partition(b"\n")[2] if head.startswith(b"From ") else head


def _mended(data: bytes) -> bytes:
    """Write UTF-8 inside an encoded word (RFC 2047) in the word's own set, as its sender meant."""
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    return _ENCODED.sub(_mended_word, head) + data[len(head) :]


def _mended_word(found: re.Match[bytes]) -> bytes:
    charset = found[1].decode("ascii")
    if found[2].isascii() or charset.lower() == "utf-8":
        return found[0]
    try:
        sent = found[2].decode("utf-8").encode(charset)
    except (UnicodeError, LookupError):
        return found[0]
    quoted = re.sub(rb"[\x80-\xff]", lambda byte: b"=%02X" % ord(byte[0]), sent)
    return b"=?%s?Q?%s?=" % (found[1], quoted)


def _mail(message: Message, source: str, *, mails_deep: int) -> Mail:
    if mails_deep > MAX_MAILS_DEEP:
        raise too_deep(source)
    mail = Mail(headers=_headers(message), type=_type(message))
    for part, shown in _leaves(message, source, depth=0):
        if not shown:
            mail.unseen.append(charsets.decode(_payload(part), charset=_charset(part))[0])
        elif _type(part) == "message/rfc822":
            inside = _below(part)
            mail.mails += [_mail(one, source, mails_deep=mails_deep + 1) for one in inside]
        else:
            _take(part, mail)
    return mail


def _leaves(part: Message, source: str, *, depth: int) -> Iterator[tuple[Message, bool]]:
    """The parts that hold something, in order, each with whether its reader would see it."""
    if depth > MAX_DEPTH:
        raise WireFormatError(
            source, "(document)", f"its parts are nested more than {MAX_DEPTH} levels deep."
        )
    below = _below(part)
    if not part.is_multipart() or _type(part) == "message/rfc822":
        yield part, True
        return
    if _type(part) == "multipart/alternative" and below:
        best = _best(below)
        yield from ((one, False) for one in below if one is not best and _is_text(one))
        below = [best]
    for one in below:
        yield from _leaves(one, source, depth=depth + 1)


def _below(part: Message) -> list[Message]:
    """The parts inside a part."""
    below = part.get_payload()
    found: list[Any] = below if isinstance(below, list) else []
    return [one for one in found if isinstance(one, Message)]


def _best(alternatives: list[Message]) -> Message:
    """RFC 2046: the last alternative is the best; we prefer the last that is text."""
    texts = [one for one in alternatives if _type(one).startswith(("text/html", "multipart/"))]
    plain = [one for one in alternatives if _type(one) == "text/plain"]
    return (texts or plain or alternatives)[-1]


def _is_text(part: Message) -> bool:
    return _type(part) in ("text/plain", "text/html")


def _take(part: Message, mail: Mail) -> None:
    data = _payload(part)
    name, kind = _name(part), _type(part)
    if _is_text(part) and not name:
        text, warnings = charsets.decode(data, charset=_charset(part))
        mail.texts.append(Text(text, html=kind == "text/html"))
        mail.warnings += warnings
    elif data:
        mail.attachments.append(Attachment(data, name or kind, kind))


def _headers(message: Message) -> dict[str, str]:
    """The headers we read, first of each name. A date stays as sent: parsed, it gains a zone."""
    found: dict[str, str] = {}
    for name, raw in message.raw_items():
        key = name.lower()
        if key in _READ and key not in found:
            found[key] = line(str(raw) if key == "date" else _decoded(message, name, raw)) or ""
    return found


def _decoded(message: Message, name: str, raw: Any) -> str:
    if len(str(raw)) > _LONGEST_HEADER:  # the parser's time grows with the square of it
        return str(raw)
    try:
        return str(message[name])
    except _PARSER_FAULTS:
        return str(raw)


def _type(part: Message) -> str:
    return part.get_content_type()


def _name(part: Message) -> str:
    try:
        return line(part.get_filename()) or ""
    except _PARSER_FAULTS:
        return "(name not readable)"


def _charset(part: Message) -> str | None:
    return part.get_content_charset()


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a text file, told by its bytes, and a sentence where that was needed."""
    return charsets.decode(data, charset=None)
