"""The addresses of a masthead's stories for search engines, in files of a bounded size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories import models, recording, rows
from dateline.stories.domain.gate import Use

SHARD = 1_000  # ids of stories in one file: far below what the standard allows, quick to make
MOST_NEWS = 1_000  # of one news sitemap, as Google asks
FIELDS = (
    "story_id", "slug", "section__slug", "published_at", "story__updated_at", "story__headline",
    "story__language", "story__expire_at", "story__rights_until", "story__agency_rights_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where a story is read. Moments are aware UTC."""

    story_id: int
    path: str
    headline: str
    language: str
    published_at: datetime
    updated_at: datetime


def shards(site: Site) -> range:
    """The numbers of a masthead's files, by ids of stories; empty where it has none. Two queries.

    Nothing is counted. A file between them may hold no story that readers see.
    """
    edge.depend(keys.chrome(site.id), *_any_of(site))
    found = models.Placement.objects.filter(masthead_id=site.id)
    ids = found.order_by("story_id").values_list("story_id", flat=True)
    first, last = ids.first(), ids.last()
    return range(0) if first is None else range(first // SHARD, (last or first) // SHARD + 1)


def shard(site: Site, number: int, *, at: datetime) -> list[Address]:
    """The stories of one file that readers see at `at`, aware UTC, by their ids. Two queries."""
    first = number * SHARD
    found = _in_shard(site.slug, masthead=site.id, at=at, first=first, last=first + SHARD - 1)
    return _recorded(site, found, at=at)


def fresh(site: Site, *, since: datetime, at: datetime) -> list[Address]:
    """The newest stories since a moment, at most MOST_NEWS. Both are aware UTC. Two queries."""
    return _recorded(site, _fresh(site.slug, masthead=site.id, at=at, since=since), at=at)


def _recorded(site: Site, found: Sequence[Any], *, at: datetime) -> list[Address]:
    edge.depend(keys.chrome(site.id), *_any_of(site))
    edge.opens_at(recording.next_opening(site, at=at))
    ends = (end for row in found for end in row[7:] if end)
    edge.closes_at(min(ends, default=None))
    return [_address(row) for row in found]


def _address(row: Sequence[Any]) -> Address:
    story_id, slug, section, published_at, updated_at, headline, language = row[:7]
    name = f"{slug}-{story_id}" if slug else f"{story_id}"
    newest = max(published_at, updated_at or published_at)
    return Address(story_id, f"/{section}/{name}", headline, language, published_at, newest)


def _any_of(site: Site) -> tuple[str, str]:
    """What changes when any story enters or leaves a masthead."""
    near = keys.list_of(site.id)
    return near, keys.far(near)


def _shard(slug: str, *, masthead: int, at: datetime, first: int, last: int) -> QuerySet[Any, Any]:
    found = models.Placement.objects.filter(
        rows.shown(slug, use=Use.WEB, at=at),
        masthead_id=masthead, story_id__gte=first, story_id__lte=last,
    )  # fmt: skip
    return found.order_by("story_id").values_list(*FIELDS)


def _news(slug: str, *, masthead: int, at: datetime, since: datetime) -> QuerySet[Any, Any]:
    found = models.Placement.objects.filter(
        rows.shown(slug, use=Use.WEB, at=at), masthead_id=masthead, published_at__gte=since
    )
    return found.order_by(*rows.NEWEST).values_list(*FIELDS)[:MOST_NEWS]


_in_shard = Prepared[tuple[Any, ...]](_shard)
_fresh = Prepared[tuple[Any, ...]](_news)
