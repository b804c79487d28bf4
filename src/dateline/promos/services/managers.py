"""Say who books offers for which masthead."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.promos import models
from dateline.promos.domain.errors import NotYours
from dateline.promos.events import ManagersChanged
from dateline.promos.queries import people


def must_manage(user_id: UUID, *masthead_ids: int | None) -> None:
    """Let nobody on who does not book offers for every one of these mastheads.

    Raises:
        NotYours: the message says so.

    """
    if not all(people.manages(user_id, pk) for pk in masthead_ids):
        raise NotYours("You do not book offers for every masthead of this campaign.")


@transaction.atomic
def appoint(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody book offers for a masthead, or, for None, every one. Safe to run twice.

    Only who books for the whole network may. `at` is aware UTC.

    Raises:
        NotYours: `by` does not.

    """
    _must_lead(by)
    models.Manager.objects.get_or_create(**_post(user_id, masthead_id))
    _changed(user_id, masthead_id, on=True, by=by, at=at)


@transaction.atomic
def dismiss(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody book offers for a masthead no longer. Else as `appoint`."""
    _must_lead(by)
    models.Manager.objects.filter(**_post(user_id, masthead_id)).delete()
    _changed(user_id, masthead_id, on=False, by=by, at=at)


def _post(user_id: UUID, masthead_id: int | None) -> dict[str, Any]:
    return {"user_id": user_id, "masthead_id": masthead_id}


def _must_lead(by: UUID) -> None:
    if not people.manages(by, None):
        raise NotYours("Only who books offers for the whole network appoints others.")


def _changed(
    user_id: UUID, masthead_id: int | None, *, on: bool, by: UUID, at: datetime | None
) -> None:
    outbox.record(
        ManagersChanged(
            user_id=str(user_id), masthead_id=masthead_id, on=on, by=str(by), at=at or clock.now()
        )
    )
