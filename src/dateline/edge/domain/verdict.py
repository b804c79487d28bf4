"""May this stored page be shown now? The one place that decides it."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What may be done with a stored page."""

    HIT = "hit"  # show it
    SOFT = "soft"  # show it, and make a new one beside
    EXPIRED = "expired"  # make a new one; show this only when no renderer answers
    DEAD = "dead"  # never show it again


class Mode(Enum):
    """How strongly a tag is purged. The numbers are the places in the file of counters."""

    HARD = 0  # made again before anyone sees it: publish, update, correct, withdraw
    GONE = 1  # and the old page never again: kill, embargo imposed, rights ended
    SOFT = 2  # shown once more while it is made again: counts, trending


# A machine's clock is corrected in small steps; only a larger one makes a page's times doubtful.
CLOCK_STEP_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """When what a page depends on last moved: sequence numbers of the counters, 0 for never.

    `gone` is the newest purge in mode GONE of any of its tags, `hard` the newest HARD one of its
    hard tags, `soft` the newest SOFT one of any tag or HARD one of a soft tag. `floor` is the
    sequence at which these counters began, `sequence` where they stood when the look began.
    """

    sequence: int
    floor: int
    gone: int
    hard: int
    soft: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a stored page says of itself: see PageNote. `stored_at` is when its render began.

    Times are seconds since 1970 UTC by the clock of the machine that judges.
    """

    start: int
    stored_at: float
    opens: float | None = None
    closes: float | None = None
    ttl: float | None = None


def judge(held: Held, moved: Moved, *, now: float) -> Verdict:
    """Decide what may be done with a page at `now`, seconds since 1970 UTC.

    A page whose start lies outside `floor..sequence` was rendered under other counters (another
    boot, a rebuilt file): nobody knows what it missed, so it is dead. A page stored in the future
    means that the clock was set back; its times are no longer believed and it is made again.
    """
    if not moved.floor <= held.start <= moved.sequence or moved.gone > held.start:
        return Verdict.DEAD
    by_clock = judge_time(held, now=now)
    if by_clock is not Verdict.HIT:
        return by_clock
    if moved.hard > held.start:
        return Verdict.EXPIRED
    return Verdict.SOFT if moved.soft > held.start else Verdict.HIT


def judge_time(held: Held, *, now: float) -> Verdict:
    """The part of `judge` that only the clock changes: asked again on every hit."""
    if _passed(held.closes, now):
        return Verdict.DEAD
    if _passed(held.opens, now) or now < held.stored_at - CLOCK_STEP_S:
        return Verdict.EXPIRED
    if held.ttl is not None and now >= held.stored_at + held.ttl:
        return Verdict.EXPIRED
    return Verdict.HIT


def _passed(moment: float | None, now: float) -> bool:
    return moment is not None and now >= moment
