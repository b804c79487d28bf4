"""What a page needs beyond its own story or list: other titles, related stories, surfaces."""

from dataclasses import dataclass
from datetime import datetime

from dateline.mastheads import queries as mastheads
from dateline.mastheads.queries import SectionNode, Site
from dateline.stories import queries as stories
from dateline.stories.domain.pages import Card
from dateline.web.domain.front import Topping

NETWORK_TITLES = 4  # other titles shown on a page
NETWORK_CARDS = 3  # stories of each
LATEST_BESIDE = 5  # stories of its section beside a story


@dataclass(frozen=True, slots=True)
class FromTitle:
    """The newest stories of another title; card paths are on `site.origin`."""

    site: Site
    cards: tuple[Card, ...]


def other_titles(site: Site) -> list[Site]:
    """The other mastheads of the network, its own editions left out. Two queries."""
    own = {site.slug, *(edition.slug for edition in site.editions)}
    return [other for other in mastheads.all_mastheads() if other.slug not in own]


def from_other_titles(
    site: Site, others: list[Site], *, at: datetime, without: set[int]
) -> list[FromTitle]:
    """A few of the newest stories of each other title in this language, never one of `without`.

    At most NETWORK_TITLES titles, so the cost is bounded however large the network grows.
    """
    found, seen = [], set(without)
    for other in [o for o in others if o.language == site.language][:NETWORK_TITLES]:
        cards = [
            card
            for card in stories.front(other, at=at, limit=NETWORK_CARDS * 2)
            if card.story_id not in seen and not card.sensitive
        ][:NETWORK_CARDS]
        seen.update(card.story_id for card in cards)
        if cards:
            found.append(FromTitle(other, tuple(cards)))
    return found


def beside(site: Site, card: Card, *, at: datetime) -> list[Card]:
    """The newest other stories of a story's section, newest first."""
    page = stories.section(site, [card.section_id], at=at, size=LATEST_BESIDE + 1)
    return [other for other in page.items if other.story_id != card.story_id][:LATEST_BESIDE]


def toppings(site: Site) -> list[Topping]:
    """The top sections of a masthead with the ids of everything below each, in navigation order."""
    return [_topping(node) for node in site.sections if node.in_navigation]


def _topping(node: SectionNode) -> Topping:
    return Topping(node.name, node.path, frozenset(node.family_ids()))
