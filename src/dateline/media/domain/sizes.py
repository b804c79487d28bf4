"""Which copies of a picture readers may ask for, and what they are called.

An address names picture, token, crop and width: `17/3f9a2c81d0/3x2-640.webp`.
Only the crops and widths listed here are made, so that nobody can fill the
disk by asking for odd sizes.
"""

import re
from typing import Literal, NamedTuple, get_args

Ratio = Literal["3:2", "1:1", "4:5", "4:3", "16:9", "full"]
Format = Literal["avif", "webp", "jpeg"]

RATIOS: tuple[Ratio, ...] = get_args(Ratio)
WIDTHS = (320, 480, 640, 750, 960, 1280, 1920)
"""Widths in pixels, narrowest first; 750 for a telephone that shows it from edge to edge."""

_EXTENSIONS: dict[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
_FORMATS = {end: form for form, end in _EXTENSIONS.items()}
_NAME = re.compile(
    r"(?P<ratio>[0-9]{1,2}x[0-9]|full)-(?P<width>[0-9]{3,4})\.(?P<end>avif|webp|jpg)"
)


Copies = tuple[tuple[int, int, int], ...]
"""For each copy the width asked for, and the width and height it has, in pixels."""


class Size(NamedTuple):
    """One copy: the crop, the width it is made for in pixels, the format."""

    ratio: Ratio
    width: int
    format: Format

    @property
    def file_name(self) -> str:
        """The last part of its address, such as `3x2-640.webp`."""
        return f"{self.ratio.replace(':', 'x')}-{self.width}.{_EXTENSIONS[self.format]}"

    @property
    def filter_spec(self) -> str:
        """The Wagtail filter that makes it; a crop keeps the focal point in view."""
        if self.ratio == "full":
            return f"width-{self.width}|format-{self.format}"
        across, down = _parts(self.ratio)
        return f"fill-{self.width}x{round(self.width * down / across)}|format-{self.format}"


def parse(file_name: str) -> Size | None:
    """Read the last part of an address; None for a size that is not on offer."""
    found = _NAME.fullmatch(file_name)
    if found is None:
        return None
    ratio = found["ratio"].replace("x", ":") if found["ratio"] != "full" else "full"
    width = int(found["width"])
    for known in RATIOS:
        if known == ratio and width in WIDTHS:
            return Size(known, width, _FORMATS[found["end"]])
    return None


def on_offer(ratio: Ratio, width: int, height: int) -> Copies:
    """Say which copies of a picture of this size in pixels make sense, narrowest first.

    Each is the width asked for, and the width and height it really has. A
    picture is never enlarged, so the last one may be narrower than its name.
    """
    widest, tallest = _largest(ratio, width, height)
    found = []
    for asked in WIDTHS:
        real = min(asked, widest)
        found.append((asked, real, max(1, round(tallest * real / widest))))
        if asked >= widest:
            break
    return tuple(found)


def _largest(ratio: Ratio, width: int, height: int) -> tuple[int, int]:
    """Return the largest crop of that shape inside the picture."""
    if ratio == "full":
        return width, height
    across, down = _parts(ratio)
    widest = min(width, height * across // down)
    return max(1, widest), max(1, widest * down // across)


def _parts(ratio: Ratio) -> tuple[int, int]:
    across, down = ratio.split(":")
    return int(across), int(down)
