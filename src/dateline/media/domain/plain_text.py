"""Text as agencies put it into pictures, made fit to store and to show."""

import re

_UNSTORABLE = re.compile("[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str | None:
    """Drop control characters and outer white space; nothing left is None.

    Line breaks come back as LF. What remains is legal in XML 1.0 (section 2.2)
    and in the database.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", unified).strip() or None


def decode(raw: bytes) -> str:
    """Read bytes of unknown charset: UTF-8 when they are, else Latin-1 as browsers read it.

    Browsers take Latin-1 to mean windows-1252 (WHATWG Encoding, section 4.2),
    which is what agencies that send curly quotes as one byte mean, too.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
