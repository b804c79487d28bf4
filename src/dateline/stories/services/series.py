"""Keep series and take them away: one verb, one transaction, one fact."""

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.events import StorySeriesChanged


@transaction.atomic
def keep_series(series: models.Series, *, by: str) -> int:
    """Store a series, new or changed, and tell what shows it; return the id."""
    was = models.Series.objects.filter(pk=series.pk).values_list("masthead_id", flat=True)
    where = {*was, series.masthead_id}
    series.save()
    _tell(series.pk, where, by=by)
    return series.pk


@transaction.atomic
def delete_series(series_id: int, *, by: str) -> None:
    """Take a series away; its stories stay.

    Raises:
        Series.DoesNotExist: there is no such series.

    """
    series = models.Series.objects.select_for_update().get(pk=series_id)
    series.delete()
    _tell(series_id, {series.masthead_id}, by=by)


@transaction.atomic
def find_or_start(
    masthead_id: int, *, slug: str, name: str, numbered: bool = False, about: str = "", by: str
) -> int:
    """Return the id of the masthead's series with this slug; start it where there is none."""
    found = models.Series.objects.filter(masthead_id=masthead_id, slug=slug).first()
    if found:
        return found.pk
    row = models.Series(
        masthead_id=masthead_id, slug=slug, name=name, numbered=numbered, about=about
    )
    return keep_series(row, by=by)


def _tell(series_id: int, where: set[int], *, by: str) -> None:
    outbox.record(
        StorySeriesChanged(
            series_id=series_id, mastheads=tuple(sorted(where)), by=by, at=clock.now()
        )
    )
