"""Write down what happened to stories. It follows from a fact, so none is recorded of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dateline.movements import models
from dateline.movements.domain.moved import KINDS


@transaction.atomic
def note(
    story_id: int, masthead_ids: Iterable[int], *, name: str, at: datetime, noted_at: datetime
) -> None:
    """Note once for each title that a fact called `name` happened to a story `at` a moment.

    `noted_at` is now: both are aware UTC. The second time changes nothing.
    """
    models.Movement.objects.bulk_create(
        (
            models.Movement(
                masthead_id=masthead, story_id=story_id, kind=KINDS[name], at=at, noted_at=noted_at
            )
            for masthead in masthead_ids
        ),
        ignore_conflicts=True,
    )
