"""Lay a front out: which story leads, which follow, and never one of them twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.stories.domain.pages import Card

OPINION, PICTURE = "opinion", "picture"
FRESH = 10  # how far down the list a story may come from to stand beside the lead
FEWEST_BESIDE_LARGE = 4  # a large picture with fewer beside it leaves a hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much of each a look puts on its front. `rows` are the styles of section rows, in turn.

    `boxes` are the kinds of which the newest stands in a box of its own.
    """

    lead_more: int
    seconds: int
    briefs: int
    latest: int
    opinion: int
    row_cards: int
    row_fewest: int
    rows: tuple[str, ...]
    boxes: tuple[str, ...]


PLANS = {
    "daily": Plan(
        lead_more=3, seconds=3, briefs=3, latest=7, opinion=4,
        row_cards=5, row_fewest=2, rows=("picture", "list", "text"),
        boxes=("picture", "quote"),
    ),
    "magazine": Plan(
        lead_more=0, seconds=2, briefs=0, latest=6, opinion=3,
        row_cards=4, row_fewest=3, rows=("picture", "list", "picture"),
        boxes=("picture", "quote"),
    ),
    "guide": Plan(
        lead_more=2, seconds=3, briefs=3, latest=6, opinion=3,
        row_cards=4, row_fewest=2, rows=("list", "picture", "text"), boxes=("picture",),
    ),
    "weekly": Plan(
        lead_more=3, seconds=2, briefs=2, latest=7, opinion=4,
        row_cards=6, row_fewest=2, rows=("text", "list", "picture"), boxes=("quote",),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topping:
    """A section as a row needs it: where it is, and which sections' stories are its own."""

    name: str
    path: str
    section_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One section on the front. `style` is picture, list or text."""

    name: str
    path: str
    style: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front page, laid out. Every story is in one place only."""

    lead: Card | None
    lead_more: tuple[Card, ...]
    seconds: tuple[Card, ...]
    briefs: tuple[Card, ...]
    latest: tuple[Card, ...]
    opinion: tuple[Card, ...]
    rows: tuple[Row, ...]
    boxes: tuple[Card, ...]
    more: tuple[Card, ...]
    pictures: frozenset[Any]  # what its cards show


def lay_out(cards: Sequence[Card], sections: Iterable[Topping], *, look: str) -> Front:
    """Lay `cards` out, given in the order editors and time put them: the first leads.

    An unknown `look` is laid out as the daily. Cards left over become `more`, newest first. Two
    stories may share a picture: it is shown once, at the first place that shows pictures.
    """
    plan = PLANS.get(look, PLANS["daily"])
    left = {card.story_id: card for card in cards}  # a story that comes twice counts once
    shown: set[Any] = set()

    lead = _show(_take(left, list(left.values())[:1]), shown)
    boxes = _show(_take(left, _newest_of_each(left.values(), plan.boxes)), shown)
    columns = _of_kind(left.values(), OPINION)[: plan.opinion]
    opinion = _show(_take(left, columns if len(columns) > 1 else []), shown)  # one is no row
    fresh = each_picture_once(list(left.values())[:FRESH], shown=shown)
    seconds = _show(_take(left, _with_pictures_first(fresh)[: plan.seconds]), shown)
    lead_more = _take(left, _beside(lead, left.values())[: plan.lead_more])
    newest = sorted(left.values(), key=lambda card: card.published_at, reverse=True)
    latest = _take(left, newest[: plan.latest])
    briefs = _take(left, list(left.values())[: plan.briefs])
    rows = tuple(_rows(left, sections, plan, shown))
    return Front(
        lead=lead[0] if lead else None,
        lead_more=lead_more,
        seconds=seconds,
        briefs=briefs,
        latest=latest,
        opinion=opinion,
        rows=rows,
        boxes=boxes,
        more=tuple(left.values()),
        pictures=frozenset(shown),
    )


def each_picture_once(cards: Iterable[Card], *, shown: Iterable[Any] = ()) -> Iterator[Card]:
    """`cards` in their order; a picture that an earlier card has, or is in `shown`, is left out."""
    seen = set(shown)
    for card in cards:
        yield replace(card, picture=None) if card.picture in seen else card
        if card.picture is not None:
            seen.add(card.picture)


def _show(cards: Iterable[Card], shown: set[Any]) -> tuple[Card, ...]:
    """Cards for a place that shows their pictures: those new to the page, noted in `shown`."""
    found = tuple(each_picture_once(cards, shown=shown))
    shown.update(card.picture for card in found if card.picture is not None)
    return found


def _take(left: dict[int, Card], chosen: Sequence[Card]) -> tuple[Card, ...]:
    for card in chosen:
        del left[card.story_id]
    return tuple(chosen)


def _of_kind(cards: Iterable[Card], kind: str) -> list[Card]:
    return [card for card in cards if card.kind == kind]


def _newest_of_each(cards: Iterable[Card], kinds: Iterable[str]) -> list[Card]:
    """The first card of each of these kinds; a picture of the day that has one."""
    listed = [card for card in cards if card.kind != PICTURE or card.picture is not None]
    return [found[0] for kind in kinds if (found := _of_kind(listed, kind))]


def _with_pictures_first(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: card.picture is None)  # stable: their order stays


def _beside(lead: Sequence[Card], cards: Iterable[Card]) -> list[Card]:
    return [card for card in cards if lead and card.section_id == lead[0].section_id]


def _rows(
    left: dict[int, Card], sections: Iterable[Topping], plan: Plan, shown: set[Any]
) -> Iterable[Row]:
    turn = 0
    for section in sections:
        own = [card for card in left.values() if card.section_id in section.section_ids]
        if len(own) < plan.row_fewest:
            continue
        style = plan.rows[turn % len(plan.rows)]
        cards = list(each_picture_once(own[: plan.row_cards], shown=shown))
        if style == "picture" and len(cards) < FEWEST_BESIDE_LARGE:
            style = "list"
        if sum(card.picture is not None for card in cards) * 2 < len(cards):
            style = "text"
        if style != "text":
            cards = list(_show(_with_pictures_first(cards), shown))
        turn += 1
        yield Row(section.name, section.path, style, _take(left, cards))
