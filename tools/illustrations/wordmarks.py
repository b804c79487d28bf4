"""`python -m illustrations.wordmarks FONTS`: sets the mastheads' names as outlines.

FONTS is a folder with the `@fontsource` packages of fraunces, outfit, newsreader,
bricolage-grotesque and work-sans unpacked as `fontsource-NAME/`. Noto Serif CJK comes from Debian.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import uharfbuzz as hb
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[2] / "src" / "dateline" / "demo" / "wordmarks"
CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
SIZE = 100  # units per em in the drawing


class Face:
    """One font, shaped by HarfBuzz and read as outlines."""

    def __init__(self, path: Path, number: int = -1) -> None:
        self.font = TTFont(path, fontNumber=number)
        self.scale = SIZE / self.font["head"].unitsPerEm
        self.glyphs = self.font.getGlyphSet()
        if path.suffix == ".ttc":
            blob = path.read_bytes()
            self.hb = hb.Font(hb.Face(blob, max(number, 0)))
        else:
            plain = io.BytesIO()
            self.font.flavor = None
            self.font.save(plain)
            self.hb = hb.Font(hb.Face(plain.getvalue()))

    def line(
        self, text: str, x: float = 0, y: float = 0, size: float = 1, track: float = 0
    ) -> tuple[str, tuple[float, float, float, float]]:
        """The text as one path from a baseline at x,y; returns it with its box (x0, y0, x1, y1)."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.hb, buffer, {"kern": True, "liga": True})
        pen = SVGPathPen(self.glyphs, ntos=lambda v: f"{v:.1f}".rstrip("0").rstrip("."))
        bounds = BoundsPen(self.glyphs)
        k = self.scale * size
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            at = Transform(k, 0, 0, -k, x + place.x_offset * k, y - place.y_offset * k)
            glyph = self.glyphs[self.font.getGlyphName(info.codepoint)]
            glyph.draw(TransformPen(pen, at))
            glyph.draw(TransformPen(bounds, at))
            x += place.x_advance * k + track
        return pen.getCommands(), bounds.bounds


def svg(
    title: str, box: tuple[float, float, float, float], body: str, colour: str = "currentColor"
) -> str:
    """A script-free SVG cut to its box."""
    x0, y0, x1, y1 = box
    view = f"{x0:.1f} {y0:.1f} {x1 - x0:.1f} {y1 - y0:.1f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" fill="{colour}" role="img">'
        f"<title>{title}</title>{body}</svg>\n"
    )


def path(d: str, extra: str = "") -> str:
    """A path element."""
    return f'<path d="{d}"{extra}/>'


def pinwheel(x: float, y: float, u: float, gap: float) -> str:
    """Four and a half tatami: four mats around a half one, as rectangles in one path."""
    mats = [(0, 0, 2, 1), (2, 0, 1, 2), (1, 2, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1)]
    out = ""
    for mx, my, w, h in mats:
        out += f"M{x + mx * u + gap / 2:.1f} {y + my * u + gap / 2:.1f}h{w * u - gap:.1f}v{h * u - gap:.1f}h{gap - w * u:.1f}z"
    return out


def bean(cx: float, cy: float, r: float, turn: float) -> str:
    """A soy bean: a tilted oval with its seam left open."""
    return (
        f'<g transform="rotate({turn} {cx:.1f} {cy:.1f})"><path fill-rule="evenodd" d="'
        f"M{cx - r:.1f} {cy:.1f}a{r:.1f} {r * 0.74:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r * 0.74:.1f} 0 1 0 {-2 * r:.1f} 0z"
        f"M{cx - r * 0.5:.1f} {cy - r * 0.1:.1f}q{r * 0.5:.1f} {r * 0.34:.1f} {r:.1f} 0q{-r * 0.5:.1f} {r * 0.62:.1f} {-r:.1f} 0z"
        '"/></g>'
    )


def waves(x: float, y: float, w: float, step: float, thick: float) -> str:
    """Three river lines."""
    out = ""
    for i in range(3):
        yy, q = y + i * step, w / 4
        out += (
            f"M{x:.1f} {yy:.1f}q{q / 2:.1f} {-step * 0.75:.1f} {q:.1f} 0t{q:.1f} 0t{q:.1f} 0t{q:.1f} 0"
            f"v{thick:.1f}q{-q / 2:.1f} {step * 0.75:.1f} {-q:.1f} 0t{-q:.1f} 0t{-q:.1f} 0t{-q:.1f} 0z"
        )
    return out


def wordmarks(fonts: Path) -> dict[str, str]:
    """The six names, by file stem."""

    def face(name: str, weight: int) -> Face:
        return Face(fonts / f"fontsource-{name}" / "files" / f"{name}-latin-{weight}-normal.woff2")

    out = {}
    d, box = face("newsreader", 700).line("The Musashi Daily", track=-1.2)
    out["musashi"] = svg("The Musashi Daily", box, path(d))
    d, box = Face(CJK, 0).line("武蔵日報", track=8)
    out["musashi-ja"] = svg("武蔵日報", box, path(d))
    fraunces = face("fraunces", 600)
    d, box = fraunces.line("K\u0131nako", track=-0.6)
    _, before = fraunces.line("K", track=-0.6)
    _, upto = fraunces.line("K\u0131", track=-0.6)
    stem = (before[2] + upto[2]) / 2
    out["kinako"] = svg(
        "Kinako",
        (box[0], box[1] - 9, box[2], box[3]),
        path(d) + bean(stem + 2, box[1] + 5, 11.5, -28),
    )
    d, box = face("bricolage-grotesque", 700).line("Slow Rails", track=-1)
    y = box[3] + 13
    rail = f"M{box[0]:.1f} {y:.1f}H{box[2] - 30:.1f}v3.4H{box[0]:.1f}zM{box[0]:.1f} {y + 8:.1f}H{box[2] - 30:.1f}v3.4H{box[0]:.1f}z"
    ring = f"M{box[2] - 32:.1f} {y + 5.7:.1f}a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zm5.4 0a4.6 4.6 0 1 1 9.2 0a4.6 4.6 0 1 1 -9.2 0z"
    on = f"M{box[2] - 12:.1f} {y:.1f}h12v3.4h-12zM{box[2] - 12:.1f} {y + 8:.1f}h12v3.4h-12z"
    out["slow-rails"] = svg(
        "Slow Rails",
        (box[0], box[1], box[2], y + 16),
        path(d) + path(rail + on) + path(ring, ' fill-rule="evenodd"'),
    )
    d, box = face("outfit", 600).line("Desk & Tatami", x=92, track=-0.6)
    out["desk-tatami"] = svg(
        "Desk &amp; Tatami",
        (0, box[1], box[2], box[3]),
        path(pinwheel(0, box[1], (box[3] - box[1]) / 3, 4)) + path(d),
    )
    d, box = face("work-sans", 600).line("Tamagawa Press", x=112, track=-0.8)
    out["tamagawa-press"] = svg(
        "Tamagawa Press",
        (0, box[1], box[2], box[3]),
        path(waves(0, box[1] + 16, 88, 22, 9)) + path(d),
    )
    return out


def main() -> None:
    """Write every wordmark."""
    fonts = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    for stem, text in wordmarks(fonts).items():
        (OUT / f"{stem}.svg").write_text(text)
        print(f"{stem}.svg {len(text)}")


if __name__ == "__main__":
    main()
