"""What a picture file holds around its pixels, whatever its format."""

from dataclasses import dataclass
from typing import Literal

from dateline.media.domain.refusal import PictureRefused

MAX_PIXELS = 100_000_000
"""Largest picture taken, width times height: above any news camera, below what fills memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The raw metadata blocks of one picture file; pixels are not touched.

    `width` and `height` are in pixels as stored, before EXIF orientation.
    `exif` is the TIFF structure without its `Exif` prefix; `iim` the IPTC-NAA
    record; `iim_digest` the MD5 that Photoshop keeps of it (resource 0x0425).
    """

    kind: Literal["jpeg", "webp"]
    width: int
    height: int
    exif: bytes | None = None
    xmp: bytes | None = None
    iim: bytes | None = None
    iim_digest: bytes | None = None
    has_extended_xmp: bool = False


def check_size(width: int, height: int, *, source: str) -> None:
    """Refuse a picture with no pixels or with more than MAX_PIXELS.

    Raises:
        PictureRefused: naming the picture and its size in pixels.

    """
    if not width or not height:
        raise PictureRefused(f"{source} says it is {width} by {height} pixels. Ask for it again.")
    if width * height > MAX_PIXELS:
        raise PictureRefused(
            f"{source} is {width:,} by {height:,} pixels; the limit is "
            f"{MAX_PIXELS // 1_000_000} million in all. Ask for a smaller copy."
        )
