"""What readers see of a masthead's jobs: the board, page by page, and one job."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.ids import slug_of
from dateline.jobs import models
from dateline.jobs.domain.kinds import Employment, Level, Where
from dateline.jobs.domain.terms import ListingTerms
from dateline.mastheads.domain.site import Site

PAGE = 20
FIELDS = tuple(ListingTerms.__slots__)
# What a board can be narrowed to, by the name in its address. One at a time: each is a page of its
# own in the cache, and there are no more than these.
FILTERS: dict[str, Q] = {
    "remote": Q(where=Where.REMOTE),
    "full-time": Q(employment=Employment.FULL_TIME),
    "part-time": Q(employment=Employment.PART_TIME),
    "contract": Q(employment__in=[Employment.CONTRACT, Employment.TEMPORARY]),
    "internship": Q(employment=Employment.INTERNSHIP),
    "no-japanese": Q(language_level=Level.NONE),
    "with-salary": Q(salary_min__isnull=False) | Q(salary_max__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One open job. `path` is its address on its masthead."""

    id: int
    path: str
    terms: ListingTerms

    @property
    def paragraphs(self) -> list[str]:
        """Its text, apart at empty lines."""
        return [part.strip() for part in self.terms.text.split("\n\n") if part.strip()]


@dataclass(frozen=True, slots=True)
class JobOver:
    """A job that was here and is open no more. Nothing it said is repeated."""

    at: datetime


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of a board, numbered from 1. `filters` are those under which there is a job."""

    jobs: tuple[Job, ...]
    number: int
    has_next: bool
    filters: tuple[str, ...] = ()


def open_listings(masthead_id: int, *, at: datetime) -> QuerySet[models.Listing]:
    """Every job a masthead's readers may see at `at` (aware UTC), the newest first."""
    return models.Listing.objects.filter(
        masthead_id=masthead_id, closed_at=None, posted_at__lte=at, valid_until__gt=at
    ).order_by("-posted_at", "-pk")


def board(site: Site, *, at: datetime, page: int = 1, only: str = "") -> BoardPage:
    """One page of a masthead's board; `only` is a name of FILTERS, or empty. Three queries.

    The page is made again when a job is posted, and dies when one of the board ends.
    """
    edge.depend(keys.jobs(site.id))
    rows = open_listings(site.id, at=at)
    found = rows.filter(FILTERS[only]) if only else rows
    start = (page - 1) * PAGE
    listed = [job_of(row) for row in found[start : start + PAGE + 1]]
    counted = rows.aggregate(
        first_end=Min("valid_until"),
        **{name: Min("pk", filter=about) for name, about in FILTERS.items()},
    )
    coming = models.Listing.objects.filter(
        masthead_id=site.id, closed_at=None, posted_at__gt=at, valid_until__gt=at
    )
    edge.closes_at(counted["first_end"])
    edge.opens_at(coming.aggregate(first=Min("posted_at"))["first"])
    able = tuple(name for name in FILTERS if counted[name] is not None)
    return BoardPage(tuple(listed[:PAGE]), page, len(listed) > PAGE, able)


def job(site: Site, listing_id: int, *, at: datetime) -> Job | JobOver | None:
    """What a job's address answers on a masthead: the job, that it is over, or None. One query.

    Its page dies at the moment at which it ends, even with every other process dead.
    """
    edge.depend(keys.jobs(site.id))
    row = models.Listing.objects.filter(pk=listing_id, masthead_id=site.id).first()
    if row is None:
        return None
    if row.closed_at is not None or row.valid_until <= at:
        ends = [moment for moment in (row.closed_at, row.valid_until) if moment is not None]
        return JobOver(min(ends))
    if row.posted_at > at:
        edge.opens_at(row.posted_at)
        return None
    edge.closes_at(row.valid_until)
    return job_of(row)


def job_of(row: models.Listing) -> Job:
    """A row as readers are given it."""
    return Job(row.pk, path_of(row.pk, row.title), terms_of(row))


def terms_of(row: models.Listing) -> ListingTerms:
    """What a row says."""
    return ListingTerms(**{name: getattr(row, name) for name in FIELDS})


def path_of(listing_id: int, title: str) -> str:
    """A job's address; its id decides. It ends in a slash, as no story's does."""
    return f"/jobs/{listing_id}-{slug_of(title, fallback='job')}/"
