"""What a story's page shows because of its kind, beside the text that every story has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.polls import queries as polls
from dateline.polls.domain.polls import ShownPoll
from dateline.stories.domain.body_pictures import GALLERY
from dateline.stories.domain.live import LivePart
from dateline.stories.domain.pages import StoryPage
from dateline.stories.queries import live, series
from dateline.stories.queries.series import SeriesPlace
from dateline.web.domain import kind_data

LIVE = "live"
STYLED = {"live", "picture"}  # kinds that look different without a block of their own
BLOCKS = {"saying", "event", "paper", "sender", "poll"}


@dataclass(frozen=True, slots=True)
class KindPart:
    """What the kind of one story adds to its page.

    `styled` is whether it needs a sheet for it, `gallery` whether it needs that of galleries.
    """

    live: LivePart | None = None
    series: SeriesPlace | None = None
    blocks: tuple[tuple[str, Any], ...] = ()
    polls: Mapping[int, ShownPoll] = field(default_factory=dict)
    styled: bool = False
    gallery: bool = False

    @property
    def event(self) -> Any:
        """The first event of the story, or None."""
        return next((value for kind, value in self.blocks if kind == "event"), None)


def part_of(
    site: Site, page: StoryPage, *, at: datetime, first: int | None = None
) -> KindPart | None:
    """What the kind of a story adds. None where `first` is no entry readers see of a live blog."""
    entries = None
    if page.card.kind == LIVE:
        entries = live.part(page.card.story_id, first=first)
        if entries is None:
            return None
    blocks = tuple((b.block_type, b.value) for b in page.body if b.block_type in BLOCKS)
    asked = {
        value.pk: polls.shown(value, at=at) for kind, value in blocks if kind == "poll" and value
    }
    place = series.place_of(site, page, at=at) if page.series_id else None
    styled = bool(blocks or place) or page.card.kind in STYLED
    hung = any(block.block_type == GALLERY for block in page.body)
    return KindPart(entries, place, blocks, asked, styled, hung)


def article_of(article: dict[str, Any], part: KindPart, *, url: str) -> dict[str, Any]:
    """The NewsArticle of a story as its kind has it. `url` is its absolute address."""
    told = kind_data.with_parts(article, part.blocks, part.polls)
    return kind_data.live_blog(told, part.live, url=url) if part.live else told


def more_data(part: KindPart, *, url: str, image: str) -> tuple[dict[str, Any], ...]:
    """What else a page tells machines beside the article and the way to it."""
    return (kind_data.event(part.event, url=url, image=image),) if part.event else ()
