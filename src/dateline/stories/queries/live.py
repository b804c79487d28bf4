"""What readers see of live blogs: entries of one, and which there are. Ask the gate first."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.prepared import Prepared
from dateline.stories import list_rows, models, recording, rows
from dateline.stories.cards import Line
from dateline.stories.domain.gate import Use
from dateline.stories.domain.live import Entry, KeyEvent, LivePart
from dateline.stories.domain.pages import Card, Page

PART = 20  # entries of one page
EVENTS = 12  # key events, the newest
AT_ONCE = 20  # live blogs that go on at the same time
INDEX_PAGE = 24  # live blogs of one page of the index
ENDED, GOES_ON = "ended", "goes on"
FIRST = 2**62  # above every entry
SHOWN = Q(withdrawn_at=None) | ~Q(withdrawn_reason="")


def _entry(row: models.LiveEntry) -> Entry:
    gone = row.withdrawn_at is not None
    return Entry(
        id=row.pk, version=row.version, headline="" if gone else row.headline,
        text="" if gone else row.text, by=row.by, at=row.at, changed_at=row.changed_at,
        key_event=row.key_event and not gone, note="" if gone else row.note,
        noted_at=None if gone else row.noted_at,
        withdrawn_at=row.withdrawn_at, withdrawn_reason=row.withdrawn_reason,
    )  # fmt: skip


def _part(limit: int, *, story: int, first: int) -> QuerySet[models.LiveEntry]:
    shown = models.LiveEntry.objects.filter(SHOWN, story_id=story, pk__lte=first)
    return shown.order_by("-pk")[:limit]


def _one(*, story: int, entry: int) -> QuerySet[models.LiveEntry]:
    return models.LiveEntry.objects.filter(SHOWN, story_id=story, pk=entry)


def _pinned(*, story: int) -> QuerySet[models.LiveEntry]:
    return models.LiveEntry.objects.filter(story_id=story, pinned=True)


def _events(*, story: int) -> QuerySet[Any, Any]:
    events = models.LiveEntry.objects.filter(story_id=story, key_event=True, withdrawn_at=None)
    rows_of: QuerySet[Any, Any] = events.exclude(headline="").order_by("-pk")
    return rows_of.values_list("pk", "headline", "at")[:EVENTS]


def _newer(*, story: int, entry: int) -> QuerySet[Any, Any]:
    newer = models.LiveEntry.objects.filter(SHOWN, story_id=story, pk__gt=entry)
    return newer.order_by().values_list("pk", flat=True)[:1]


def _numbers(limit: int, *, story: int) -> QuerySet[Any, Any]:
    shown: Any = models.LiveEntry.objects.filter(SHOWN, story_id=story).order_by("-pk")
    found: QuerySet[Any, Any] = shown.values_list("pk", "version")[:limit]
    return found


def _moments(*, story: int) -> QuerySet[Any, Any]:
    found: Any = models.Story.objects.filter(pk=story)
    rows_of: QuerySet[Any, Any] = found.values_list("coverage_started_at", "coverage_ended_at")
    return rows_of


def _coverages(state: str, start: int, size: int, *, masthead: int) -> QuerySet[Any, Any]:
    """Ids of placements: a paper has few live blogs, so they are looked up before its stories."""
    blogs = models.Story.objects.filter(
        kind=models.Story.Kind.LIVE, coverage_started_at__isnull=False,
        coverage_ended_at__isnull=state == GOES_ON,
    ).order_by()  # fmt: skip
    found: Any = models.Placement.objects.filter(masthead_id=masthead, story__in=blogs.values("pk"))
    rows_of: QuerySet[Any, Any] = found.order_by("-story__coverage_started_at", "-story_id")
    return rows_of.values_list("pk", flat=True)[start : start + size]


coverages = Prepared[int](_coverages)
_entries_of = Prepared[Entry](_part, of=_entry)
_entry_of = Prepared[Entry](_one, of=_entry)
_pinned_of = Prepared[Entry](_pinned, of=_entry)
_events_of = Prepared[tuple[int, str, datetime]](_events)
_newer_than = Prepared[int](_newer)
_numbers_of = Prepared[tuple[int, int]](_numbers)
_moments_of = Prepared[tuple[datetime | None, datetime | None]](_moments)


def part(story_id: int, *, first: int | None = None) -> LivePart | None:
    """Entries of a live blog that begin with `first`, newest first; the newest where it is None.

    None where readers see no entry `first` of it. At most five queries, however many entries.
    """
    edge.depend(keys.live(story_id))
    if first is not None and not _entry_of(story=story_id, entry=first):
        return None
    found = _entries_of(PART + 1, story=story_id, first=FIRST if first is None else first)
    started_at, ended_at = next(iter(_moments_of(story=story_id)), (None, None))
    return LivePart(
        started_at=started_at,
        ended_at=ended_at,
        pinned=next(iter(_pinned_of(story=story_id)), None),
        events=tuple(
            KeyEvent(id=pk, headline=h, at=at) for pk, h, at in _events_of(story=story_id)
        ),
        entries=tuple(found[:PART]),
        begins=first is None or not _newer_than(story=story_id, entry=first),
        older=found[PART].id if len(found) > PART else None,
    )


def newest(story_id: int) -> tuple[list[tuple[int, int]], bool]:
    """(entry, version) of the newest entries, newest first, and whether there may be more."""
    edge.depend(keys.live(story_id))
    ended = any(ended_at for _, ended_at in _moments_of(story=story_id))
    return _numbers_of(PART, story=story_id), not ended


def index(
    site: Site, *, at: datetime, page: int = 1, size: int = INDEX_PAGE
) -> tuple[list[Card], Page[Card]]:
    """The live blogs of a masthead: those that go on, and one page of those that ended.

    Both newest first; the former stand on the first page only. `page` is numbered from 1.
    """
    edge.depend(keys.coverages(), keys.list_of(site.id), keys.far(keys.list_of(site.id)))
    listing = rows.Listing.of(site, None, Use.WEB)
    start = (page - 1) * size
    over = list_rows.walked(listing, _places(site, ENDED), start, size, at=at)
    here = _places(site, GOES_ON)
    going = list_rows.walked(listing, here, 0, AT_ONCE, at=at)[:AT_ONCE] if page == 1 else []
    shown = Page(_cards(site, over[:size], at=at), page, has_next=len(over) > size)
    return _cards(site, going, at=at), shown


def _places(site: Site, state: str) -> list_rows.Places:
    """The places of live blogs of a masthead that ended, or of those that go on."""

    def places(start: int, size: int) -> list[int]:
        return coverages(state, start, size, masthead=site.id)

    return places


def _cards(site: Site, found: list[Line], *, at: datetime) -> list[Card]:
    for row in found:
        edge.closes_at(row.card.until)
    return [row.card for row in recording.listed(site, None, found, at=at, far=True)]


def blog(story_id: int) -> models.Story | None:
    """The live blog with this id, shown or not, for the desk; None for no live blog."""
    blogs = models.Story.objects.filter(kind=models.Story.Kind.LIVE)
    found: models.Story | None = blogs.filter(pk=story_id).first()
    return found


def on_desk(story_id: int, *, limit: int) -> list[models.LiveEntry]:
    """The newest entries of a live blog as the desk sees them, withdrawn ones too."""
    return list(models.LiveEntry.objects.filter(story_id=story_id).order_by("-pk")[:limit])


def desk_entry(story_id: int, entry_id: int) -> models.LiveEntry | None:
    """One entry of a live blog as the desk sees it, or None."""
    return models.LiveEntry.objects.filter(story_id=story_id, pk=entry_id).first()
