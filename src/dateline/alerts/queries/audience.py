"""Who gets an alert."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.db.models import Q, QuerySet

from dateline.alerts import models
from dateline.alerts.domain.choices import Choices, Clocks, Quiet, decide
from dateline.alerts.domain.kinds import AlertClass, Fate, Pace, Way
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

LATER = "later"
ALL_FREE = dict.fromkeys(AlertClass, 1)  # caps that hold nothing back


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


@dataclass(frozen=True, slots=True)
class Count:
    """How many an alert would be for: at once by push and by mail, and later in a digest."""

    kind: AlertClass
    topic_id: int | None
    topic: str
    push: int
    mail: int
    later: int


def counted(
    masthead_id: int, *, story_id: int, topics: dict[int, str], at: datetime
) -> list[Count]:
    """How many an alert of a story would be for, by class and topic; `at` is aware UTC.

    Later are those whose quiet hours or pace hold it, as if it left now, a breaking one confirmed.
    Caps are not asked: they may hold it for some more.
    """
    wanted: list[tuple[AlertClass, int | None, str]] = [
        (AlertClass.BREAKING, None, ""),
        (AlertClass.STORY, None, ""),
    ]
    wanted += [(AlertClass.TOPIC, pk, name) for pk, name in topics.items()]
    clocks = Clocks(at)
    found = []
    for kind, pk, name in wanted:
        rows = audience(masthead_id, kind, story_id=story_id, topic_id=pk, at=at)
        found.append(_count(rows, kind, pk, name, clocks))
    return found


def _count(
    rows: QuerySet[Any], kind: AlertClass, topic_id: int | None, topic: str, clocks: Clocks
) -> Count:
    """Followers of the same way, clock and choices are counted by the database, as one row."""
    same = ("way", "time_zone", "quiet_from", "quiet_to", f"pace_{kind}")
    numbers: dict[str, int] = {}
    for way, zone, quiet_from, quiet_to, pace, number in (
        rows.order_by().values_list(*same).annotate(number=Number("pk"))
    ):
        quiet = None if quiet_from is None else Quiet(quiet_from, quiet_to)
        choices = Choices(zone, ALL_FREE, quiet)
        confirmed = kind is AlertClass.BREAKING
        verdict = decide(choices, kind, clocks=clocks, earlier=(), confirmed=confirmed)
        waits = not verdict.send or (way == Way.MAIL and pace != Pace.INSTANT)
        name = LATER if waits else way
        numbers[name] = numbers.get(name, 0) + number
    push, mail, later = (numbers.get(name, 0) for name in (Way.PUSH, Way.MAIL, LATER))
    return Count(kind, topic_id, topic, push, mail, later)


def figures(alert_ids: list[int]) -> dict[int, dict[str, int]]:
    """How many pushes of each fate these alerts have, by alert; what is held, by mail too.

    One query.
    """
    found: dict[int, dict[str, int]] = {pk: {} for pk in alert_ids}
    pushes = Q(follower__way=Way.PUSH) | Q(fate=Fate.HELD)
    rows = models.Push.objects.filter(pushes, alert__in=alert_ids).values_list("alert", "fate")
    for pk, fate, count in rows.annotate(number=Number("pk")).order_by():
        found[pk][fate] = count
    return found


def open_of(alert: models.Alert, *, at: datetime) -> bool:
    """Whether the gate lets an alert's story go to its masthead's readers now. `at` is UTC."""
    rows: Any = stories.open_placements(use=Use.ALERT, at=at)
    return bool(rows.filter(story_id=alert.story_id, masthead_id=alert.masthead_id).exists())
