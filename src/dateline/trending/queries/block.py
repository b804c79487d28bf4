"""The block below a story: what trends on the sister sites, ready to be drawn.

Never a story of the host, one that is on the page already, one that suffers from being promoted,
or one for which the gate is closed, on its own site or for this one: it is asked anew each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories
from dateline.trending.domain.languages import is_listed
from dateline.trending.domain.rank import SLOTS, SPARE, Listed, ListKind, Reason
from dateline.trending.domain.words import why, words_for
from dateline.trending.queries import lists

SISTERS = 4  # titles that the newest are taken from while nothing is ranked: the cost is bounded
PICTURE, LARGE = 320, 640
OFFER_SLOTS = (3, 8)  # where the first and the second labelled offer stand, from 0


@dataclass(frozen=True, slots=True)
class Thumb:
    """A picture of 3:2: addresses of its small copy and of the one for dense screens."""

    src: str
    dense: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place of the block. `label` is what an offer is labelled with; a story has none.

    `url` is where it leads, `picture_key` tells the same picture from another.
    """

    url: str
    kicker: str
    title: str
    site_name: str
    language: str = ""
    story_id: int = 0
    kind: str = ""
    corrected: bool = False
    label: str = ""
    picture: Thumb | None = None
    picture_key: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What a page shows of it. `without` are the stories that its script must not bring in."""

    items: Sequence[Item]
    words: Any
    without: str = ""


def block(
    site: Site,
    others: Sequence[Site],
    *,
    at: datetime,
    without: Iterable[int] = (),
    shown: Iterable[Any] = (),
    offers: Sequence[Item] = (),
    most: int = SLOTS,
) -> Block:
    """The block for a page of `site`: up to `most` items, of `others`, its sister titles.

    `without` are stories on the page, `shown` its pictures (media's rows), `offers` labelled items
    for the places that are kept for them. `at` is aware UTC. Two queries where the worker has
    ranked; else two for each of up to four titles, whose newest are shown.

    Raises:
        ValueError: an offer without a label.

    """
    if any(not offer.label for offer in offers):
        raise ValueError("An offer in the block needs a label.")
    edge.depend_softly(keys.trending(site.id))
    listed = [one for one in others if is_listed(site.language, one.language)]
    sisters = {one.id: one for one in sorted(listed, key=lambda one: one.language != site.language)}
    seen = set(without)
    pictures = {picture.pk for picture in shown if picture}
    ranked = lists.ranked(site.id, ListKind.BLOCK) if sisters else []
    cards = (
        _ranked(site, sisters, ranked, at=at) if ranked else _newest(site, sisters, pictures, at=at)
    )
    words, items = words_for(site.language), list[Item]()
    for sister, card, place in cards:
        if card.story_id not in seen and not card.sensitive:
            seen.add(card.story_id)
            items.append(_item(sister, card, pictures, why(place, words) if place else "", at=at))
    items = _with_offers(items, offers)[:most]
    edge.depend(*(keys.card(item.story_id) for item in items if item.story_id))
    return Block(items, words, " ".join(map(str, sorted(without))))


def _ranked(
    site: Site, sisters: dict[int, Site], ranked: Sequence[Listed], *, at: datetime
) -> list[tuple[Site, Card, Listed | None]]:
    rows = lists.placements([item.placement for item in ranked], at=at)
    found: list[tuple[Site, Card, Listed | None]] = []
    for item in ranked:
        row = rows.get(item.placement)
        if row is None or row.masthead_id not in sisters:
            continue
        sister = sisters[row.masthead_id]
        if stories.gate(row, masthead=site.slug, use=Use.PROMO, at=at).open:
            edge.depend_softly(keys.chrome(sister.id))  # section names and addresses
            found.append((sister, stories.card(row, row.story, ()), item))
    return found


def _newest(
    site: Site, sisters: dict[int, Site], shown: set[int], *, at: datetime
) -> list[tuple[Site, Card, Listed | None]]:
    """The newest of each sister title in turn, for a network whose worker has ranked nothing.

    Those in its language come first, and of each title those with a picture that is not on the
    page.
    """
    own, foreign = list[Any](), list[Any]()
    for sister in list(sisters.values())[:SISTERS]:
        with edge.softly():
            front = stories.front(sister, at=at, limit=SLOTS + SPARE, promoted_on=site, named=False)
        cards = [card for card in front if not card.sensitive]
        cards.sort(key=lambda card: card.picture is None or card.picture.pk in shown)
        side = own if sister.language == site.language else foreign
        side.append([(sister, card, None) for card in cards])
    turns = (*zip_longest(*own), *zip_longest(*foreign))
    return [one for turn in turns for one in turn if one]


def _item(sister: Site, card: Card, pictures: set[int], reason: str, *, at: datetime) -> Item:
    """A story as an item; no picture is shown twice on a page."""
    picture = None
    if card.picture and card.picture.pk not in pictures and media.may_show(card.picture, at=at):
        pictures.add(card.picture.pk)
        picture = Thumb(
            *(media.rendition_path(card.picture, "3:2", w, "webp") for w in (PICTURE, LARGE))
        )
    return Item(
        url=sister.origin + card.path,
        kicker=card.kicker,
        title=card.title,
        site_name=sister.name,
        language=card.language,
        story_id=card.story_id,
        kind=card.kind,
        corrected=card.corrected,
        picture=picture,
        why=reason or why(Listed(0, 0, 0, 0, Reason.NEWEST), words_for(sister.language)),
    )


def _with_offers(items: list[Item], offers: Sequence[Item]) -> list[Item]:
    for slot, offer in zip(OFFER_SLOTS, offers, strict=False):
        items.insert(slot, offer)
    return items
