"""What colours a picture has, found without decoding more of it than that takes."""

from typing import Any

from PIL import Image, ImageOps

from dateline.media.domain import tones

_SIDE = 64  # pixels: how small the decoder may make it


def tones_of(file: Any) -> str:
    """Return the colours of an opened file, turned upright; empty where it lets light through.

    Raises:
        OSError: the file cannot be decoded.

    """
    with Image.open(file) as opened:
        opened.draft(None, (_SIDE, _SIDE))
        if opened.has_transparency_data:
            return ""
        upright = ImageOps.exif_transpose(opened)
        halves = upright.convert("RGB").resize((1, 2), Image.Resampling.BOX, reducing_gap=2)
        above, below = halves.crop((0, 0, 1, 1)).tobytes(), halves.crop((0, 1, 1, 2)).tobytes()
    return tones.told(above, below)
