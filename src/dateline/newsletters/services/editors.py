"""Say who looks after which masthead's lists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.newsletters import models
from dateline.newsletters.domain.errors import NotYours
from dateline.newsletters.events import ListEditorsChanged
from dateline.newsletters.queries import people
from dateline.outbox import services as outbox


def must_edit(user_id: UUID, masthead_id: int | None) -> None:
    """Let nobody on who does not look after the lists of this masthead (None: the network's).

    Raises:
        NotYours: the message says so.

    """
    if not people.edits(user_id, masthead_id):
        raise NotYours("You do not look after the lists of this masthead.")


@transaction.atomic
def appoint(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody look after a masthead's lists, or, for None, every one. Safe to run twice.

    Only who looks after the network's may. `at` is aware UTC.

    Raises:
        NotYours: `by` does not.

    """
    must_edit(by, None)
    models.ListEditor.objects.get_or_create(**_post(user_id, masthead_id))
    _changed(user_id, masthead_id, on=True, by=by, at=at)


@transaction.atomic
def dismiss(
    user_id: UUID, *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> None:
    """Let somebody look after a masthead's lists no longer. Else as `appoint`."""
    must_edit(by, None)
    models.ListEditor.objects.filter(**_post(user_id, masthead_id)).delete()
    _changed(user_id, masthead_id, on=False, by=by, at=at)


def _post(user_id: UUID, masthead_id: int | None) -> dict[str, Any]:
    return {"user_id": user_id, "masthead_id": masthead_id}


def _changed(
    user_id: UUID, masthead_id: int | None, *, on: bool, by: UUID, at: datetime | None
) -> None:
    outbox.record(
        ListEditorsChanged(
            user_id=str(user_id), masthead_id=masthead_id, on=on, by=str(by), at=at or clock.now()
        )
    )
