"""What fits on a page that is text only: whole lines, as far as there is room for them."""

from collections.abc import Sequence


def filled(weights: Sequence[int], room: int) -> list[range]:
    """The lines of each page, in order, for lines of these weights in bytes.

    A page has at least one line, however heavy, and as many as `room` bytes hold; no lines are one
    page without any.
    """
    pages, start, taken = [], 0, 0
    for at, weight in enumerate(weights):
        if at > start and taken + weight > room:
            pages.append(range(start, at))
            start, taken = at, 0
        taken += weight
    return [*pages, range(start, len(weights))]
