"""The picture that stands for a story where its link is shared: a headline in its title's dress."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont, ImageOps

from dateline.web.domain.palette import Palette
from dateline.web.domain.typesetting import LEADING, Box, Setting, fit

SIZE = (1200, 630)  # pixels: the shape that every service shows whole
MARGIN, BAR, GAP = 64, 16, 48
PICTURE_WIDTH = 480
HEAD = 200  # pixels: name and section above the headline
QUALITY = 86
ACCENTED, MACRONS = range(0xC0, 0x100), range(0x100, 0x180)
FIRST_OF_THE_EAST = 0x2E80  # from there on Japanese fonts are asked
IN_MAIN = frozenset("é\u00d7÷")  # letters of that range which the first file of each face has
JAPANESE = (
    "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc", "NotoSansJP-Bold.otf", "ipaexm.ttf", "ipaexg.ttf", "ipagp.ttf",
)  # fmt: skip
FONT_PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on the picture. `look` names the faces; `name` is the title's."""

    name: str
    kicker: str
    headline: str
    look: str


def drawn(words: Words, colours: Palette, *, photo: bytes | None, credit: str) -> bytes:
    """Return the picture as JPEG: the headline on the title's colours, `photo` at its right.

    `photo` is the file of a copy of the lead picture, None for none; `credit` stands in it. A
    letter that no font on this machine has is left out (Japanese needs one of JAPANESE).
    """
    canvas = Image.new("RGB", SIZE, colours.paper)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((0, 0, SIZE[0], BAR - 1), fill=colours.accent)
    right = SIZE[0] - MARGIN
    if photo:
        _place(canvas, pen, photo, credit, words.look)
        right = SIZE[0] - PICTURE_WIDTH - GAP
    width = right - MARGIN
    name = _set(words.name, words.look, _line(width, 44))
    kicker = _set(words.kicker, words.look, _line(width, 30))
    room = Box(width=width, height=SIZE[1] - MARGIN - HEAD, lines=5, largest=92, smallest=40)
    headline = _set(words.headline, words.look, room)
    height = round(len(headline.lines) * headline.size * LEADING)
    top = SIZE[1] - MARGIN - height
    _write(pen, name, words.look, (MARGIN, MARGIN), colours.ink)
    _write(pen, kicker, words.look, (MARGIN, top - 54), colours.accent_text)
    _write(pen, headline, words.look, (MARGIN, top), colours.ink)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _place(
    canvas: Image.Image, pen: ImageDraw.ImageDraw, photo: bytes, credit: str, look: str
) -> None:
    box = (PICTURE_WIDTH, SIZE[1] - BAR)
    with Image.open(io.BytesIO(photo)) as found:
        canvas.paste(ImageOps.fit(found.convert("RGB"), box), (SIZE[0] - box[0], BAR))
    if credit:
        line = _set(credit, look, _line(box[0] - 32, 20))
        left, top = SIZE[0] - box[0], SIZE[1] - 38
        pen.rectangle((left, top, SIZE[0], SIZE[1]), fill="#000000")
        _write(pen, line, look, (left + 16, top + 6), "#ffffff")


def _line(width: int, size: int) -> Box:
    """Room for one line, which may shrink by a fifth."""
    return Box(width=width, height=2 * size, lines=1, largest=size, smallest=size * 4 // 5)


def _set(text: str, look: str, box: Box) -> Setting:
    text = "".join(letter for letter in text if _face_of(letter, look))
    return fit(
        text, box, lambda line, size: sum(f.getlength(run) for f, run in _runs(line, look, size))
    )


def _write(
    pen: ImageDraw.ImageDraw, setting: Setting, look: str, at: tuple[int, int], colour: str
) -> None:
    left, top = at
    for row, line in enumerate(setting.lines):
        across = float(left)
        base = top + setting.size + round(row * setting.size * LEADING) - setting.size // 8
        for face, run in _runs(line, look, setting.size):
            pen.text((across, base), run, font=face, fill=colour, anchor="ls")
            across += face.getlength(run)


def _runs(line: str, look: str, size: int) -> Iterable[tuple[ImageFont.FreeTypeFont, str]]:
    """The line in pieces that one font has all letters of."""
    for path, letters in groupby(line, key=lambda letter: _face_of(letter, look)):
        yield _font(path, size), "".join(letters)


def _face_of(letter: str, look: str) -> str:
    """The file of the font that has a letter; empty where none on this machine does."""
    code = ord(letter)
    if code >= FIRST_OF_THE_EAST:
        return japanese_font()
    end = "-accents" if code in ACCENTED and letter not in IN_MAIN else ""
    end = "-ext" if code in MACRONS else end
    return str(finders.find(f"web/fonts/{look}-display{end}.woff2") or "")


@cache
def japanese_font() -> str:
    """The first font of JAPANESE on this machine, as a path; empty where there is none."""
    found = {path.name: path for place in FONT_PLACES for path in place.rglob("*.?t?")}
    return str(next((found[name] for name in JAPANESE if name in found), ""))


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)
