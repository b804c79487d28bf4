"""What lists show of a story, before and after a verb, and which lists the difference reaches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """One placement of a story as lists see it. `published_at` is aware UTC; `rank` pins it."""

    masthead_id: int
    section_id: int
    slug: str
    rank: int | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A story as lists see it at one moment.

    `card` is everything a list may show of it, `licence` what decides which lists may; both are
    only compared. `places` are those where it was public; none where the gate is closed.
    """

    card: tuple[Any, ...]
    licence: tuple[Any, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a verb changed for lists.

    `card`: what lists show of the story. `lists`: (masthead id, section id or None for its front,
    whether the first page is among what moved). `closed`: it vanished from some place.
    """

    card: bool
    lists: tuple[tuple[int, int | None, bool], ...]
    closed: bool


def reach(before: Shown, after: Shown, *, near_top: Callable[[Place, bool], bool]) -> Reach:
    """Compare a story before and after a verb.

    `near_top(place, in_section)` says whether a story that enters there lands among the first of
    its list; it is asked only for places the story enters. A list that held the story recorded its
    card, so what leaves the first page of a list purges that page through the card.
    """
    was = {place.masthead_id: place for place in before.places}
    now = {place.masthead_id: place for place in after.places}
    same_terms = before.licence == after.licence
    lists: list[tuple[int, int | None, bool]] = []
    for masthead_id in sorted(was.keys() | now.keys()):
        old, new = was.get(masthead_id), now.get(masthead_id)
        lists += _moved(old, new, same_terms=same_terms, near_top=near_top)
    kept = [(was[m], now[m]) for m in was.keys() & now.keys()]
    looks_other = before.card != after.card or not same_terms
    return Reach(
        card=bool(was.keys() - now.keys())
        or bool(kept and looks_other)
        or any(old != new for old, new in kept),
        lists=tuple(lists),
        closed=bool(was.keys() - now.keys()) or bool(kept and not same_terms),
    )


def _moved(
    old: Place | None,
    new: Place | None,
    *,
    same_terms: bool,
    near_top: Callable[[Place, bool], bool],
) -> Iterable[tuple[int, int | None, bool]]:
    """The lists of one masthead whose membership or order changed."""
    if old and (not new or new.section_id != old.section_id):
        yield (old.masthead_id, old.section_id, False)  # pages after it move up
    if not new:
        return
    enters = old is None or not same_terms or old.published_at != new.published_at
    if enters or (old and old.section_id != new.section_id):
        yield (new.masthead_id, new.section_id, near_top(new, True))
    if enters or (old and old.rank != new.rank):
        yield (new.masthead_id, None, new.rank is not None or near_top(new, False))
