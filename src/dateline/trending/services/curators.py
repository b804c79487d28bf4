"""Say who steers which masthead's block."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.trending import models
from dateline.trending.domain.steering import NotYours
from dateline.trending.events import CuratorsChanged
from dateline.trending.queries import people


@transaction.atomic
def appoint(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody steer a masthead's block, or, for None, every one. Safe to run twice.

    Only who steers the whole network may. `at` is aware UTC.

    Raises:
        NotYours: `by` does not.

    """
    _must_lead(by)
    models.Curator.objects.get_or_create(**_post(user_id, masthead_id))
    _changed(user_id, masthead_id, on=True, by=by, at=at)


@transaction.atomic
def dismiss(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody steer a masthead's block no longer. Else as `appoint`."""
    _must_lead(by)
    models.Curator.objects.filter(**_post(user_id, masthead_id)).delete()
    _changed(user_id, masthead_id, on=False, by=by, at=at)


def _post(user_id: UUID, masthead_id: int | None) -> dict[str, Any]:
    return {"user_id": user_id, "masthead_id": masthead_id}


def _must_lead(by: UUID) -> None:
    if not people.steers(by, None):
        raise NotYours("not_leading")


def _changed(
    user_id: UUID, masthead_id: int | None, *, on: bool, by: UUID, at: datetime | None
) -> None:
    outbox.record(
        CuratorsChanged(
            user_id=str(user_id), masthead_id=masthead_id, on=on, by=str(by), at=at or clock.now()
        )
    )
