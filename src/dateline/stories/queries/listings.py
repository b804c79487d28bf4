"""Lists of stories beside fronts and sections: by subject, by day, what was corrected, sitemaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories import list_rows, models, recording, rows
from dateline.stories.cards import Line
from dateline.stories.domain import subjects
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card, Page
from dateline.stories.rows import Listing

PAGE = 30  # lines of a list of one subject
DAY_PAGE = 100  # lines of one day
MOST_TOPICS = 500  # on the page of all topics


@dataclass(frozen=True, slots=True)
class Topic:
    """What stories may be about."""

    id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named over stories. `portrait` is media's row, or None."""

    id: int
    name: str
    role: str
    about: str
    portrait: Any
    path: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Somebody whose copy is published here."""

    id: int
    name: str
    path: str


def topics(site: Site, *, at: datetime) -> list[Topic]:
    """The topics under which readers find a story of a masthead now, by name. One query.

    At most MOST_TOPICS. Each is looked up in its own list: nothing is counted.
    """
    found = _used_topics(site.slug, masthead=site.id, at=at)
    edge.depend(keys.chrome(site.id), keys.list_of(site.id), keys.far(keys.list_of(site.id)))
    edge.depend(*(keys.subject(row.pk) for row in found))
    edge.opens_at(recording.next_opening(site, at=at))
    return [Topic(row.pk, row.name, f"/topics/{row.slug}/") for row in found]


def topic(slug: str) -> Topic | None:
    """The topic with this slug, or None. One query."""
    row = models.Topic.objects.filter(slug=slug).first()
    if row is None:
        return None
    edge.depend(keys.subject(row.pk))
    return Topic(row.pk, row.name, f"/topics/{row.slug}/")


def person(slug: str) -> Person | None:
    """The person with this slug, or None. One query."""
    row = models.Person.objects.select_related("portrait").filter(slug=slug).first()
    if row is None:
        return None
    edge.depend(keys.person(row.pk))
    return Person(row.pk, row.name, row.role, row.about, row.portrait, f"/people/{row.slug}/")


def agency(slug: str) -> Agency | None:
    """The agency with this slug, where stories came from it, or None. One query."""
    row = models.Story.objects.filter(provider__slug=slug).order_by("provider", "wire_family")
    found = row.values_list("provider_id", "provider__name", "provider__slug").first()
    if found is None:
        return None
    edge.depend(keys.provider(found[0]))
    return Agency(found[0], found[1], f"/agencies/{found[2]}/")


def about(
    site: Site, subject: str, *, at: datetime, page: int = 1, size: int = PAGE, use: Use = Use.WEB
) -> Page[Card]:
    """One page, numbered from 1, of what a masthead lists under a subject, newest first.

    `subject` is one of `domain.subjects`; `at` is aware UTC. Three queries, whatever the page.
    """
    listing = Listing.of(site, None, use)
    places = list_rows.of_subject(listing, subject, until=at)
    start = (page - 1) * size
    found = list_rows.walked(listing, places, start, size, at=at)
    tags = [keys.under(subject, site.id)]
    return Page(_cards(site, found[:size], tags, at=at), page, has_next=len(found) > size)


def day(
    site: Site, since: datetime, until: datetime, *, at: datetime, page: int = 1,
    size: int = DAY_PAGE,
) -> Page[Card]:  # fmt: skip
    """One page of what a masthead published from `since` until before `until`, newest first.

    Moments are aware UTC. Three queries, whatever the page and the day.
    """
    listing = Listing.of(site, None, Use.WEB)
    last = min(at, until - datetime.resolution)
    places = list_rows.of_masthead(listing, since=since, until=last)
    found = list_rows.walked(listing, places, (page - 1) * size, size, at=at)
    cards = _cards(site, found[:size], _any_of(site), at=at)
    return Page(cards, page, has_next=len(found) > size)


def filled(site: Site, edges: Sequence[datetime], *, at: datetime) -> list[bool]:
    """Whether readers find stories of a masthead between each moment and the next. One query.

    `edges` are aware UTC, in order; a moment belongs to what begins with it. Nothing is counted:
    each span is looked up in the index until one open story is found.
    """
    edge.depend(keys.chrome(site.id), *_any_of(site))
    edge.opens_at(recording.next_opening(site, at=at))
    moments = {f"e{number}": moment for number, moment in enumerate(edges)}
    for found in _filled(site.slug, masthead=site.id, at=at, **moments):
        return [bool(one) for one in found]
    return [False] * (len(edges) - 1)


def first_published(site: Site) -> datetime | None:
    """When a masthead's oldest story was published, shown or not; None for none. One query."""
    found = models.Placement.objects.filter(masthead_id=site.id, published_at__isnull=False)
    return found.order_by("published_at").values_list("published_at", flat=True).first()


def corrected(site: Site, *, at: datetime, page: int = 1, size: int = PAGE) -> Page[Card]:
    """One page of the stories of a masthead that were put right, the last correction first."""
    return about(site, subjects.CORRECTED, at=at, page=page, size=size)


def feed(site: Site, subject: str, *, at: datetime, limit: int = 50) -> list[Card]:
    """The newest stories under a subject whose licence covers feeds."""
    found = list(about(site, subject, at=at, size=limit, use=Use.FEED).items)
    edge.depend(*(keys.story(card.story_id) for card in found))  # an item says when it changed
    return found


def covered_by_feeds(site: Site, story_ids: Sequence[int], *, at: datetime) -> set[int]:
    """Which of these stories of a masthead a licence lets into feeds now. One query."""
    found = models.Placement.objects.filter(
        rows.shown(site.slug, use=Use.FEED, at=at), masthead_id=site.id, story_id__in=story_ids
    )
    return set(found.order_by().values_list("story_id", flat=True))


def _cards(site: Site, found: Sequence[Line], tags: Iterable[str], *, at: datetime) -> list[Card]:
    """The cards of these lines with the names over them, all recorded. One query, or two."""
    people: dict[int, list[str]] = {}
    for story_id, person_id, name in rows.names(stories=[row.story_id for row in found]):
        edge.depend(keys.person(person_id))
        people.setdefault(story_id, []).append(name)
    edge.depend(keys.chrome(site.id), *tags, *(keys.card(row.story_id) for row in found))
    edge.opens_at(found[0].opening if found else recording.next_opening(site, at=at))
    for row in found:
        edge.closes_at(row.card.until)
    return [
        replace(row.card, byline=", ".join(people.get(row.story_id, ())) or row.card.byline)
        for row in found
    ]


def _any_of(site: Site) -> tuple[str, str]:
    """What changes when any story enters or leaves a masthead, near the top or far down."""
    near = keys.list_of(site.id)
    return near, keys.far(near)


def _used(slug: str, *, masthead: int, at: datetime) -> QuerySet[Any, Any]:
    subject = Concat(Value(subjects.topic("")), Cast(OuterRef("pk"), TextField()))
    open_now = models.Placement.objects.filter(
        rows.shown(slug, use=Use.WEB, at=at),
        listed_under__subject=subject, listed_under__masthead_id=masthead,
    )  # fmt: skip
    found = models.Topic.objects.filter(Exists(open_now))
    return found.order_by("name", "pk")[:MOST_TOPICS]


_used_topics = Prepared[models.Topic](_used)


def _spans(slug: str, *, masthead: int, at: datetime, **edges: datetime) -> Any:
    """One row with a column for each span."""
    moments = list(edges.values())
    open_now = models.Placement.objects.filter(
        rows.shown(slug, use=Use.WEB, at=at), masthead_id=masthead
    )
    spans = {
        f"span{number}": Exists(open_now.filter(published_at__gte=since, published_at__lt=until))
        for number, (since, until) in enumerate(pairwise(moments))
    }
    any_row = models.Placement.objects.filter(masthead_id=masthead).order_by(*rows.NEWEST)[:1]
    return any_row.annotate(**spans).values_list(*spans)


_filled = Prepared[tuple[Any, ...]](_spans)
