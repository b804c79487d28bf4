"""Whether a thread takes comments, from what the house, the story and the clock say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.discussion.domain.status import Door


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """What decides over a thread. Moments are aware UTC.

    `house` is what the masthead does with every thread, `decided` what a person said of this one,
    `close_after_days` how long the masthead keeps a thread open, 0 for ever.
    """

    house: Door
    decided: Door | None
    placed_open: bool
    published_at: datetime | None
    close_after_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a thread takes comments, why not in a sentence for readers, and until when."""

    door: Door
    why: str
    until: datetime | None = None


def standing(facts: DoorFacts, *, at: datetime) -> Standing:
    """Answer for one thread at `at`, aware UTC.

    What the desk says of the story (`placed_open`) comes first, then what a moderator said of the
    thread, which sticks however old it is; then its age; then the house.
    """
    if not facts.placed_open:
        return Standing(Door.CLOSED, "The newsroom takes no comments on this story.")
    if facts.decided:
        return Standing(facts.decided, _said(facts.decided))
    if facts.house is Door.CLOSED:
        return Standing(Door.CLOSED, "This title takes no comments.")
    closes = _closes_at(facts)
    if closes and at >= closes:
        days = facts.close_after_days
        return Standing(Door.CLOSED, f"Comments close {days} day{'s' * (days != 1)} after a story.")
    return Standing(facts.house, _said(facts.house), closes)


def _closes_at(facts: DoorFacts) -> datetime | None:
    if not facts.close_after_days or facts.published_at is None:
        return None
    return facts.published_at + timedelta(days=facts.close_after_days)


def _said(door: Door) -> str:
    return {
        Door.OPEN: "",
        Door.HELD: "A moderator reads each comment here before it appears.",
        Door.CLOSED: "A moderator closed this thread.",
    }[door]


def shown_score(
    ups: int, downs: int, *, created_at: datetime, minutes: int, at: datetime
) -> tuple[int, int] | None:
    """(ups, downs) as readers see them, or None for the first `minutes` of a comment's life.

    Early votes lead later ones: until then the order alone shows what readers think.
    """
    return None if at < created_at + timedelta(minutes=minutes) else (ups, downs)
