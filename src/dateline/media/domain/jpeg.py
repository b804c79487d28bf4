"""Walk a JPEG file without decoding a pixel (ITU-T T.81, annex B)."""

import re
import struct
from dataclasses import dataclass

from dateline.media.domain.container import Container, check_size
from dateline.media.domain.refusal import PictureRefused

START = b"\xff\xd8"
END = b"\xff\xd9"
EXIF_PREFIX = b"Exif\x00\x00"
XMP_PREFIX = b"http://ns.adobe.com/xap/1.0/\x00"
MORE_XMP_PREFIX = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP_PREFIX = b"Photoshop 3.0\x00"
IIM_RESOURCE = 0x0404
IIM_DIGEST_RESOURCE = 0x0425

APP0, APP1, APP2, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
SCAN = 0xDA
_EOI = 0xD9
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})  # markers that carry no length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LENGTH = 2  # bytes of a segment's length, which counts itself
_FRAME_BYTES = 5  # precision, height, width
_AFTER_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_RESOURCE_BYTES = 12  # signature, id, empty name, size


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker segment: the marker's second byte and the bytes after its length."""

    marker: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole JPEG: the segments before the first scan, and where the pixels lie."""

    segments: tuple[Segment, ...]
    pixels: bytes
    """From the first scan marker up to and with the end marker."""


def lay_out(data: bytes, *, source: str) -> Layout:
    """Cut a JPEG into its segments and its pixels.

    Anything after the end marker (a second picture of an MPO file, a camera's
    preview) is left out.

    Raises:
        PictureRefused: it is damaged or cut off.

    """
    found: list[Segment] = []
    at = len(START)
    while True:
        marker, at = _next_marker(data, at, source)
        if marker == SCAN:
            start = at - 2
            return Layout(tuple(found), data[start : _end(data, start, source)])
        if marker in _ALONE:
            continue
        if marker == _EOI:
            raise PictureRefused(f"{source} is a JPEG without a picture in it. Ask for it again.")
        body = _body(data, at, source)
        found.append(Segment(marker, body))
        at += 2 + len(body)


def read(data: bytes, *, source: str) -> Container:
    """Find the size and the metadata blocks of a JPEG.

    Raises:
        PictureRefused: it is damaged, cut off, or has too many pixels.

    """
    layout = lay_out(data, source=source)
    width, height = _size(layout, source)
    check_size(width, height, source=source)
    resources = _photoshop(layout)
    return Container(
        kind="jpeg",
        width=width,
        height=height,
        exif=_first(layout, APP1, EXIF_PREFIX),
        xmp=_first(layout, APP1, XMP_PREFIX),
        iim=resources.get(IIM_RESOURCE),
        iim_digest=resources.get(IIM_DIGEST_RESOURCE),
        has_extended_xmp=_first(layout, APP1, MORE_XMP_PREFIX) is not None,
    )


def _cut_off(source: str) -> PictureRefused:
    return PictureRefused(
        f"{source} is cut off: the file ends before the picture does. Ask for it again."
    )


def _next_marker(data: bytes, at: int, source: str) -> tuple[int, int]:
    """Return the next marker and the place after it; stray bytes are skipped, as cameras need."""
    at = data.find(b"\xff", at)
    if at < 0:
        raise _cut_off(source)
    while data[at : at + 1] == b"\xff":  # fill bytes are legal before a marker
        at += 1
    if at >= len(data):
        raise _cut_off(source)
    return data[at], at + 1


def _body(data: bytes, at: int, source: str) -> bytes:
    if at + _LENGTH > len(data):
        raise _cut_off(source)
    (length,) = struct.unpack_from(">H", data, at)
    if length < _LENGTH:
        raise PictureRefused(f"{source} is damaged: a segment has no length. Ask for it again.")
    if at + length > len(data):
        raise _cut_off(source)
    return data[at + _LENGTH : at + length]


def _end(data: bytes, at: int, source: str) -> int:
    """Return the place after the end marker, stepping over the tables between scans."""
    at += 2
    while True:
        at += 2 + len(_body(data, at, source))
        hit = _AFTER_PIXELS.search(data, at)
        if hit is None:
            raise _cut_off(source)
        at = hit.end()
        if data[at - 1] == _EOI:
            return at


def _size(layout: Layout, source: str) -> tuple[int, int]:
    for segment in layout.segments:
        if segment.marker in _FRAMES and len(segment.body) >= _FRAME_BYTES:
            height, width = struct.unpack_from(">HH", segment.body, 1)
            return width, height
    raise PictureRefused(f"{source} is damaged: it does not say its size. Ask for it again.")


def _first(layout: Layout, marker: int, prefix: bytes) -> bytes | None:
    for segment in layout.segments:
        if segment.marker == marker and segment.body.startswith(prefix):
            return segment.body[len(prefix) :]
    return None


def _photoshop(layout: Layout) -> dict[int, bytes]:
    """Read the image resource blocks; a long IIM record may span several segments."""
    block = b"".join(
        segment.body[len(PHOTOSHOP_PREFIX) :]
        for segment in layout.segments
        if segment.marker == APP13 and segment.body.startswith(PHOTOSHOP_PREFIX)
    )
    resources: dict[int, bytes] = {}
    at = 0
    while block[at : at + 4] == b"8BIM" and at + _RESOURCE_BYTES <= len(block):
        (number,) = struct.unpack_from(">H", block, at + 4)
        size_at = at + 6 + (block[at + 6] + 2) // 2 * 2  # a Pascal name, padded to even
        if size_at + 4 > len(block):
            break
        (size,) = struct.unpack_from(">I", block, size_at)
        resources.setdefault(number, block[size_at + 4 : size_at + 4 + size])
        at = size_at + 4 + size + size % 2
    return resources
