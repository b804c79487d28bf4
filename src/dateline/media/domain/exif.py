"""Read what we need of EXIF (CIPA DC-008), and write the little we pass on."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.media.domain.plain_text import clean, decode

DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
LAST_UPRIGHT = 4  # orientations 5 to 8 lie on their side
TAKEN_AT, TAKEN_OFFSET = 0x9003, 0x9011
_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825
_BYTE_ORDERS = {b"II*\x00": "<", b"MM\x00*": ">"}
_ASCII, _SHORT, _LONG = 2, 3, 4
_ENTRY = 12
_INLINE = 4  # values up to four bytes stand in the entry itself
_MAX_ENTRIES = 500  # cameras write about sixty; more is damage
_UPRIGHT, _LAST_ORIENTATION = 1, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Exif:
    """The EXIF facts a news desk needs. `taken_at` is local text, `YYYY:MM:DD HH:MM:SS`."""

    description: str | None = None
    artist: str | None = None
    copyright: str | None = None
    taken_at: str | None = None
    taken_offset: str | None = None
    orientation: int = _UPRIGHT
    has_gps: bool = False


def read(block: bytes | None) -> Exif:
    """Read a TIFF structure; damage or None gives an empty Exif, never an error."""
    order = _BYTE_ORDERS.get(block[:4]) if block else None
    if block is None or order is None:
        return Exif()
    tiff = _Tiff(block, order)
    main = tiff.directory(tiff.number(4, _LONG))
    camera = tiff.directory(tiff.pointer(main, _EXIF_DIRECTORY))
    orientation = tiff.pointer(main, ORIENTATION) or _UPRIGHT
    return Exif(
        description=tiff.text(main, DESCRIPTION),
        artist=tiff.text(main, ARTIST),
        copyright=tiff.text(main, COPYRIGHT),
        taken_at=tiff.text(camera, TAKEN_AT),
        taken_offset=tiff.text(camera, TAKEN_OFFSET),
        orientation=orientation if orientation <= _LAST_ORIENTATION else _UPRIGHT,
        has_gps=_GPS_DIRECTORY in main,
    )


def write(*, artist: str | None, copyright_notice: str | None, orientation: int) -> bytes:
    """Write a TIFF structure with artist, copyright and a turned orientation, and nothing else.

    Returns no bytes when there is nothing to say.
    """
    texts = {ARTIST: artist, COPYRIGHT: copyright_notice}
    entries: list[tuple[int, int, int, bytes]] = []
    if orientation != _UPRIGHT:
        entries.append((ORIENTATION, _SHORT, 1, struct.pack(">HH", orientation, 0)))
    for tag, text in texts.items():
        if text:
            raw = text.encode() + b"\x00"
            entries.append((tag, _ASCII, len(raw), raw))
    return _pack(entries) if entries else b""


def _pack(entries: list[tuple[int, int, int, bytes]]) -> bytes:
    head = struct.pack(">2sHIH", b"MM", 42, 8, len(entries))
    values_at = len(head) + _ENTRY * len(entries) + 4
    table, values = b"", b""
    for tag, kind, count, raw in entries:
        inline = raw.ljust(_INLINE, b"\x00")
        if len(raw) > _INLINE:
            inline = struct.pack(">I", values_at + len(values))
            values += raw + b"\x00" * (len(raw) % 2)
        table += struct.pack(">HHI", tag, kind, count) + inline
    return head + table + b"\x00" * 4 + values


@dataclass(frozen=True, slots=True)
class _Tiff:
    """A TIFF structure in which any offset may be wrong."""

    block: bytes
    order: str

    def number(self, at: int, kind: int) -> int:
        form, size = ("H", 2) if kind == _SHORT else ("I", 4)
        if at + size > len(self.block):
            return 0
        return int(struct.unpack_from(self.order + form, self.block, at)[0])

    def directory(self, at: int) -> dict[int, int]:
        """Return tag to entry offset of the directory at `at`; 0 is no directory."""
        return dict(self._entries(at)) if at else {}

    def _entries(self, at: int) -> Iterator[tuple[int, int]]:
        for index in range(min(self.number(at, _SHORT), _MAX_ENTRIES)):
            entry = at + 2 + _ENTRY * index
            if entry + _ENTRY <= len(self.block):
                yield self.number(entry, _SHORT), entry

    def pointer(self, directory: dict[int, int], tag: int) -> int:
        """Return the one number of an entry, 0 where it is missing."""
        entry = directory.get(tag)
        return 0 if entry is None else self.number(entry + 8, self.number(entry + 2, _SHORT))

    def text(self, directory: dict[int, int], tag: int) -> str | None:
        entry = directory.get(tag)
        if entry is None or self.number(entry + 2, _SHORT) != _ASCII:
            return None
        size = self.number(entry + 4, _LONG)
        start = entry + 8 if size <= _INLINE else self.number(entry + 8, _LONG)
        return clean(decode(self.block[start : start + size].split(b"\x00", 1)[0]))
