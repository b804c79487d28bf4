"""Who gets an alert."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Fate
from dateline.stories import queries as stories
from dateline.stories.domain.gate import Use


def audience(
    masthead_id: int, alert_class: AlertClass, *, story_id: int, topic_id: int | None, at: datetime
) -> QuerySet[Any]:
    """The followers of a masthead that an alert is for, but those who paused. `at` is aware UTC."""
    rows = models.Follower.objects.filter(masthead=masthead_id, left_at=None)
    rows = rows.filter(Q(paused_until=None) | Q(paused_until__lte=at))
    if alert_class is AlertClass.BREAKING:
        return rows.filter(breaking=True)
    if alert_class is AlertClass.TOPIC:
        return rows.filter(followings__topic=topic_id, followings__story=None)
    return rows.filter(followings__story=story_id)


def audience_of(alert: models.Alert, *, at: datetime) -> QuerySet[Any]:
    """The followers that a stored alert is for. What replaces one is for whoever was shown it."""
    if alert.instead_of_id:
        shown = models.Push.objects.filter(alert=alert.instead_of_id, fate=Fate.SENT)
        return models.Follower.objects.filter(left_at=None, pk__in=shown.values("follower"))
    return audience(
        alert.masthead_id, AlertClass(alert.alert_class), story_id=alert.story_id,
        topic_id=alert.topic_id, at=at,
    )  # fmt: skip


def counted(
    masthead_id: int, *, story_id: int, topics: dict[int, str], at: datetime
) -> list[tuple[AlertClass, int | None, str, int]]:
    """How many an alert of a story would be for: class, topic id, topic, followers; one a way."""
    wanted: list[tuple[AlertClass, int | None, str]] = [
        (AlertClass.BREAKING, None, ""),
        (AlertClass.STORY, None, ""),
    ]
    wanted += [(AlertClass.TOPIC, pk, name) for pk, name in topics.items()]
    return [
        (kind, pk, name, audience(masthead_id, kind, story_id=story_id, topic_id=pk, at=at).count())
        for kind, pk, name in wanted
    ]


def figures(alert_ids: list[int]) -> dict[int, dict[str, int]]:
    """How many pushes of each fate these alerts have, by alert. One query."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in alert_ids}
    rows = models.Push.objects.filter(alert__in=alert_ids).values_list("alert", "fate")
    for pk, fate, count in rows.annotate(number=Count("pk")).order_by():
        found[pk][fate] = count
    return found


def open_of(alert: models.Alert, *, at: datetime) -> bool:
    """Whether the gate lets an alert's story go to its masthead's readers now. `at` is UTC."""
    rows: Any = stories.open_placements(use=Use.ALERT, at=at)
    return bool(rows.filter(story_id=alert.story_id, masthead_id=alert.masthead_id).exists())
