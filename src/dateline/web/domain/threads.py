"""The comments of a page as lines to draw: each with its replies, then how many more there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.discussion.domain.rows import CommentRow

MINUS = "\N{MINUS SIGN}"
STEPS = 6  # levels that are drawn further in than the one before; a phone draws fewer


@dataclass(frozen=True, slots=True)
class Line:
    """One comment, or, where `row` is None, a link to `more` replies that are not on the page."""

    depth: int
    row: CommentRow | None = None
    more: int = 0
    after: str = ""

    @property
    def step(self) -> int:
        """How far in it is drawn: 0 to STEPS."""
        return min(self.depth, STEPS)


def lines(rows: Iterable[CommentRow]) -> Iterator[Line]:
    """Draw `rows`, depth first, as lines: after the last reply to a comment, what is left out."""
    waiting: list[Line] = []
    for row in rows:
        while waiting and waiting[-1].depth > row.depth:
            yield waiting.pop()
        yield Line(row.depth, row)
        if row.more:
            waiting.append(Line(row.depth + 1, more=row.more, after=row.more_after))
    yield from reversed(waiting)


def score_text(score: tuple[int, int] | None) -> str:
    """Votes as readers see them: `6 (+10 / -4)`; nothing while they are not shown."""
    if score is None:
        return ""
    ups, downs = score
    net = f"{ups - downs}".replace("-", MINUS)
    return f"{net} (+{ups} / {MINUS}{downs})"
