"""Text as sent, made fit to be kept: no control characters, no broken surrogates."""

import re

# Everything XML 1.0 and a database refuse: C0 without tab, line feed and return; DEL and C1 without
# next line; the two non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_WHITE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return `text` without control characters; halves of surrogate pairs become U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNFIT.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str | None) -> str | None:
    """Return `text` on one line with single spaces, or None where there is nothing to read."""
    return _WHITE.sub(" ", tidy(text)).strip() or None if text else None


def passage(text: str | None) -> str | None:
    """Return `text` with its own line breaks but no spaces around lines, or None for nothing."""
    if not text:
        return None
    return "\n".join(one.strip() for one in tidy(text).split("\n")).strip() or None


def pixels(text: str | None) -> int | None:
    """Return a size in pixels, or None for anything that is no whole number below a million."""
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else None


def same(one: str | None, other: str | None) -> bool:
    """Say whether two texts read the same: white space and letter case do not count."""
    return (line(one) or "").casefold() == (line(other) or "").casefold()
