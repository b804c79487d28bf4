"""A chart of delivery against its plan, drawn on the server: paths for an SVG of a fixed size."""

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


def _path(values: Sequence[float], days: int, most: float) -> str:
    if not values:
        return ""
    across, high = WIDTH - 2 * LEFT, HEIGHT - 2 * BOTTOM
    points = [
        f"{LEFT + across * (n + 1) / days:.1f} {HEIGHT - BOTTOM - high * value / most:.1f}"
        for n, value in enumerate(values)
    ]
    return f"M{LEFT} {HEIGHT - BOTTOM} L{' '.join(points)}"
