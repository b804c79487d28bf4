"""Say who keeps which masthead's job board."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.jobs import models
from dateline.jobs.domain.errors import NotYours
from dateline.jobs.events import BoardKeepersChanged
from dateline.jobs.queries import people
from dateline.outbox import services as outbox


def must_keep(user_id: UUID, masthead_id: int) -> None:
    """Let nobody on who does not keep this masthead's board.

    Raises:
        NotYours: the message says so.

    """
    if not people.keeps(user_id, masthead_id):
        raise NotYours("You do not keep the job board of this masthead.")


@transaction.atomic
def appoint(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody keep a masthead's board, or, for None, every one. Safe to run twice.

    Only who keeps the boards of the whole network may. `at` is aware UTC.

    Raises:
        NotYours: `by` does not.

    """
    _must_lead(by)
    models.Keeper.objects.get_or_create(**_post(user_id, masthead_id))
    _changed(user_id, masthead_id, on=True, by=by, at=at)


@transaction.atomic
def dismiss(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody keep a masthead's board no longer. Else as `appoint`."""
    _must_lead(by)
    models.Keeper.objects.filter(**_post(user_id, masthead_id)).delete()
    _changed(user_id, masthead_id, on=False, by=by, at=at)


def _post(user_id: UUID, masthead_id: int | None) -> dict[str, Any]:
    return {"user_id": user_id, "masthead_id": masthead_id}


def _must_lead(by: UUID) -> None:
    if not people.keeps(by, None):
        raise NotYours("Only who keeps the boards of the whole network appoints others.")


def _changed(
    user_id: UUID, masthead_id: int | None, *, on: bool, by: UUID, at: datetime | None
) -> None:
    outbox.record(
        BoardKeepersChanged(
            user_id=str(user_id), masthead_id=masthead_id, on=on, by=str(by), at=at or clock.now()
        )
    )
