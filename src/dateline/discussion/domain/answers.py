"""When somebody is told by mail that others answered them: how often, and what is too old."""

from datetime import datetime, timedelta
from enum import StrEnum

GATHER = timedelta(minutes=2)  # an author may still change an answer, and others may answer too
NEWS = timedelta(days=30)  # an answer older than this is told to nobody any more
SHOWN = 20  # answers that one mail tells of; more are counted in it


class Pace(StrEnum):
    """How often a reader wants such mail at most."""

    NEVER = "never"
    SOON = "soon"
    HOURLY = "hourly"
    DAILY = "daily"


APART = {
    Pace.SOON: timedelta(minutes=15),
    Pace.HOURLY: timedelta(hours=1),
    Pace.DAILY: timedelta(days=1),
}
UNASKED = Pace.HOURLY  # of who follows a thread, and has chosen nothing


class Why(StrEnum):
    """Why somebody is told of a comment."""

    ANSWER = "answer"
    FOLLOWED = "followed"


def pace_of(chosen: str | None, *, follows: bool) -> Pace:
    """How often somebody is told: as they chose; else of threads they follow, and of nothing more.

    Nobody gets mail they did not ask for, so that answers are told to who switched that on.
    """
    if chosen is not None:
        return Pace(chosen)
    return UNASKED if follows else Pace.NEVER


def due_at(pace: Pace, *, at: datetime, last: datetime | None) -> datetime:
    """When to tell of what was said at `at`: soon, but no sooner after the `last` mail than asked.

    What comes in between goes into the same mail. `pace` is not NEVER.
    """
    soon = at + GATHER
    return max(soon, last + APART[pace]) if last else soon
