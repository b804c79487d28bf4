"""What the desk asks of jobs: lists with their state, feeds and their files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q

from dateline.jobs import models

PAGE = 50
RECENT = 10
STATES = ("open", "coming", "over", "closed", "all")


@dataclass(frozen=True, slots=True)
class Line:
    """One job in the desk's list. `state` is one of STATES, but never all."""

    row: models.Listing
    state: str

    @property
    def last(self) -> datetime:
        """Its last moment: of its last day, where it ends with one."""
        return self.row.valid_until - timedelta(microseconds=1)


def lines(
    masthead_ids: Iterable[int], *, state: str, page: int, at: datetime
) -> tuple[list[Line], "Page[models.Listing]"]:
    """One page of the jobs of these mastheads in a state (of STATES), the newest first."""
    chosen = {
        "open": Q(closed_at=None, posted_at__lte=at, valid_until__gt=at),
        "coming": Q(closed_at=None, posted_at__gt=at, valid_until__gt=at),
        "over": Q(closed_at=None, valid_until__lte=at),
        "closed": Q(closed_at__isnull=False),
        "all": Q(),
    }[state]
    rows = models.Listing.objects.filter(chosen, masthead_id__in=list(masthead_ids))
    rows = rows.select_related("masthead", "feed").order_by("-posted_at", "-pk")
    found = Paginator(rows, PAGE).get_page(page)
    return [Line(row, state_of(row, at=at)) for row in found], found


def state_of(row: models.Listing, *, at: datetime) -> str:
    """How a job stands at `at` (aware UTC): one of STATES, but never all."""
    if row.closed_at is not None:
        return "closed"
    if row.valid_until <= at:
        return "over"
    return "coming" if row.posted_at > at else "open"


def recent_imports(masthead_ids: Iterable[int]) -> list[models.FeedImport]:
    """The last files that were taken in for these mastheads, without their bytes."""
    rows = models.FeedImport.objects.filter(feed__masthead_id__in=list(masthead_ids))
    return list(rows.defer("raw").select_related("feed__masthead", "by").order_by("-pk")[:RECENT])
