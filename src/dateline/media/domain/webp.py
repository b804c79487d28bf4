"""Walk a WebP file without decoding a pixel (RFC 9649)."""

import struct
from dataclasses import dataclass

from dateline.media.domain.container import Container, check_size
from dateline.media.domain.refusal import PictureRefused

RIFF_BYTES = 12
EXTENDED = b"VP8X"
EXTENDED_BYTES = 10
LOSSY = b"VP8 "
LOSSLESS = b"VP8L"
HAS_EXIF, HAS_XMP, HAS_ALPHA, HAS_ICC = 0x08, 0x04, 0x10, 0x20
_LOSSY_BYTES = 10
_LOSSLESS_BYTES = 5
_EXIF_PREFIX = b"Exif\x00\x00"  # some writers leave JPEG's prefix on


@dataclass(frozen=True, slots=True)
class Chunk:
    """One RIFF chunk: four-letter name and its bytes without padding."""

    name: bytes
    body: bytes


def looks_like(data: bytes) -> bool:
    """Say whether the first bytes are those of a WebP file."""
    return data[:4] == b"RIFF" and data[8:RIFF_BYTES] == b"WEBP"


def chunks(data: bytes, *, source: str) -> tuple[Chunk, ...]:
    """Cut a WebP file into its chunks, in file order.

    Raises:
        PictureRefused: the file is shorter than it says.

    """
    (size,) = struct.unpack_from("<I", data, 4)
    end = size + 8
    if end > len(data):
        raise _cut_off(source)
    found: list[Chunk] = []
    at = RIFF_BYTES
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise _cut_off(source)
        found.append(Chunk(name, data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return tuple(found)


def size_of(found: tuple[Chunk, ...], *, source: str) -> tuple[int, int]:
    """Return width and height in pixels.

    Raises:
        PictureRefused: no chunk says the size.

    """
    for chunk in found:
        size = _chunk_size(chunk)
        if size is not None:
            return size
    raise PictureRefused(f"{source} is damaged: it does not say its size. Ask for it again.")


def read(data: bytes, *, source: str) -> Container:
    """Find the size and the metadata blocks of a WebP file.

    Raises:
        PictureRefused: it is damaged, cut off, or has too many pixels.

    """
    found = chunks(data, source=source)
    width, height = size_of(found, source=source)
    check_size(width, height, source=source)
    blocks = {chunk.name: chunk.body for chunk in reversed(found)}
    exif = blocks.get(b"EXIF")
    return Container(
        kind="webp",
        width=width,
        height=height,
        exif=None if exif is None else exif.removeprefix(_EXIF_PREFIX),
        xmp=blocks.get(b"XMP "),
    )


def _cut_off(source: str) -> PictureRefused:
    return PictureRefused(
        f"{source} is cut off: the file ends before the picture does. Ask for it again."
    )


def _chunk_size(chunk: Chunk) -> tuple[int, int] | None:
    body = chunk.body
    if chunk.name == EXTENDED and len(body) >= EXTENDED_BYTES:
        width = int.from_bytes(body[4:7], "little") + 1
        return width, int.from_bytes(body[7:10], "little") + 1
    if chunk.name == LOSSY and len(body) >= _LOSSY_BYTES:
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    if chunk.name == LOSSLESS and len(body) >= _LOSSLESS_BYTES:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
