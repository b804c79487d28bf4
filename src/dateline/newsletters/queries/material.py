"""What an edition can be made of: stories that the gate lets into letters, and jobs that are open.

A page that asks what is still open depends on those stories and jobs, and hears when they end.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.jobs.domain.words import place_text, salary_text
from dateline.jobs.queries import board
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.newsletters import models
from dateline.newsletters.domain.editions import JOB, STORY, BlockKind, Item
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories
from dateline.trending.domain.rank import ListKind
from dateline.trending.queries import lists as trending

MOST = 60  # candidates of a block
PICTURE_WIDTH = 1280  # pixels: a lead of 600 on a dense screen
NOT_SHOWN = ("body", "kill_reason", "usage_terms", "agency_usage_terms")
NEWEST = ("-published_at", "-pk")


def home_of(newsletter: models.Newsletter) -> Site:
    """The masthead a list's letters look like: its own, or the first of the list's language.

    Raises:
        LookupError: the network has none.

    """
    for site in mastheads.all_mastheads():
        own = site.id == newsletter.masthead_id
        if own or (newsletter.masthead_id is None and _same(site.language, newsletter.language)):
            return site
    raise LookupError(f"No masthead is there for the list {newsletter.slug}.")


def offered(
    block: models.RecipeBlock, home: Site, *, language: str, fresh_hours: int, at: datetime
) -> Iterator[Item]:
    """What a block of a recipe may be filled with, best first. `at` is aware UTC.

    Only what the gate lets into letters of that masthead, in the list's language; `fresh_hours`
    is how old a story may be where the newest are asked for, 0 for any age.
    """
    site = (block.masthead_id and mastheads.by_id(block.masthead_id)) or home
    if block.kind == BlockKind.JOBS:
        yield from _jobs(site, at=at)
        return
    kind = BlockKind(block.kind)
    if kind in {BlockKind.TEXT, BlockKind.OFFER}:
        return
    rows = open_rows(site, language=language, at=at)
    if fresh_hours and kind in {BlockKind.SECTION, BlockKind.TOPIC}:
        rows = rows.filter(published_at__gte=at - timedelta(hours=fresh_hours))
    for row in _ordered(rows, kind, block.about, site, at=at):
        yield item_of(row, site, at=at)


def _ordered(rows: Any, kind: BlockKind, about: str, site: Site, *, at: datetime) -> Any:
    if kind is BlockKind.TRENDING:
        ids = [
            card.story_id for card in trending.of_site(site.id, ListKind.READ, at=at, limit=MOST)
        ]
        found = {row.story_id: row for row in rows.filter(story_id__in=ids)}
        return [found[pk] for pk in ids if pk in found]
    if kind is BlockKind.PICKS:
        return rows.filter(pinned_rank__isnull=False).order_by("pinned_rank", "-pk")[:MOST]
    if kind is BlockKind.TOPIC:
        return rows.filter(story__topics__slug=about).order_by(*NEWEST)[:MOST]
    if about:
        node = site.section(about)
        rows = rows.filter(section_id__in=node.family_ids() if node else ())
    return rows.order_by(*NEWEST)[:MOST]


def open_rows(site: Site, *, language: str = "", at: datetime) -> Any:
    """Placements on a masthead that both its pages and its letters may show, with their story.

    In a language (a BCP 47 tag), or, where it is empty, in any. `at` is aware UTC.
    """
    on_pages = stories.open_placements(use=Use.WEB, at=at).filter(masthead_id=site.id)
    rows = (
        stories.open_placements(use=Use.NEWSLETTER, at=at)
        .filter(masthead_id=site.id, pk__in=on_pages.values("pk"))
        .select_related("section", "story__lead_picture")
        .defer(*(f"story__{name}" for name in NOT_SHOWN))
    )
    return rows.filter(story__language__istartswith=language[:2]) if language else rows


def story_now(site: Site, story_id: int, *, at: datetime) -> Item | None:
    """A story as a letter would carry it now, or None where the gate says no."""
    row = open_rows(site, at=at).filter(story_id=story_id).first()
    return item_of(row, site, at=at) if row else None


def still_open(items: Iterable[Item], *, at: datetime) -> dict[str, Item]:
    """Of these items those that may be shown now, as they are now, by key."""
    wanted = list(items)
    found: dict[str, Item] = {}
    for slug in {item.site for item in wanted}:
        site = mastheads.by_slug(slug)
        if site is None:  # the title was taken from the network
            continue
        own = [item for item in wanted if item.site == slug]
        ids = [item.story_id for item in own if item.story_id]
        rows = open_rows(site, at=at).filter(story_id__in=ids)
        found |= {item.key: item for item in (item_of(row, site, at=at) for row in rows)}
        jobs = [int(item.key.partition(":")[2]) for item in own if not item.story_id]
        found |= _open_jobs(site, jobs, at=at) if jobs else {}
    return found


def _open_jobs(site: Site, ids: list[int], *, at: datetime) -> dict[str, Item]:
    edge.depend(keys.jobs(site.id))
    rows = list(board.open_listings(site.id, at=at).filter(pk__in=ids))
    for row in rows:
        edge.closes_at(row.valid_until)
    return {item.key: item for item in (_job(row, site) for row in rows)}


def item_of(row: Any, site: Site, *, at: datetime) -> Item:
    """A placement with its story, frozen. A picture that may not be shown is left out."""
    card = stories.card(row, row.story, ())
    picture = card.picture if card.picture and media.may_show(card.picture, at=at) else None
    return Item(
        key=f"{STORY}:{card.story_id}",
        site=site.slug,
        path=card.path,
        headline=card.headline,
        source=card.headline,
        kicker=card.kicker,
        standfirst=card.standfirst,
        picture_id=picture.pk if picture else 0,
        picture=media.rendition_path(picture, "3:2", PICTURE_WIDTH, "jpeg") if picture else "",
        alt=picture.default_alt_text if picture else "",
        credit=picture.credit if picture else "",
    )


def _jobs(site: Site, *, at: datetime) -> Iterator[Item]:
    for row in board.open_listings(site.id, at=at)[:MOST]:
        yield _job(row, site)


def _job(row: Any, site: Site) -> Item:
    found = board.job_of(row)
    terms = found.terms
    facts = (place_text(terms, language=site.language), salary_text(terms, language=site.language))
    return Item(
        key=f"{JOB}:{found.id}", site=site.slug, path=found.path, headline=terms.title,
        source=terms.title, kicker=terms.employer, standfirst=" · ".join(filter(None, facts)),
    )  # fmt: skip


def _same(one: str, other: str) -> bool:
    return one.split("-", maxsplit=1)[0].lower() == other.split("-", maxsplit=1)[0].lower()
