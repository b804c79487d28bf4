"""Messages in the frames of the telegraph: SOH header STX text ETX tail EOT, one after another."""

import re
from dataclasses import dataclass

from dateline.wire.domain.errors import WireFormatError

MAX_BYTES, MAX_MESSAGES = 8_000_000, 1_000  # real messages have a few thousand bytes
SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"
# What lines sent before and between messages: NUL, SYN, DEL, line ends, blanks, bells.
NOISE = "".join(map(chr, range(0x21))) + "\x7f\ufeff"
_NOT_SOH = NOISE.encode().replace(b"\x01", b"")
_LOOKED_AT = 100_000  # bytes in which the first header must come
_BLANKS = re.compile("[\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its header line, what stands before its text, the text, and its tail.

    `framed` is False where the document has no frame at all; `ended` where nothing says that the
    message is whole. `stray` is text that is in no message.
    """

    header: str
    before: str
    text: str
    tail: str
    framed: bool = True
    ended: bool = True
    stray: bool = False


def check_size(data: bytes, *, source: str) -> None:
    """Refuse what no wire sends as text.

    Raises:
        WireFormatError: it has more than MAX_BYTES, or begins more than MAX_MESSAGES messages.

    """
    if len(data) > MAX_BYTES:
        problem = f"it has {len(data):,} bytes; the limit for text messages is {MAX_BYTES:,}."
        raise WireFormatError(source, "(document)", problem)
    if data.count(SOH.encode()) > MAX_MESSAGES:
        problem = f"it has more than {MAX_MESSAGES:,} messages. Send it in smaller files."
        raise WireFormatError(source, "(document)", problem)


def begins(data: bytes) -> bytes:
    """Return the first part of a document, from where its first message may begin."""
    return data[:_LOOKED_AT].lstrip(_NOT_SOH)


def cut_off(source: str) -> WireFormatError:
    """Return the refusal of a message without its end."""
    problem = "it has no end mark (ETX), so it was cut off. Ask for it again."
    return WireFormatError(source, "text", problem)


def messages(text: str) -> tuple[Message, ...]:
    """Return the messages of a document, in document order, and any text between them as stray.

    Without a SOH the whole is one message. Line ends become line feeds. Raises nothing.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    if SOH not in whole:
        return (_message(whole.strip(NOISE), framed=False),)
    first, *rest = whole.split(SOH)
    found = [_stray(first)]
    for one in rest:
        inside, _, after = one.partition(EOT)
        found += [_message(inside, framed=True), _stray(after)]
    return tuple(one for one in found if one)


def _stray(text: str) -> Message | None:
    shown = text.strip(NOISE)
    return Message(shown[:80], "", "", "", stray=True) if shown else None


def _message(inside: str, *, framed: bool) -> Message:
    head, ended, tail = inside.partition(ETX)
    before, starts, text = head.partition(STX)
    header, _, between = before.lstrip("\n").partition("\n")
    if not starts:
        between, text = "", between
    return Message(header, between, text, tail, framed=framed, ended=bool(ended))


def spaced(text: str) -> str:
    """Return text with the separators of the telegraph (FS to US) as spaces."""
    return _BLANKS.sub(" ", text.replace("\x0b", "\n").replace("\x0c", "\n"))
