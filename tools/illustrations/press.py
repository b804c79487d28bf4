"""A small printing press: up to three ink plates on paper, overprinted, a little out of register."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import skia
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.special import ndtr

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAIN, SOFT, MIX = (
    1.7,
    0.9,
    0.5,
)  # size of a grain in master pixels; how softly it ends; share of even tint
MASTER = 4 / 3  # the master is 2400 px wide for an 1800 px export
NAVY = "#1f2f5c"
INK = "#22252e"
VERMILION = "#e5472d"
OCHRE = "#f2b23a"
PINE = "#1d6a52"
TEAL = "#2f9a97"
ROSE = "#f0857c"
INDIGO = "#4146b4"
BROWN = "#5a3824"
SKY = "#79b6cf"
PAPER = "#f7f0e1"


def rgb(text: str) -> np.ndarray:
    """`#rrggbb` as three floats from 0 to 1."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


class Sheet:
    """Paper and up to three plates; each plate is one channel of a canvas, 255 is solid ink.

    Coordinates are export pixels. `put` knocks the other inks out under a shape, `over` prints on
    top of them, `cut` carves paper. Tones are 0..1 by ink name; tones between become grain.
    """

    def __init__(
        self,
        name: str,
        inks: dict[str, str],
        size: tuple[int, int] = (1800, 1200),
        paper: str = PAPER,
    ) -> None:
        self.name, self.inks, self.paper = name, inks, paper
        self.w, self.h = size
        self.rng = np.random.default_rng(list(name.encode()))
        self.surface = skia.Surface(round(self.w * MASTER), round(self.h * MASTER))
        self.c = self.surface.getCanvas()
        self.c.clear(skia.Color4f(0, 0, 0, 1))
        self.c.scale(MASTER, MASTER)

    def tone(self, tones: dict[str, float]) -> skia.Color4f:
        """The channel values for tones by ink name."""
        unknown = set(tones) - set(self.inks)
        if unknown:
            raise KeyError(f"{self.name}: no ink called {sorted(unknown)}, only {list(self.inks)}.")
        r, g, b = ([*(tones.get(ink, 0.0) for ink in self.inks), 0.0, 0.0])[:3]
        return skia.Color4f(r, g, b, 1)

    def _draw(self, path: skia.Path, paint: skia.Paint) -> None:
        self.c.drawPath(path, paint)

    def put(self, path: skia.Path, **tones: float) -> None:
        """Print a shape with these inks only."""
        self._draw(path, skia.Paint(Color4f=self.tone(tones), AntiAlias=True))

    def over(self, path: skia.Path, **tones: float) -> None:
        """Print a shape over what is there; inks not named stay as they are."""
        paint = skia.Paint(Color4f=self.tone(tones), AntiAlias=True)
        paint.setBlendMode(skia.BlendMode.kLighten)
        self._draw(path, paint)

    def cut(self, path: skia.Path, *inks: str) -> None:
        """Carve a shape out of the named plates (all of them when none is named)."""
        keep = {ink: 1.0 for ink in self.inks if inks and ink not in inks}
        paint = skia.Paint(Color4f=self.tone(keep), AntiAlias=True)
        paint.setBlendMode(skia.BlendMode.kDarken)
        self._draw(path, paint)

    def fade(
        self,
        path: skia.Path,
        start: tuple[float, float],
        end: tuple[float, float],
        tones: list[dict[str, float]],
        *,
        mode: str = "put",
        at: list[float] | None = None,
    ) -> None:
        """Print a shape whose tone changes along a line: grain by grain, never a smooth ramp."""
        colours = [self.tone(t).toColor() for t in tones]
        shader = skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)], colours, at)
        self._shaded(path, shader, mode)

    def glow(
        self,
        path: skia.Path,
        centre: tuple[float, float],
        radius: float,
        tones: list[dict[str, float]],
        *,
        mode: str = "put",
        at: list[float] | None = None,
    ) -> None:
        """As `fade`, from a centre outwards."""
        colours = [self.tone(t).toColor() for t in tones]
        shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, colours, at)
        self._shaded(path, shader, mode)

    def _shaded(self, path: skia.Path, shader: skia.Shader, mode: str) -> None:
        paint = skia.Paint(Shader=shader, AntiAlias=True)
        blend = {"put": "kSrcOver", "over": "kLighten", "cut": "kDarken"}[mode]
        paint.setBlendMode(getattr(skia.BlendMode, blend))
        self._draw(path, paint)

    @contextmanager
    def clip(self, path: skia.Path) -> Iterator[None]:
        """Keep to the inside of a shape."""
        self.c.save()
        self.c.clipPath(path, doAntiAlias=True)
        yield
        self.c.restore()

    @contextmanager
    def turned(self, angle: float, x: float, y: float) -> Iterator[None]:
        """Draw turned by `angle` degrees about a point."""
        self.c.save()
        self.c.rotate(angle, x, y)
        yield
        self.c.restore()

    def proof(self) -> Image.Image:
        """Pull the print: rough edges, grain, speckle, misregister, inks multiplied on paper."""
        plates = self.surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
        height, width = plates.shape[:2]
        print_rng = np.random.default_rng([7, *self.name.encode()])

        def noise(sigma: float) -> np.ndarray:
            coarse = max(1, int(sigma // 2))
            shape = (height // coarse + 2, width // coarse + 2)
            field = print_rng.standard_normal(shape, dtype=np.float32)
            field = gaussian_filter(field, sigma / coarse, mode="wrap")
            if coarse > 1:
                grown = Image.fromarray(field).resize((width, height), Image.Resampling.BILINEAR)
                field = np.asarray(grown)
            field = field[:height, :width]
            return field / field.std()

        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        wobble_x = noise(3.2) * 0.62 + noise(26) * 1.5
        wobble_y = noise(3.2) * 0.62 + noise(26) * 1.5
        fibre = noise(1.4)
        mottle = noise(60)
        sheet = rgb(self.paper) * (1 + 0.004 * fibre + 0.008 * mottle)[..., None]
        shifts = [(0.0, 0.0), (3.4, -2.6), (-2.8, 2.2)]
        for index, ink in enumerate(self.inks.values()):
            dx, dy = shifts[index]
            plate = map_coordinates(
                plates[..., index],
                [ys + wobble_y + dy, xs + wobble_x + dx],
                order=1,
                mode="nearest",
            )
            grain = ndtr(noise(GRAIN))
            press = 1.0 - 0.03 * np.clip(noise(90), -1, 2)
            laid = np.clip((plate * press * (1 + SOFT) - SOFT / 2 - grain) / SOFT + 0.5, 0, 1)
            laid = MIX * plate + (1 - MIX) * laid
            holes = np.clip((ndtr(noise(1.7)) - 0.9962) / 0.002, 0, 1)
            laid *= (1 - 0.8 * holes) * (0.965 - 0.014 * np.clip(noise(9), -2, 2))
            sheet = sheet * (1 - laid[..., None] * (1 - rgb(ink)))
        image = Image.fromarray((np.clip(sheet, 0, 1) * 255).astype(np.uint8))
        return image.resize((self.w, self.h), Image.Resampling.LANCZOS)
