"""Readers who do not exist: so that the demo's lists are a mix from the first minute."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from dateline.accounts.services import people as accounts
from dateline.alerts.services import alerters
from dateline.demo import adapters
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.queries import reading as stories
from dateline.trending.domain.views import Kind, Seen, Source
from dateline.trending.services import curators, ranking

STORIES = 24  # of each masthead, its newest
MOST, LEAST = 60, 3  # readers of a story
NEARLY_ALL = 70  # who came so far saw the end on a large screen
OVER_S = 5_400  # the last hour and a half
WAYS = (Source.SEARCH, Source.DIRECT, Source.SOCIAL, Source.INTERNAL, Source.MAIL)


def read(*, at: datetime) -> int:
    """Have each masthead's newest stories read, some much and most a little; return how often.

    The same each time; `at` is aware UTC.
    """
    events = [event for site in mastheads.all_mastheads() for event in _readers(site, at=at)]
    ranking.take_in(events)
    return sum(event.kind is Kind.READ for event in events)


def appoint(*, at: datetime) -> None:
    """Have the demo's editor steer every block and send alerts. Safe twice; `at` is aware UTC."""
    admin, editor = (
        accounts.create_person(email=adapters.table("logins")[key]["email"], password=None).pk
        for key in ("admin", "editor")
    )
    curators.appoint(editor, masthead_id=None, by=admin, at=at)
    alerters.appoint(editor, masthead_id=None, by=admin, at=at)


def _readers(site: Site, *, at: datetime) -> Iterator[Seen]:
    now = at.timestamp()
    for card in stories.front(site, at=at, limit=STORIES, named=False):
        fame = _number(site.slug, card.headline) % 100
        for n in range(max(LEAST, MOST * fame**3 // 100**3)):
            yield from _one(site.id, card.story_id, n, _number(site.slug, card.headline, n), now)


def _one(site: int, story: int, n: int, chance: int, now: float) -> Iterator[Seen]:
    """A reader: the page was shown, read, and by most left again."""
    at, way = now - chance % OVER_S, WAYS[chance % len(WAYS)] if n > 1 else WAYS[n]
    yield Seen(at, site, story, Kind.SHOWN, chance, way, 0, 20)
    yield Seen(at, site, story, Kind.READ, chance, way, 10, 60)
    if chance % 5:
        depth = chance % 101
        if depth > NEARLY_ALL:
            yield Seen(at, site, story, Kind.DEPTH, chance, way, 10, 100)
        yield Seen(at, site, story, Kind.LEFT, chance, way, 10 + chance % 200, depth)


def _number(*parts: object) -> int:
    told = ":".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big")
