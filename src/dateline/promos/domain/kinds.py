"""The words a campaign is described with: tiers, labels, slots, kinds, states, events."""

from enum import StrEnum


class Tier(StrEnum):
    """Who comes first, in this order: whole slots, promised numbers, shares, our own."""

    TAKEOVER = "takeover"
    GUARANTEED = "guaranteed"
    SHARE = "share"
    HOUSE = "house"


class Label(StrEnum):
    """What every reader is told above an offer. There is no campaign without one."""

    SPONSORED = "sponsored"
    PROMOTED = "promoted"
    SISTER = "sister"
    HOUSE = "house"


class Slot(StrEnum):
    """Where an offer may stand."""

    BODY = "body"  # below a story's text, before its comments
    RAIL = "rail"  # beside a section's list
    FRONT = "front"
    MIX = "mix"  # among what trends on the sister sites, below a story
    NEWSLETTER = "newsletter"


SLOTS_ON_STORIES = frozenset({Slot.BODY, Slot.MIX})
SLOTS_IN_SECTIONS = SLOTS_ON_STORIES | {Slot.RAIL}


class Kind(StrEnum):
    """What a creative is."""

    OFFER = "offer"  # with a code to copy
    CARD = "card"
    NEWSLETTER = "newsletter"
    JOB = "job"


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    KILLED = "killed"


class Verb(StrEnum):
    """What can be done with a campaign."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    KILL = "kill"


SHOWN = frozenset({State.APPROVED, State.RUNNING})  # its window decides the rest
LEADS = SHOWN | {State.PAUSED, State.ENDED}  # its links still lead on: a reader has the page open
EDITABLE = frozenset({State.DRAFT, State.SUBMITTED})

MOVES: dict[Verb, tuple[frozenset[State], State]] = {
    Verb.SUBMIT: (frozenset({State.DRAFT}), State.SUBMITTED),
    Verb.RETURN: (frozenset({State.SUBMITTED, State.APPROVED, State.PAUSED}), State.DRAFT),
    Verb.APPROVE: (frozenset({State.SUBMITTED}), State.APPROVED),
    Verb.START: (frozenset({State.APPROVED}), State.RUNNING),
    Verb.PAUSE: (frozenset({State.APPROVED, State.RUNNING}), State.PAUSED),
    Verb.RESUME: (frozenset({State.PAUSED}), State.APPROVED),
    Verb.END: (SHOWN | {State.PAUSED}, State.ENDED),
    Verb.KILL: (frozenset(State) - {State.KILLED}, State.KILLED),
}


class Event(StrEnum):
    """What is counted: a chance to be drawn, a second in view, a click, a copied code."""

    CHANCE = "chance"
    VIEWABLE = "viewable"
    CLICK = "click"
    COPY = "copy"


def moves_from(state: State) -> list[Verb]:
    """What a person may do with a campaign in this state, in the order of `Verb`."""
    return [verb for verb, (froms, _) in MOVES.items() if state in froms and verb != Verb.START]
