"""What readers see of a series: its stories, and what comes before and after one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories import models, recording, rows
from dateline.stories.cards import Line, line
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card, Page, StoryPage

SERIES_PAGE = 24  # cards


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """One series on its masthead."""

    id: int
    name: str
    path: str
    numbered: bool
    about: str


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """Where a story stands in its series: its number, if it has one, and its neighbours."""

    series: ShownSeries
    number: int | None
    before: Card | None
    after: Card | None


def _of_id(*, masthead: int, series: int) -> QuerySet[models.Series]:
    return models.Series.objects.filter(masthead_id=masthead, pk=series)


def _in(listing: rows.Listing, *, at: datetime, series: int) -> QuerySet[models.Placement]:
    return rows.open_in(listing, at=at).filter(story__series_id=series)


def _beside_number(
    listing: rows.Listing, after: bool, *, at: datetime, series: int, number: int
) -> QuerySet[models.Placement]:
    found = _in(listing, at=at, series=series)
    if after:
        found = found.filter(story__series_number__gt=number)
        return found.order_by("story__series_number", "story_id")[:1]
    found = found.filter(story__series_number__lt=number)
    return found.order_by("-story__series_number", "-story_id")[:1]


def _beside_moment(
    listing: rows.Listing, after: bool, *, at: datetime, series: int, moment: datetime, story: int
) -> QuerySet[models.Placement]:
    found = _in(listing, at=at, series=series).exclude(story_id=story)
    if after:
        return found.filter(published_at__gte=moment).order_by("published_at", "pk")[:1]
    return found.filter(published_at__lt=moment).order_by("-published_at", "-pk")[:1]


def _listed(
    listing: rows.Listing, numbered: bool, start: int, size: int, *, at: datetime, series: int
) -> QuerySet[models.Placement]:
    order = ("-story__series_number", "-published_at", "-pk") if numbered else rows.NEWEST
    return _in(listing, at=at, series=series).order_by(*order)[start : start + size]


_series = Prepared[models.Series](_of_id)
_by_number = Prepared[Line](_beside_number, of=line)
_by_moment = Prepared[Line](_beside_moment, of=line)
_page_of = Prepared[Line](_listed, of=line)


def place_of(site: Site, page: StoryPage, *, at: datetime) -> SeriesPlace | None:
    """Where a story stands in its series; None where it has none on this masthead. Three queries.

    A neighbour that readers cannot see is passed over.
    """
    row = next(iter(_series(masthead=site.id, series=page.series_id or 0)), None)
    if page.series_id is None or row is None:
        return None
    edge.depend(keys.series(row.pk))
    before, after = (_beside(site, row, page, after=after, at=at) for after in (False, True))
    return SeriesPlace(_shown(row), page.series_number, before, after)


def _beside(
    site: Site, row: models.Series, page: StoryPage, *, after: bool, at: datetime
) -> Card | None:
    listing, number, card = rows.Listing.of(site, None, Use.WEB), page.series_number, page.card
    if row.numbered and number is not None:
        found = _by_number(listing, after, at=at, series=row.pk, number=number)
    else:
        moment = card.published_at
        found = _by_moment(listing, after, at=at, series=row.pk, moment=moment, story=card.story_id)
    for one in found:
        edge.depend(keys.card(one.story_id))
        edge.closes_at(one.card.until)
        edge.opens_at(one.opening)
    return found[0].card if found else None


def series_page(
    site: Site, slug: str, *, at: datetime, page: int = 1
) -> tuple[ShownSeries, Page[Card]] | None:
    """One page, numbered from 1, of a series: by number where it has them, else newest first.

    None where the masthead has no such series.
    """
    row = models.Series.objects.filter(masthead_id=site.id, slug=slug).first()
    if row is None:
        return None
    edge.depend(keys.series(row.pk))
    listing = rows.Listing.of(site, None, Use.WEB)
    start = (page - 1) * SERIES_PAGE
    found = _page_of(listing, row.numbered, start, SERIES_PAGE + 1, at=at, series=row.pk)
    listed = recording.listed(site, None, found, at=at, far=True)
    for one in listed:
        edge.closes_at(one.card.until)
    shown = [one.card for one in listed]
    return _shown(row), Page(shown[:SERIES_PAGE], page, has_next=len(shown) > SERIES_PAGE)


def _shown(row: models.Series) -> ShownSeries:
    return ShownSeries(row.pk, row.name, f"/series/{row.slug}/", row.numbered, row.about)


def path_with(story_id: int) -> tuple[int, str] | None:
    """(masthead, path) of the page of a story's series; None where it is in none."""
    row = models.Series.objects.filter(stories=story_id).first()
    return (row.masthead_id, f"/series/{row.slug}/") if row else None


def own_addresses(story_id: int) -> list[str]:
    """What a story's kind adds to its address, as its row has it: `/live.json`, `/event.ics`, ...

    Of the entries of a live blog the newest stands for all, which are behind the same gate.
    """
    story = models.Story.objects.only("kind", "body").get(pk=story_id)
    body: Any = story.body
    found = [f"/poll/{b.value.pk}/" for b in body if b.block_type == "poll" and b.value]
    found += ["/event.ics" for b in body if b.block_type == "event"][:1]
    if story.kind == models.Story.Kind.LIVE:
        entries = models.LiveEntry.objects.filter(story_id=story_id).order_by("-pk")
        found += [f"/live/{pk}" for pk in entries.values_list("pk", flat=True)[:1]]
        found.append("/live.json")
    return found
