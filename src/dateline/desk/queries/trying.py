"""What a file that somebody tries would do on the wire and to stories, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.mastheads import queries as mastheads
from dateline.stories.queries import reading as stories
from dateline.wire.domain.standing import Effect
from dateline.wire.queries import items, lists

Stories = Sequence[tuple[int, str]]
_ALONE: dict[Effect | None, str] = {
    Effect.KILLS: "It takes down every version of this item. No story was made of it.",
    Effect.NEEDS_PERSON: "It is held: nobody can publish it before a person has looked.",
}
_WITH_STORIES: dict[Effect | None, str] = {
    Effect.KILLS: "It takes these stories down at once, with their pictures:",
    Effect.NEEDS_PERSON: "It is held, what it forbids holds for these stories at once, and the desk"
    " is asked:",
    Effect.NEWEST: "Its text replaces that of each of these stories unless an editor changed it;"
    " then the desk is asked:",
}
_OFFERED = "It is offered to whoever edits these stories, as this provider's rules say:"
_NEVER: dict[Effect | None, str] = {
    None: "We have this version already: a resend changes nothing.",
    Effect.HISTORY: "Something newer is here: it is kept as history and changes nothing.",
    Effect.DEAD: "The agency took it down before it came: it stays down.",
}
_IN_WORDS = "It asks for a kill in words only: the desk is asked which stories are meant."


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One item of the file. `state` is what the newsroom might do with it; `does` says the rest."""

    row: Any
    state: str
    does: tuple[str, ...]
    stories: Stories


def foreseen(
    tried: Sequence[tuple[Any, Effect | None, bool]], *, provider: Any, at: datetime
) -> list[Foreseen]:
    """Say of each (row, effect, asks in words) what it would do. `at` is aware UTC.

    The rows are of `provider` and not stored. Two queries, and those for its title.
    """
    made = stories.made_from([(provider.slug, row.family) for row, _, _ in tried])
    place = _place_of(provider)
    return [
        Foreseen(
            row=row, state=_state(row, effect, at=at), stories=found,
            does=(_does(row, effect, found, place=place, follows=provider.auto_update),)
            + (_IN_WORDS,) * in_words,
        )
        for row, effect, in_words in tried
        for found in [made.get((provider.slug, row.family), [])]
    ]  # fmt: skip


def _state(row: Any, effect: Effect | None, *, at: datetime) -> str:
    return lists.state_of(
        usability=row.usability, recalled=effect is Effect.DEAD,
        embargo_until=row.embargo_until, at=at,
    )  # fmt: skip


def _place_of(provider: Any) -> str:
    """Where usable items are published by themselves, in words; empty for nowhere."""
    found = items.automatic_place(provider.pk)
    site = mastheads.by_slug(found["masthead"]) if found else None
    return f"{site.name}, {found['section']}" if found and site else ""


def _does(row: Any, effect: Effect | None, found: Stories, *, place: str, follows: bool) -> str:
    """What an item does; `follows`: whether untouched stories of the provider take new versions."""
    if effect in _NEVER:
        return _NEVER[effect]
    if found:
        offered = effect is Effect.NEWEST and not follows
        return _OFFERED if offered else _WITH_STORIES[effect]
    return _ALONE.get(effect) or _of_its_own(row, place)


def _of_its_own(row: Any, place: str) -> str:
    """What becomes of a usable item of which there is no story."""
    if not place:
        return "It stands on the wire until an editor makes a story of it."
    if row.kind != "text" or not row.body_text:
        return "It stands on the wire: only text with a body is published by itself."
    until = " Readers see it when its embargo ends." if row.embargo_until else ""
    return f"It is published by itself: {place}.{until}"
