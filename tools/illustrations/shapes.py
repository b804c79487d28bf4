"""Shapes a block cutter knows: smooth outlines, gouge strokes, ridges, waves, clouds, people."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import skia

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Point = tuple[float, float]


def poly(*points: Point) -> skia.Path:
    """Straight edges through the points, closed."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def rect(x: float, y: float, w: float, h: float, r: float = 0) -> skia.Path:
    """A rectangle, its corners rounded by `r`."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r)
    return path


def oval(cx: float, cy: float, rx: float, ry: float | None = None, turn: float = 0) -> skia.Path:
    """An ellipse, turned by `turn` degrees; a circle when `ry` is left out."""
    ry = rx if ry is None else ry
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(cx - rx, cy - ry, cx + rx, cy + ry))
    return turned(path, turn, cx, cy) if turn else path


def turned(path: skia.Path, degrees: float, x: float, y: float) -> skia.Path:
    """The shape turned about a point."""
    return moved(path, skia.Matrix.RotateDeg(degrees, skia.Point(x, y)))


def moved(path: skia.Path, matrix: skia.Matrix) -> skia.Path:
    """The shape under a matrix."""
    out = skia.Path(path)
    out.transform(matrix)
    return out


def placed(path: skia.Path, x: float, y: float, scale: float = 1, flip: bool = False) -> skia.Path:
    """The shape, drawn around 0,0, set at a place and size."""
    matrix = skia.Matrix.Translate(x, y)
    matrix.preScale(-scale if flip else scale, scale)
    return moved(path, matrix)


def smooth(points: Sequence[Point], steps: int = 14, closed: bool = False) -> list[Point]:
    """A Catmull-Rom curve through the points, sampled."""
    pts = np.array(points, dtype=float)
    if closed:
        pts = np.vstack([pts[-1], pts, pts[:2]])
    else:
        pts = np.vstack([2 * pts[0] - pts[1], pts, 2 * pts[-1] - pts[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(pts, pts[1:], pts[2:], pts[3:], strict=False):
        out.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    run = np.vstack(out) if closed else np.vstack([*out, pts[-2]])
    return [(float(x), float(y)) for x, y in run]


def blob(*points: Point) -> skia.Path:
    """A smooth closed outline through the points."""
    return poly(*smooth(points, closed=True))


def hill(points: Sequence[Point], bottom: float, soft: bool = True) -> skia.Path:
    """Everything below a line, down to `bottom`."""
    run = smooth(points) if soft else list(points)
    return poly(*run, (run[-1][0], bottom), (run[0][0], bottom))


def gouge(
    points: Sequence[Point],
    width: float,
    taper: tuple[float, float] = (0.0, 0.0),
    bend: bool = True,
) -> skia.Path:
    """A stroke that swells to `width` and thins to `taper` shares of it at its two ends."""
    run = np.array(smooth(points, 10) if bend and len(points) > 2 else _dense(points))
    step = np.gradient(run, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    t = np.linspace(0, 1, len(run))
    swell = np.sin(np.pi * t) ** 0.6
    ends = taper[0] * (1 - t) + taper[1] * t
    half = (width / 2 * np.maximum(swell, ends))[:, None]
    left, right = run + normal * half, run - normal * half
    return poly(*map(tuple, left), *map(tuple, right[::-1]))


def _dense(points: Sequence[Point]) -> np.ndarray:
    pts = np.array(points, dtype=float)
    t = np.linspace(0, 1, 12, endpoint=False)[:, None]
    return np.vstack([*(a + (b - a) * t for a, b in pairwise(pts)), pts[-1]])


def rod(points: Sequence[Point], width: float, bend: bool = False, cap: bool = True) -> skia.Path:
    """A stroke of even width with round ends (or cut ends)."""
    path = skia.Path()
    run = smooth(points) if bend else points
    path.moveTo(*run[0])
    for point in run[1:]:
        path.lineTo(*point)
    paint = skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    paint.setStrokeCap(skia.Paint.kRound_Cap if cap else skia.Paint.kButt_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    out = skia.Path()
    if hasattr(paint, "getFillPath"):
        paint.getFillPath(path, out)
    else:
        skia.FillPathWithPaint(path, paint, out)
    return out


def ring(cx: float, cy: float, r: float, width: float) -> skia.Path:
    """A ring whose band lies inside `r`."""
    return minus(oval(cx, cy, r), oval(cx, cy, r - width))


def union(*paths: skia.Path) -> skia.Path:
    """All shapes as one."""
    out = paths[0]
    for path in paths[1:]:
        out = skia.Op(out, path, skia.PathOp.kUnion_PathOp)
    return out


def minus(path: skia.Path, *holes: skia.Path) -> skia.Path:
    """The shape without the holes."""
    for hole in holes:
        path = skia.Op(path, hole, skia.PathOp.kDifference_PathOp)
    return path


def both(one: skia.Path, two: skia.Path) -> skia.Path:
    """What two shapes share."""
    return skia.Op(one, two, skia.PathOp.kIntersect_PathOp)


def many(paths: Iterable[skia.Path]) -> skia.Path:
    """Shapes gathered for one drawing call (winding fill, no boolean work)."""
    out = skia.Path()
    for path in paths:
        out.addPath(path)
    return out


def ridge(
    rng: np.random.Generator,
    x0: float,
    x1: float,
    y: float,
    amp: float,
    rough: float = 0.55,
    depth: int = 7,
) -> list[Point]:
    """A broken skyline by midpoint displacement; `rough` near 0.4 is soft, 0.7 is rocky."""
    ys = np.array([y, y + rng.uniform(-amp, amp) * 0.4])
    for _ in range(depth):
        mid = (ys[:-1] + ys[1:]) / 2 + rng.uniform(-amp, amp, len(ys) - 1)
        out = np.empty(len(ys) * 2 - 1)
        out[::2], out[1::2] = ys, mid
        ys, amp = out, amp * rough
    return list(zip(np.linspace(x0, x1, len(ys)).tolist(), ys.tolist(), strict=True))


def hatch(
    rng: np.random.Generator,
    box: tuple[float, float, float, float],
    gap: float,
    width: float,
    angle: float = 0,
    length: tuple[float, float] = (120, 420),
    fill: float = 0.8,
) -> skia.Path:
    """Carved strokes of uneven length over a box (x, y, w, h); clip it to a shape."""
    x, y, w, h = box
    cx, cy, reach = x + w / 2, y + h / 2, math.hypot(w, h) / 2
    strokes = []
    row = -reach
    while row < reach:
        at = -reach - rng.uniform(0, length[1])
        while at < reach:
            run = rng.uniform(*length)
            if rng.random() < fill:
                lift = rng.uniform(-gap, gap) * 0.22
                sag = rng.uniform(-1, 1) * gap * 0.3
                pts = [(at, row + lift), (at + run / 2, row + lift + sag), (at + run, row + lift)]
                strokes.append(gouge(pts, width * rng.uniform(0.6, 1.25)))
            at += run + rng.uniform(0.1, 0.5) * length[0]
        row += gap
    matrix = skia.Matrix.Translate(cx, cy)
    matrix.preRotate(angle)
    return moved(many(strokes), matrix)


def kumo(
    rng: np.random.Generator, x: float, y: float, w: float, rows: int = 4, h: float = 34
) -> skia.Path:
    """A block-print cloud: flat bars with round ends, joined."""
    bars, left, span = [], x, w
    for i in range(rows):
        bars.append(rect(left, y + i * h * 0.92, span, h, h / 2))
        left += rng.uniform(-0.16, 0.22) * w
        span = w * rng.uniform(0.45, 0.95)
    return union(*bars)


def swell(
    y: Callable[[float], float], x0: float, x1: float, width: float, step: float = 30
) -> skia.Path:
    """One water line that follows `y(x)`."""
    xs = np.arange(x0, x1 + step, step)
    return gouge([(float(x), y(float(x))) for x in xs], width)


def flakes(
    rng: np.random.Generator, n: int, w: float, h: float, r: tuple[float, float]
) -> skia.Path:
    """Snow or sparks: small uneven discs."""
    return many(
        oval(
            rng.uniform(0, w), rng.uniform(0, h), (s := rng.uniform(*r)), s * rng.uniform(0.75, 1.1)
        )
        for _ in range(n)
    )


def standing(h: float, lean: float = 0, coat: float = 0.36, stride: float = 0.1) -> skia.Path:
    """A person from far: head, coat, legs, feet at 0,0 and `h` high."""
    head = oval(lean * h, -h * 0.915, h * 0.07, h * 0.085)
    body = blob(
        (lean * h - h * 0.045, -h * 0.83), (lean * h + h * 0.05, -h * 0.83),
        (h * coat * 0.38 + lean * h, -h * 0.74), (h * coat * 0.44, -h * 0.5), (h * coat * 0.42, -h * 0.3),
        (-h * coat * 0.42, -h * 0.3), (-h * coat * 0.44, -h * 0.5), (-h * coat * 0.38 + lean * h, -h * 0.74),
    )  # fmt: skip
    legs = [
        rod([(side * h * 0.055, -h * 0.34), (side * h * stride, -h * 0.03)], h * 0.075)
        for side in (-1, 1)
    ]
    return union(head, body, *legs)


def pine(h: float, rng: np.random.Generator, tiers: int = 7) -> skia.Path:
    """A conifer with sagging tiers, foot at 0,0."""
    parts = [rect(-h * 0.02, -h * 0.2, h * 0.04, h * 0.2)]
    for i in range(tiers):
        top = -h + i * h * 0.115
        half = h * (0.055 + 0.028 * i) * rng.uniform(0.85, 1.15)
        low = top + h * 0.24
        parts.append(
            blob((0, top), (half * 0.45, low - h * 0.1), (half, low), (half * 0.3, low - h * 0.03),
                 (-half * 0.3, low - h * 0.03), (-half, low), (-half * 0.45, low - h * 0.1))
        )  # fmt: skip
    return union(*parts)


def facing(points: Sequence[Point], x: float) -> list[Point]:
    """Points and their mirror about a vertical line, for one symmetrical outline."""
    return [*points, *((2 * x - px, py) for px, py in reversed(points))]
