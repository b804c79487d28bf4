"""Readers who do not exist: so that the demo's lists are a mix from the first minute."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories import queries as stories
from dateline.trending.domain.views import Kind, Seen, Source
from dateline.trending.services import ranking

STORIES = 24  # of each masthead, its newest
MOST, LEAST = 60, 3  # readers of a story
OVER_S = 5_400  # the last hour and a half
WAYS = (Source.SEARCH, Source.DIRECT, Source.SOCIAL, Source.INTERNAL, Source.MAIL)


def read(*, at: datetime) -> int:
    """Have each masthead's newest stories read, some much and most a little; return how often.

    The same each time; `at` is aware UTC.
    """
    events = [event for site in mastheads.all_mastheads() for event in _readers(site, at=at)]
    ranking.take_in(events)
    return len(events)


def _readers(site: Site, *, at: datetime) -> Iterator[Seen]:
    now = at.timestamp()
    for card in stories.front(site, at=at, limit=STORIES, named=False):
        fame = _number(site.slug, card.headline) % 100
        for n in range(max(LEAST, MOST * fame**3 // 100**3)):
            chance = _number(site.slug, card.headline, n)
            yield Seen(
                now - chance % OVER_S, site.id, card.story_id, Kind.READ, chance,
                WAYS[chance % len(WAYS)] if n > 1 else WAYS[n], 10, 60,
            )  # fmt: skip


def _number(*parts: object) -> int:
    told = ":".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big")
