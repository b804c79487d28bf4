"""Set a headline in a box: as large as it fits, in lines of about the same length."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.stories.domain.versions import segments

# Japanese rules of lines (JIS X 4051, simplified): what begins no line, what ends none.
NOT_FIRST = frozenset(
    "、。\uff0c\uff0e,.!?\uff01\uff1f\uff1a\uff1b)]}\uff09\uff3d\uff5d"
    "」』】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…‥・"
)
NOT_LAST = frozenset("([{\uff08\uff3b\uff5b「『【〈《")
LEADING = 1.14  # lines stand apart by this many times their size
STEP = 4  # pixels by which a headline shrinks until it fits
ELLIPSIS = "…"

Measure = Callable[[str, int], float]
"""The width in pixels of a text at a size in pixels."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A headline as it is drawn: the size of its letters in pixels, and its lines."""

    size: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The room for a headline, in pixels, and the most lines and the sizes it may have."""

    width: int
    height: int
    lines: int
    largest: int
    smallest: int


def fit(text: str, box: Box, measure: Measure) -> Setting:
    """Set `text` in a box as large as may be.

    What does not fit at the smallest size ends in an ellipsis.
    """
    words = _unbreakable(segments(text.strip()))
    for size in range(box.largest, box.smallest - 1, -STEP):
        found = _broken(words, box.width, size, measure)
        has_room = len(found) <= min(box.lines, _rows(box, size))
        if has_room and all(measure(line, size) <= box.width for line in found):
            return Setting(size, tuple(_balanced(words, box, size, measure, len(found))))
    return Setting(box.smallest, tuple(_cut_short(words, box, measure)))


def _rows(box: Box, size: int) -> int:
    return max(1, int(box.height / (size * LEADING)))


def _cut_short(words: Sequence[str], box: Box, measure: Measure) -> list[str]:
    size, most = box.smallest, min(box.lines, _rows(box, box.smallest))
    lines = _broken(words, box.width, size, measure)
    found = [_cut(line, box.width, size, measure) for line in lines]
    if len(found) > most:
        last = _cut(found[most - 1].rstrip(ELLIPSIS) + ELLIPSIS, box.width, size, measure)
        found = [*found[: most - 1], last]
    return found


def _unbreakable(words: Sequence[str]) -> list[str]:
    """The words between which a line may end."""
    kept: list[str] = []
    for word in words:
        if kept and (word[0] in NOT_FIRST or kept[-1][-1] in NOT_LAST):
            kept[-1] += word
        else:
            kept.append(word)
    return kept


def _broken(words: Sequence[str], width: float, size: int, measure: Measure) -> list[str]:
    lines = [""]
    for word in words:
        longer = lines[-1] + word
        if lines[-1] and measure(longer.rstrip(), size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [re.sub(r"\s+", " ", line).strip() for line in lines]


def _balanced(words: Sequence[str], box: Box, size: int, measure: Measure, count: int) -> list[str]:
    """The narrowest setting of the same number of lines."""
    best = _broken(words, box.width, size, measure)
    for narrower in range(box.width, box.width // 2, -10):
        found = _broken(words, narrower, size, measure)
        if len(found) > count or any(measure(line, size) > narrower for line in found):
            break
        best = found
    return best


def _cut(line: str, width: int, size: int, measure: Measure) -> str:
    """A line that is too long, with an ellipsis where it has to end."""
    if measure(line, size) <= width:
        return line
    kept = line.rstrip(ELLIPSIS)
    while kept and measure(kept + ELLIPSIS, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
