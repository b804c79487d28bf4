"""Whether a reader's votes and reports count on a masthead."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from dateline.discussion import models
from dateline.discussion.domain import weights
from dateline.discussion.domain.status import Status

LATEST = 20  # comments of theirs that are looked at


def reader_counts(reader_id: UUID, house: models.House, *, at: datetime) -> bool:
    """Whether what a reader thinks moves a comment: always, where the house does not weigh.

    `at` is aware UTC. No query where it does not weigh, else three.
    """
    hours = house.weigh_after_hours
    if not hours:
        return True
    person = get_user_model().objects.filter(pk=reader_id)
    mine = models.Comment.objects.filter(author_id=reader_id).exclude(status=Status.DELETED)
    latest = list(mine.order_by("-pk").values_list("status", flat=True)[:LATEST])
    record = weights.Record(
        joined_at=person.values_list("date_joined", flat=True).get(),
        shut_out=_shut_out(reader_id, house.masthead_id, at=at),
        judged=len(latest),
        removed=latest.count(Status.REMOVED),
    )
    return weights.counts(record, hours=hours, removed_percent=house.hold_removed_percent, at=at)


def _shut_out(reader_id: UUID, masthead_id: int, *, at: datetime) -> bool:
    here = Q(masthead=None) | Q(masthead_id=masthead_id)
    shut = Q(banned_at__isnull=False) | Q(suspended_until__gt=at)
    return models.Standing.objects.filter(here, shut, user_id=reader_id).exists()
