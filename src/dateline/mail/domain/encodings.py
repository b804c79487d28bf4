"""How text becomes ASCII in a mail: quoted-printable (RFC 2045), encoded words (RFC 2047)."""

import base64
import re
from collections.abc import Iterator

WIDEST = 75  # of quoted-printable, before the `=` of a soft line break (RFC 2045, 6.7)
WORD_BYTES = 45  # 60 characters of base64: an encoded word has 75 at most (RFC 2047, 2)
SHORT = 60
# Most values: printable ASCII, short, without `=`, and not begun by a dot.
EASY = re.compile(r"(?:[ -\-/-<>-~][ -<>-~]{0,69})?")
PLAIN_LINE = re.compile(r"(?! )(?!.*  )(?!.*=\?)[ -~]*(?<! )\Z")
PHRASE = re.compile(r"(?! )(?!.*  )(?!.*=\?)[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+(?<! )\Z")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_AS_THEY_ARE = b"\t " + bytes(octet for octet in range(0x21, 0x7F) if octet != ord("="))
_OCTETS = [chr(one) if one in _AS_THEY_ARE else f"={one:02X}" for one in range(256)]


def in_lines(text: str) -> bytes:
    r"""Return `text`, whose lines end in `\n`, as quoted-printable UTF-8.

    No line of it begins with a dot. Half of a surrogate pair, which UTF-8 has not, becomes `?`.
    """
    return b"\r\n".join(_kept(line) for line in text.split("\n"))


def in_body(value: str) -> bytes:
    """Return a value as it stands between two soft line breaks, its own line ends written out."""
    return value.encode("ascii") if EASY.fullmatch(value) else _wrapped(value)


def _kept(line: str) -> bytes:
    """One line; a blank at its end is written out, as mail servers drop those."""
    if line.endswith((" ", "\t")):
        return _wrapped(line[:-1], last=f"={ord(line[-1]):02X}")
    return _wrapped(line)


def _wrapped(text: str, last: str = "") -> bytes:
    lines, line = [], ""
    for octet in [*(_OCTETS[byte] for byte in text.encode("utf-8", "replace")), last]:
        if len(line) + len(octet) > WIDEST:
            lines.append(line)
            line = ""
        line += "=2E" if octet == "." and not line else octet
    return "=\r\n".join([*lines, line]).encode("ascii")


def one_line(text: str) -> str:
    """Return `text` as it may stand in a header: what ends or hides a line becomes a space."""
    return CONTROLS.sub(" ", text)


def in_words(text: str) -> bytes:
    """Return `text` as encoded words, each on a line of its own after a space; empty: nothing.

    White space between two of them counts for nothing, so that they join to what went in.
    """
    return b"".join(
        b"\r\n =?utf-8?b?" + base64.b64encode(chunk) + b"?=" for chunk in _chunks(one_line(text))
    )


def in_first(text: str) -> bytes:
    """The same where nothing stands before it in the header: on the line of its name."""
    return in_words(text).removeprefix(b"\r\n")


def in_prose(text: str) -> bytes:
    """Return a header's value for people with the space before it: as it is, or encoded words."""
    plain = len(text) <= SHORT and PLAIN_LINE.match(text)
    return b" " + text.encode("ascii") if plain else in_first(text)


def in_phrase(text: str) -> bytes:
    """Return a name before an address (RFC 5322, 3.4), with the space before it."""
    plain = len(text) <= SHORT and PHRASE.match(text)
    return b" " + text.encode("ascii") if plain else in_first(text)


def _chunks(text: str) -> Iterator[bytes]:
    """Whole characters only: each encoded word stands for itself (RFC 2047, 5)."""
    whole = text.encode("utf-8", "replace")
    if len(whole) <= WORD_BYTES:
        yield from (whole,) if whole else ()
        return
    chunk = b""
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(chunk) + len(octets) > WORD_BYTES:
            yield chunk
            chunk = b""
        chunk += octets
    yield chunk
