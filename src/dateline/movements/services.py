"""Write down what happened to stories. It follows from a fact, so none is recorded of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dateline.movements import models
from dateline.movements.domain.moved import KINDS, Happened


@transaction.atomic
def note(happened: Iterable[Happened], *, noted_at: datetime) -> None:
    """Note once for each title what happened to stories, in this order.

    `noted_at` is now, aware UTC. The second time changes nothing.
    """
    models.Movement.objects.bulk_create(
        (
            models.Movement(
                masthead_id=masthead, story_id=one.story_id, kind=KINDS[one.name], at=one.at,
                noted_at=noted_at,
            )
            for one in happened
            for masthead in one.masthead_ids
        ),
        ignore_conflicts=True,
    )  # fmt: skip
