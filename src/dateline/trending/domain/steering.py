"""What an editor may ask of a block: how long, how strongly, and with which reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateline.trending.domain.rank import SLOTS, RuleKind

LONGEST = timedelta(days=14)  # after that somebody should look again
MOST_PINS = 4  # of the twelve: the rest is what readers chose
LEAST_FACTOR, MOST_FACTOR = 1.1, 5.0
LONGEST_REASON = 200


class NoteVerb(StrEnum):
    """What was done with a rule."""

    SET = "set"
    ENDED = "ended"
    UNDONE = "undone"


class RuleRefused(ValueError):
    """A rule may not be made or ended so. `key` names the sentence in the words of the desk.

    `told` is what the sentence says: names, numbers.
    """

    def __init__(self, key: str, **told: object) -> None:
        said = ", ".join(f"{name} {value}" for name, value in told.items())
        super().__init__(f"{key}: {said}" if said else key)
        self.key, self.told = key, told


class NotYours(RuleRefused):
    """The block is steered by somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A pin, boost or ban of a story that an editor asks for. `until` is aware UTC.

    `slot` (from 1) is where a pinned story is to stand, `factor` multiplies a boosted one's number.
    """

    kind: RuleKind
    story: int
    until: datetime
    reason: str
    slot: int = 1
    factor: float = 2.0


def check(wish: Wish, *, at: datetime) -> None:
    """Let through only what has a reason, ends in time and fits into a block.

    Raises:
        RuleRefused: with the first thing that is wrong.

    """
    if not wish.reason.strip():
        raise RuleRefused("no_reason")
    if len(wish.reason) > LONGEST_REASON:
        raise RuleRefused("long_reason", most=LONGEST_REASON)
    if wish.until <= at:
        raise RuleRefused("over")
    if wish.until > at + LONGEST:
        raise RuleRefused("too_long", days=LONGEST.days)
    if wish.kind is RuleKind.PIN and not 1 <= wish.slot <= SLOTS:
        raise RuleRefused("no_slot", most=SLOTS)
    if wish.kind is RuleKind.BOOST and not LEAST_FACTOR <= wish.factor <= MOST_FACTOR:
        raise RuleRefused("no_factor", least=LEAST_FACTOR, most=MOST_FACTOR)
