"""One slot finds out what readers think of a new story (Thompson sampling, Gamma-Poisson)."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

# What is believed of a story nobody has tried: one click in fifty views of the slot.
CLICKS_BEFORE, VIEWS_BEFORE = 1.0, 50.0
YOUNG_S = 86_400.0
ENOUGH_VIEWS = 500


@dataclass(frozen=True, slots=True)
class Arm:
    """A story that may be tried: `views` of the slot with it, and `clicks` on it."""

    story: int
    age_s: float
    views: int = 0
    clicks: int = 0

    @property
    def open_question(self) -> bool:
        """Whether there is anything left to find out."""
        return self.age_s < YOUNG_S and self.views < ENOUGH_VIEWS


def choose(arms: Sequence[Arm], chance: Random) -> int | None:
    """The story to try now, or None where there is nothing to find out.

    Each is given a rate of clicks drawn from what is believed of it; the best draw wins. So a story
    is tried as often as it may be the best one. `chance` is handed in, seeded where it must repeat.
    """
    drawn = [
        (chance.gammavariate(CLICKS_BEFORE + arm.clicks, 1 / (VIEWS_BEFORE + arm.views)), arm.story)
        for arm in arms
        if arm.open_question
    ]
    return max(drawn)[1] if drawn else None
