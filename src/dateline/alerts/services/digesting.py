"""What was held back comes as one summary: a digest a day at most, never in quiet hours."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from dateline.alerts import models
from dateline.alerts.adapters.pusher import Outcome
from dateline.alerts.domain.choices import QUIET, Clocks, Quiet
from dateline.alerts.domain.kinds import Fate, State, Way
from dateline.alerts.domain.push import Notice
from dateline.alerts.queries.audience import open_of
from dateline.alerts.queries.notices import digest_notice
from dateline.alerts.services import following

A_DAY = timedelta(hours=26)  # no local day is longer
TOO_OLD = timedelta(hours=36)
MORNING = 8 * 60  # minutes: what a cap held comes on the next day, from then on
GONE = frozenset({404, 410})


class Reached(NamedTuple):
    """A browser, as far as it is pushed to. `pk` is the caller's name for it."""

    pk: int
    endpoint: str
    p256dh: bytes
    auth: bytes


Push = Callable[[Notice, Sequence[Reached]], list[Outcome]]


def held_for(follower_id: int, *, at: datetime) -> list[models.Alert]:
    """The alerts that wait for a follower's next digest, oldest first; still true ones only."""
    held = _held().filter(follower=follower_id, at__gt=at - TOO_OLD).select_related("alert")
    alerts = [row.alert for row in held.order_by("pk")]
    return [row for row in alerts if row.state != State.WITHDRAWN and open_of(row, at=at)]


def take(follower_id: int, *, at: datetime) -> list[models.Alert]:
    """The same, for a digest that goes out now: they wait no more. `at` is aware UTC."""
    found = held_for(follower_id, at=at)
    _held().filter(follower=follower_id).update(digest_at=at)
    return found


def gather(push: Push, *, at: datetime) -> int:
    """Send the digests that are due; return how many. `push` sends one notice to many.

    A follower's is due when their quiet hours are over, or, where only a cap held something, at 8
    on the next morning; at most one a day, by their own clock. `at` is aware UTC.
    """
    _held().filter(at__lte=at - TOO_OLD).update(digest_at=at)
    clocks, had = Clocks(at), _had(at=at)
    due = [row for row in _waiting(at=at) if _is_due(row, clocks, had.get(row.follower_id))]
    groups: dict[tuple[int, ...], list[Reached]] = {}
    alerts: dict[int, models.Alert] = {}
    for row in due:
        waiting = take(row.follower_id, at=at)
        alerts |= {alert.pk: alert for alert in waiting}
        reached = Reached(row.follower_id, row.endpoint, bytes(row.p256dh), bytes(row.auth))
        groups.setdefault(tuple(alert.pk for alert in waiting), []).append(reached)
    groups.pop((), None)  # all that waited was taken back
    for numbers, browsers in groups.items():
        outcomes = push(digest_notice([alerts[pk] for pk in numbers]), browsers)
        following.drop_gone([o.number for o in outcomes if o.status in GONE], at=at)
    return sum(map(len, groups.values()))


class _Waiting(NamedTuple):
    """A follower for whom something is held: how much of it for quiet hours, and since when."""

    follower_id: int
    endpoint: str
    p256dh: bytes
    auth: bytes
    time_zone: str
    quiet_from: int | None
    quiet_to: int | None
    quiet: int
    since: datetime


def _held() -> QuerySet[models.Push]:
    return models.Push.objects.filter(fate=Fate.HELD, digest_at=None)


def _waiting(*, at: datetime) -> list[_Waiting]:
    rows = _held().filter(follower__left_at=None, follower__way=Way.PUSH)
    rows = rows.filter(Q(follower__paused_until=None) | Q(follower__paused_until__lte=at))
    names = [f"follower__{name}" for name in _Waiting._fields[1:7]]
    found = rows.order_by("follower_id").values_list("follower_id", *names)
    found = found.annotate(quiet=Count("pk", filter=Q(why=QUIET.why)), since=Min("at"))
    return [_Waiting._make(row) for row in found]


def _had(*, at: datetime) -> dict[int, datetime]:
    """When followers had their last digest, of those who had one of late."""
    rows = models.Push.objects.filter(fate=Fate.HELD, digest_at__gt=at - A_DAY)
    return dict(
        rows.values("follower").annotate(last=Max("digest_at")).values_list("follower", "last")
    )


def _is_due(row: _Waiting, clocks: Clocks, last: datetime | None) -> bool:
    today, minute, zone = clocks.here(row.time_zone)
    if row.quiet_from is not None and Quiet(row.quiet_from, row.quiet_to or 0).covers(minute):
        return False
    if last and last.astimezone(zone).date() == today:
        return False
    return bool(row.quiet) or (minute >= MORNING and row.since.astimezone(zone).date() < today)
