"""Raise and end the network's alarm: one verb, one transaction, one fact."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline.fronts import models, queries
from dateline.fronts.domain.alarm import Level, Told, problems
from dateline.fronts.domain.errors import AlarmRefused, NotYours
from dateline.fronts.events import AlarmChanged
from dateline.mastheads import services as mastheads
from dateline.outbox import services as outbox


@transaction.atomic
def switch(
    level: Level, told: Told, *, by: UUID | None, at: datetime, expected: int | None = None
) -> int:
    """Give every page of the network this alarm from its next request on; return its number.

    Where it is ended, what was told is kept for the next time. `expected` is the number of the
    alarm that was decided upon, None for whatever it is. `by` is None for the operator. `at` is
    aware UTC.

    Raises:
        NotYours: `by` may not.
        AlarmRefused: a notice is missing in one of the languages, or something in it is wrong.

    """
    if by is not None and not queries.may_raise(by):
        raise NotYours
    stands = queries.standing()
    if expected is not None and expected != stands.number:
        raise AlarmRefused({"": "stale"})
    said = stands.told if level is Level.OFF else told
    if found := problems(level, said):
        raise AlarmRefused(found)
    row = models.Alarm.objects.create(level=level.value, by_id=by, at=at, **asdict(said))
    mastheads.set_alarm(level.value)
    outbox.record(AlarmChanged(alarm_id=row.pk, level=level.value, by=str(by or ""), at=at))
    return row.pk
