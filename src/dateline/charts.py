"""Charts that the desk draws on the server: paths for an SVG of a fixed size."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
LEFT, BOTTOM = 4, 4  # room for the strokes


@dataclass(frozen=True, slots=True)
class Chart:
    """Two lines of the same days, both running totals; `plan` is empty where nothing is promised.

    `most` is what the top of the chart stands for.
    """

    plan: str
    delivered: str
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(*, planned: Sequence[float], delivered: Sequence[int]) -> Chart:
    """Draw running totals by day; `delivered` may end before `planned` does."""
    most = max([1.0, *planned, *delivered])
    days = max(len(planned), len(delivered))
    return Chart(_path(planned, days, most), _path(delivered, days, most), round(most))


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar for each number, the first at the left; `most` is what the top stands for."""

    path: str
    most: int
    width: int
    height: int


def bars(values: Sequence[int], *, width: int = WIDTH, height: int = HEIGHT) -> Bars:
    """Draw numbers side by side; what is not 0 is never lower than a pixel."""
    most, step = max([1, *values]), width / max(len(values), 1)
    drawn = [
        f"M{n * step:.1f} {height}v-{max(height * value / most, 1):.1f}h{step * 0.8:.1f}V{height}z"
        for n, value in enumerate(values)
        if value
    ]
    return Bars("".join(drawn), most, width, height)


def lying(values: Sequence[int], *, width: int = 100, height: int = 10) -> list[str]:
    """A bar for each number, to be drawn beside it: one path each, to one scale."""
    most = max([1, *values])
    return [f"M0 0h{width * value / most:.1f}v{height}H0z" if value else "" for value in values]


def _path(values: Sequence[float], days: int, most: float) -> str:
    if not values:
        return ""
    across, high = WIDTH - 2 * LEFT, HEIGHT - 2 * BOTTOM
    points = [
        f"{LEFT + across * (n + 1) / days:.1f} {HEIGHT - BOTTOM - high * value / most:.1f}"
        for n, value in enumerate(values)
    ]
    return f"M{LEFT} {HEIGHT - BOTTOM} L{' '.join(points)}"
