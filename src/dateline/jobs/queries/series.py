"""What the desk asks of weekly series: each with its weeks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from dateline.jobs import models
from dateline.jobs.domain.weeks import due_at, week_of

WEEKS = 6


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series, its last weeks (the newest first), and when this week's draft is due, in UTC.

    `can_write`: this week has no draft yet.
    """

    row: models.Series
    issues: tuple[models.Issue, ...]
    due: datetime
    can_write: bool


def of_boards(masthead_ids: Iterable[int], *, at: datetime) -> list[SeriesLine]:
    """Every series of these mastheads. `at` is aware UTC."""
    issues = models.Issue.objects.select_related("story").order_by("-year", "-week")
    rows = models.Series.objects.filter(masthead_id__in=list(masthead_ids))
    rows = rows.select_related("masthead").prefetch_related(Prefetch("issues", issues))
    return [_line(row, at=at) for row in rows.order_by("pk")]


def _line(row: models.Series, *, at: datetime) -> SeriesLine:
    zone = row.masthead.time_zone
    week = week_of(at, zone)
    issues = tuple(row.issues.all())[:WEEKS]
    written = any((one.year, one.week) == (week.year, week.week) and one.story_id for one in issues)
    return SeriesLine(row, issues, due_at(week, row.weekday, row.time, zone), not written)
