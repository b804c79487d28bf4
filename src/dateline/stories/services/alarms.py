"""Alarms: what a person must see stays on the desk until a person has acknowledged it."""

from datetime import datetime

from django.db import transaction

from dateline import clock
from dateline.stories import models
from dateline.stories.domain.errors import NeedsDecision


def raise_alarm(
    *,
    key: str,
    kind: str,
    text: str,
    story_id: int | None = None,
    wire_item_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Put an alarm on the desk and return its id; the same `key` raises it once.

    `kind` is one of `DeskAlarm.Kind`. `at` is aware UTC; the default is now.
    """
    alarm, _ = models.DeskAlarm.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "text": text,
            "story_id": story_id,
            "wire_item_id": wire_item_id,
            "raised_at": at or clock.now(),
        },
    )
    return alarm.pk


@transaction.atomic
def acknowledge(alarm_id: int, *, by: str, at: datetime | None = None) -> bool:
    """Say that `by` has seen the alarm; True if this call did it, False if someone had before.

    Raises:
        DeskAlarm.DoesNotExist: there is no such alarm.
        NeedsDecision: it proposes a kill; only a decision takes it off the desk.

    """
    alarm = models.DeskAlarm.objects.select_for_update().get(pk=alarm_id)
    if alarm.acknowledged_at:
        return False
    if alarm.kind == models.DeskAlarm.Kind.KILL_PROPOSED:
        raise NeedsDecision("This alarm asks what is to be killed. Look at it and decide.")
    alarm.acknowledged_at, alarm.acknowledged_by = at or clock.now(), by
    alarm.save(update_fields=["acknowledged_at", "acknowledged_by"])
    return True
