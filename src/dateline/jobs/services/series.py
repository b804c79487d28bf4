"""Weekly series: start and change one, and write the draft of a week, once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from dateline import clock, ids
from dateline.jobs import models
from dateline.jobs.domain import round_up
from dateline.jobs.domain.errors import JobsRefused, Unfit
from dateline.jobs.domain.weeks import (
    SeriesTerms,
    Week,
    due_at,
    headline,
    problems_of,
    series_name,
    week_of,
)
from dateline.jobs.events import SeriesChanged, WeekWritten
from dateline.jobs.queries.board import Job, job_of, open_listings
from dateline.jobs.services.keepers import must_keep
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site, walk
from dateline.outbox import services as outbox
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.services.drafting import Place, draft_story
from dateline.stories.services.series import find_or_start

BY_THE_BOARD = "the job board"
NO_JOBS = "No job is open: there is no draft."
FIELDS = tuple(SeriesTerms.__slots__)


@transaction.atomic
def start(masthead_id: int, terms: SeriesTerms, *, by: UUID, at: datetime | None = None) -> int:
    """Start a weekly series on a masthead; return its id. `at` is aware UTC.

    The first week it writes is the first that is due after `at`.

    Raises:
        NotYours: `by` does not keep this board.
        Unfit: `problems` says why it could never write a week.

    """
    at = at or clock.now()
    row = models.Series(masthead_id=masthead_id, created_at=at)
    _keep(row, terms, by=by, at=at)
    return row.pk


@transaction.atomic
def change(series_id: int, terms: SeriesTerms, *, by: UUID, at: datetime | None = None) -> None:
    """Give a series other terms. Weeks that are written stay as they are. Else as `start`."""
    row = models.Series.objects.select_for_update().get(pk=series_id)
    _keep(row, terms, by=by, at=at or clock.now())


def _keep(row: models.Series, terms: SeriesTerms, *, by: UUID, at: datetime) -> None:
    must_keep(by, row.masthead_id)
    site = _site(row)
    problems = problems_of(terms, sections=frozenset(one.slug for one in walk(site.sections)))
    if problems:
        raise Unfit(problems)
    for name in FIELDS:
        setattr(row, name, getattr(terms, name))
    row.save()
    outbox.record(SeriesChanged(series_id=row.pk, masthead_id=row.masthead_id, by=str(by), at=at))


def write_due(*, at: datetime) -> int:
    """Write the draft of each series that is due at `at` (aware UTC); return how many were written.

    Once a week for each, however many workers ask. A week without jobs, or whose section is gone,
    is noted for the desk instead and not tried again by itself. A week that was missed altogether
    stays unwritten: nobody wants last week's jobs.
    """
    active = models.Series.objects.filter(active=True).order_by("pk")
    return sum(_write_due(pk, at=at) for pk in active.values_list("pk", flat=True))


@transaction.atomic
def _write_due(series_id: int, *, at: datetime) -> bool:
    row = models.Series.objects.select_for_update().get(pk=series_id)
    site = _site(row)
    week = week_of(at, site.time_zone)
    due = due_at(week, row.weekday, row.time, site.time_zone)
    if not (row.created_at <= due <= at) or _issue(row, week):
        return False
    return _write(row, site, week, by=None, at=at).story_id is not None


@transaction.atomic
def write_now(
    series_id: int, *, by: UUID, at: datetime | None = None, origin: str = ""
) -> models.Issue:
    """Write this week's draft before it is due, or again where there is none; return the week.

    `origin` stands in the links instead of the masthead's own, where that is not known yet.

    Raises:
        Series.DoesNotExist: there is no such series.
        NotYours: `by` does not keep this board.
        JobsRefused: the week has its draft.

    """
    at = at or clock.now()
    row = models.Series.objects.select_for_update().get(pk=series_id)
    must_keep(by, row.masthead_id)
    site = _site(row)
    week = week_of(at, site.time_zone)
    written = _issue(row, week)
    if written and written.story_id:
        raise JobsRefused(f"Week {week.week} of {week.year} is written: story {written.story_id}.")
    return _write(row, site, week, by=by, at=at, origin=origin)


def _site(row: models.Series) -> Site:
    site = mastheads.by_id(row.masthead_id)
    if site is None:
        raise JobsRefused(f"There is no masthead {row.masthead_id}.")
    return site


def _issue(row: models.Series, week: Week) -> models.Issue | None:
    return row.issues.filter(year=week.year, week=week.week).first()


def _write(
    row: models.Series, site: Site, week: Week, *, by: UUID | None, at: datetime, origin: str = ""
) -> models.Issue:
    jobs = _chosen(row, at=at)
    told: dict[str, Any] = {"story_id": None, "note": NO_JOBS}
    if jobs:
        try:
            told = {"story_id": _draft(row, site, week, jobs, by=by, origin=origin), "note": ""}
        except StoryRefused as refusal:
            told["note"] = str(refusal)[:200]
    issue, _ = models.Issue.objects.update_or_create(
        series=row, year=week.year, week=week.week,
        defaults={**told, "listings": [job.id for job in jobs], "written_at": at},
    )  # fmt: skip
    outbox.record(
        WeekWritten(
            series_id=row.pk, masthead_id=site.id, year=week.year, week=week.week,
            story_id=issue.story_id, jobs=len(jobs), by=str(by or ""), at=at,
        )
    )  # fmt: skip
    return issue


def _chosen(row: models.Series, *, at: datetime) -> list[Job]:
    """The newest open jobs; those of the last week only where there are too few others."""
    last = row.issues.exclude(story=None).order_by("-year", "-week").first()
    known = set(last.listings) if last else set()
    found = open_listings(row.masthead_id, at=at)
    fresh = list(found.exclude(pk__in=known)[: row.how_many])
    old = list(found.filter(pk__in=known)[: row.how_many - len(fresh)])
    return [job_of(one) for one in (*fresh, *old)]


def _draft(
    row: models.Series, site: Site, week: Week, jobs: list[Job], *, by: UUID | None, origin: str
) -> int:
    origin, language = origin or site.origin, site.language
    listed = [(origin + job.path, job.terms) for job in jobs]
    blocks = round_up.body(listed, board=f"{origin}/jobs/", language=language)
    return draft_story(
        headline=headline(row.pattern, week),
        places=[Place(masthead=site.slug, section=row.section, canonical=True)],
        body=[("text", block) for block in blocks],
        fields={
            "language": language,
            "series_id": _series(row, site),
            "standfirst": round_up.intro(week, len(jobs), language=language),
        },
        user=get_user_model().objects.get(pk=by) if by else None,
    )


def _series(row: models.Series, site: Site) -> int:
    """The series on the readers' pages that leads from week to week, by time: years begin anew."""
    name = series_name(row.pattern)
    slug = ids.slug_of(name, fallback=f"jobs-{row.pk}")
    return find_or_start(site.id, slug=slug, name=name, by=BY_THE_BOARD)
