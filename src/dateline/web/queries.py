"""What a page needs beyond its own story or list: other titles, related stories, surfaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import SectionNode, Site
from dateline.media import queries as media
from dateline.media.domain.sizes import Ratio
from dateline.newsletters.queries import archive
from dateline.places import queries as places
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories
from dateline.web.domain.front import Topping, each_picture_once
from dateline.web.list_surfaces import FORMS, list_paths
from dateline.web.surfaces import Surface, kind_surfaces, twins_of

NETWORK_TITLES = 4  # other titles shown on a page
NETWORK_CARDS = 3  # stories of each
LATEST_BESIDE = 5  # stories of its section beside a story
PICTURE_SHAPES: tuple[Ratio, ...] = ("3:2", "full")
PICTURE_WIDTH = 960


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
    site: Site, others: list[Site], *, at: datetime, without: set[int], shown: Iterable[Any] = ()
) -> list[FromTitle]:
    """A few of the newest stories of each other title in this language, never one of `without`.

    The first of each comes with a picture, where there is one that is not among `shown`.

    At most NETWORK_TITLES titles, so the cost is bounded however large the network grows. A story
    that another title publishes does not make this page wrong at once; one it kills does.
    """
    found, seen, pictures = [], set(without), set(shown)
    for other in [o for o in others if o.language == site.language][:NETWORK_TITLES]:
        with edge.softly():
            front = stories.front(other, at=at, limit=NETWORK_CARDS * 2, promoted_on=site)
        cards = [card for card in front if card.story_id not in seen and not card.sensitive][
            :NETWORK_CARDS
        ]
        edge.depend(*(keys.card(card.story_id) for card in cards))
        cards = list(each_picture_once(cards, shown=pictures))
        cards.sort(key=lambda card: card.picture is None)  # the first is shown with its picture
        seen.update(card.story_id for card in cards)
        if cards:
            pictures.add(cards[0].picture)
            found.append(FromTitle(other, tuple(cards)))
    return found


def beside(site: Site, card: Card, *, at: datetime) -> list[Card]:
    """The newest other stories of a story's section, newest first; one more than LATEST_BESIDE.

    A new one may wait until the page is made again; one that was killed or changed may not.
    """
    with edge.softly():
        page = stories.section(site, [card.section_id], at=at, size=LATEST_BESIDE + 2)
    near = [other for other in page.items if other.story_id != card.story_id]
    near = near[: LATEST_BESIDE + 1]
    edge.depend(*(keys.card(other.story_id) for other in near))
    return near


def toppings(site: Site) -> list[Topping]:
    """The top sections of a masthead with the ids of everything below each, in navigation order."""
    return [_topping(node) for node in site.sections if node.in_navigation]


def _topping(node: SectionNode) -> Topping:
    return Topping(node.name, node.path, frozenset(node.family_ids()))


def surfaces_of(story_id: int) -> list[Surface]:
    """Every address of the network that may show a story, whether it does or not; each once.

    Its page and versions page on each placement, the sections and feeds above it, the front of
    every title (other titles show the newest of this one) and what each lists of its sisters, the
    pages of places that it is about, the lists of `list_paths`, text-only twins of all these, and
    copies of pictures that were killed.
    """
    sites = {site.id: site for site in mastheads.all_mastheads()}
    placed = [(sites[m], section_id, path) for m, section_id, path in stories.addresses(story_id)]
    traces = (
        f"urn:dateline:story:{story_id}<",
        *(f"{path}{end}" for _, _, path in placed for end in '"<'),
    )
    found = [surface for place in placed for surface in _placement_surfaces(*place, traces)]
    if placed:
        for site in sites.values():
            found += [
                Surface("front", site, "/", traces),
                Surface("front", site, "/lite/", traces),
                Surface("trending", site, "/trending.json", traces),
                Surface("trending", site, "/trending/", traces),
            ]
        found += kind_surfaces(story_id, placed, sites, traces)
        for masthead_id, path in places.pages_about(story_id):
            found.append(Surface("place", sites[masthead_id], path, traces))
        zones = {site.id: site.time_zone for site in sites.values()}
        for kind, masthead_id, path in list_paths(story_id, zones):
            found.append(Surface(kind, sites[masthead_id], path, traces))
        found += [Surface("alerts", site, f"/alerts/story/{story_id}/") for site, _, _ in placed]
        found += _picture_surfaces(placed[0][0], story_id)
        letters = archive.paths_with(story_id)
        found += [Surface("letter", site, path, traces) for site, path in letters]
    found += twins_of(found)
    return list({surface.url: surface for surface in found}.values())


def _placement_surfaces(
    site: Site, section_id: int, path: str, traces: tuple[str, ...]
) -> list[Surface]:
    sections = [node.path for node in site.trail(section_id)]
    return [
        Surface("page", site, path),
        Surface("page", site, f"/lite{path}"),
        Surface("versions", site, f"{path}/versions"),
        Surface("share_picture", site, f"{path}/share.jpg"),
        Surface("comments", site, f"{path}/comments/"),
        Surface("comments", site, f"/lite{path}/comments/"),
        Surface("api", site, f"/api/1/stories/{path.rpartition('-')[2]}"),
        Surface("api", site, "/api/1/stories", traces),
        Surface("api", site, "/api/1/changes?since=1970-01-01T00:00:00Z", traces),
        *(Surface("feed", site, f"/feed.{form}", traces) for form in FORMS),
        *_searches(site, path, traces),
        Surface("latest", site, "/new.json", traces),
        *(Surface("section", site, section, traces) for section in sections),
        *(Surface("feed", site, f"{at}feed.{form}", traces) for at in sections for form in FORMS),
        *(Surface("section", site, f"/lite{section}", traces) for section in sections),
    ]


def _searches(site: Site, path: str, traces: tuple[str, ...]) -> list[Surface]:
    """What finds the story by the words of its address."""
    words = path.rpartition("/")[2].rpartition("-")[0].replace("-", " ")
    asked = urlencode({"q": words})
    return [Surface("search", site, f"/search{form}?{asked}", traces) for form in ("", "/feed.xml")]


def _picture_surfaces(site: Site, story_id: int) -> list[Surface]:
    """One copy of each shape: all copies of a picture are behind the same gate."""
    return [
        Surface("picture", site, media.rendition_path(picture, ratio, PICTURE_WIDTH, "jpeg"))
        for picture in stories.killed_pictures(story_id)
        for ratio in PICTURE_SHAPES
    ]
