"""Read and write IPTC-IIM 4.2, the older of the two metadata blocks in a news picture."""

from dataclasses import dataclass

from dateline.media.domain.plain_text import clean, decode

UTF8 = b"\x1b%G"
"""Coded character set (1:90) that declares UTF-8, ISO 2022."""

OBJECT_NAME, URGENCY, KEYWORDS, INSTRUCTIONS = (2, 5), (2, 10), (2, 25), (2, 40)
DATE_CREATED, TIME_CREATED, BYLINE = (2, 55), (2, 60), (2, 80)
CITY, REGION, COUNTRY, TRANSMISSION = (2, 90), (2, 95), (2, 101), (2, 103)
HEADLINE, CREDIT, SOURCE, COPYRIGHT, CAPTION = (2, 105), (2, 110), (2, 115), (2, 116), (2, 120)

LIMITS = {BYLINE: 32, HEADLINE: 256, CREDIT: 32, SOURCE: 32, COPYRIGHT: 128, CAPTION: 2000}
"""Largest value in bytes, IIM 4.2 chapter 6. Longer text is only whole in XMP."""

_TAG = 0x1C
_HEADER = 5
_EXTENDED = 0x8000
_WIDEST = 4  # bytes of an extended size; more than 4 GB is damage
_CHARSET = (1, 90)


@dataclass(frozen=True, slots=True)
class Iim:
    """The data sets of one IIM record; a repeated one keeps its order."""

    values: dict[tuple[int, int], tuple[str, ...]]
    warnings: tuple[str, ...] = ()

    def first(self, data_set: tuple[int, int]) -> str | None:
        """Return the first value of a data set, or None."""
        return next(iter(self.values.get(data_set, ())), None)

    def every(self, data_set: tuple[int, int]) -> tuple[str, ...]:
        """Return all values of a repeatable data set, in order."""
        return self.values.get(data_set, ())


def read(block: bytes) -> Iim:
    """Read one IIM record; damage ends the reading and is told in `warnings`.

    Text is UTF-8 when 1:90 says so or the bytes are valid UTF-8, else Latin-1.
    """
    raw: dict[tuple[int, int], list[bytes]] = {}
    warnings: list[str] = []
    at = 0
    while at < len(block) and block[at] == _TAG:
        size, start = _size(block, at)
        if size < 0 or start + size > len(block):
            warnings.append("The IIM block is cut off; what came before was read.")
            break
        raw.setdefault((block[at + 1], block[at + 2]), []).append(block[start : start + size])
        at = start + size
    if raw.get(_CHARSET) == [UTF8] and not _is_utf8(raw):
        warnings.append("The IIM block says UTF-8 but is not; it was read as Latin-1.")
    values = {key: _texts(parts) for key, parts in raw.items()}
    return Iim({key: texts for key, texts in values.items() if texts}, tuple(warnings))


def write(values: dict[tuple[int, int], str]) -> bytes:
    """Write an IIM record in UTF-8; values are cut to the standard's length between characters."""
    head = _data_set(_CHARSET, UTF8) + _data_set((2, 0), b"\x00\x04")
    return head + b"".join(
        _data_set(key, _clip(values[key], LIMITS[key])) for key in sorted(values)
    )


def _size(block: bytes, at: int) -> tuple[int, int]:
    """Return the size of the data set at `at` and where its bytes start; -1 when cut off."""
    start = at + _HEADER
    if start > len(block):
        return -1, start
    size = int.from_bytes(block[at + 3 : start], "big")
    if size & _EXTENDED:  # the low bits say how many bytes the real size takes
        count = size & ~_EXTENDED
        size = int.from_bytes(block[start : start + count], "big") if count <= _WIDEST else -1
        start += count
    return size, start


def _is_utf8(raw: dict[tuple[int, int], list[bytes]]) -> bool:
    try:
        b"\n".join(part for key, parts in raw.items() if key[0] > 1 for part in parts).decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts(parts: list[bytes]) -> tuple[str, ...]:
    return tuple(text for text in (clean(decode(part)) for part in parts) if text)


def _clip(text: str, limit: int) -> bytes:
    return text.encode()[:limit].decode(errors="ignore").encode()


def _data_set(key: tuple[int, int], value: bytes) -> bytes:
    return bytes((_TAG, *key)) + len(value).to_bytes(2, "big") + value
