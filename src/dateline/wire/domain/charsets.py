"""Text of documents that do not say how their letters are written: ASCII, UTF-8, or older sets."""

import re
import unicodedata

_LAST_ASCII = 0x7F
ISO_6937 = "iso-6937"  # the accents of IPTC 7901: a byte for the accent, then the letter
_ACCENTS = {
    0xC1: "\u0300", 0xC2: "\u0301", 0xC3: "\u0302", 0xC4: "\u0303", 0xC5: "\u0304", 0xC6: "\u0306",
    0xC7: "\u0307", 0xC8: "\u0308", 0xCA: "\u030a", 0xCB: "\u0327", 0xCD: "\u030b", 0xCE: "\u0328",
    0xCF: "\u030c",
}  # fmt: skip
_SINGLE = {
    0xA0: "\u00a0", 0xA1: "¡", 0xA2: "¢", 0xA3: "£", 0xA4: "$", 0xA5: "¥", 0xA7: "§",
    0xA9: "\u2018", 0xAA: "“", 0xAB: "«", 0xB0: "°", 0xB4: "\u00d7", 0xB8: "÷", 0xB9: "\u2019",
    0xBA: "”", 0xBB: "»", 0xBC: "¼", 0xBD: "½", 0xBE: "¾", 0xBF: "¿", 0xE1: "Æ", 0xE9: "Ø",
    0xEA: "Œ", 0xF1: "æ", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß",
}  # fmt: skip
# Within a word of small letters, where no other set has a letter.
_LOOKS_6937 = re.compile(rb"[a-z][\xc1-\xcf][aceinosuyz]")
_LOOKS_850 = re.compile(rb"[a-z][\x81-\x84\x87-\x8c\x93\x94\x98\xa1-\xa4](?=[a-z])")
_LOOKS_LATIN = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][a-z]")


def known(name: str) -> bool:
    """Say whether a character set can be read here: ASCII must mean itself in it."""
    if name.lower() == ISO_6937:
        return True
    try:
        return "\x01 A".encode(name) == b"\x01 A"
    except (LookupError, UnicodeError):
        return False


def decode(data: bytes, *, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data`, and a sentence where its letters had to be told by its bytes.

    `charset` is the provider's; None, or one that does not fit, leaves it to the bytes: UTF-8,
    CP 850, ISO 6937 (IPTC 7901) or Latin-1 (with the quotation marks of Windows-1252). A byte that
    is no letter becomes U+FFFD. Raises nothing.
    """
    if charset and not _unfit(data, charset):
        return _text(data, charset), ()
    if not _unfit(data, "utf-8"):
        return data.decode("utf-8-sig"), _misfit(charset)
    told = _told_by_bytes(data)
    named = "Latin-1" if told == "cp1252" else told.upper()
    warning = (
        f"Its letters are not UTF-8; they were read as {named}. If some of them look wrong, ask "
        "the agency to send UTF-8."
    )
    return _text(data, told), (*_misfit(charset), warning)


def _misfit(charset: str | None) -> tuple[str, ...]:
    return (f"It has bytes that its character set, {charset}, does not allow.",) if charset else ()


def _unfit(data: bytes, charset: str) -> bool:
    if charset.lower() == ISO_6937:
        return False
    try:
        data.decode(charset)
    except (ValueError, LookupError):
        return True
    return False


def _told_by_bytes(data: bytes) -> str:
    latin = len(_LOOKS_LATIN.findall(data))
    if len(_LOOKS_850.findall(data)) > latin:
        return "cp850"
    return ISO_6937 if 2 * len(_LOOKS_6937.findall(data)) > latin else "cp1252"


def _text(data: bytes, charset: str) -> str:
    return _of_6937(data) if charset.lower() == ISO_6937 else data.decode(charset, "replace")


def _of_6937(data: bytes) -> str:
    letters: list[str] = []
    accent = ""
    for byte in data:
        if byte in _ACCENTS:
            letters.append(accent and "\ufffd")
            accent = _ACCENTS[byte]
            continue
        letter = chr(byte) if byte <= _LAST_ASCII else _SINGLE.get(byte, "\ufffd")
        letters.append(unicodedata.normalize("NFC", letter + accent))
        accent = ""
    return "".join([*letters, accent and "\ufffd"])
