"""What was held for followers by mail comes as one mail, when it is due.

A digest that fails is tried again a few times, and keeps no other waiting.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from dateline.alerts import models
from dateline.alerts.domain.by_mail import DIGEST, Held, is_due, scope_of
from dateline.alerts.domain.choices import CAPPED, QUIET, Clocks, Quiet
from dateline.alerts.domain.kinds import Fate, State, Way
from dateline.alerts.queries.audience import open_of
from dateline.alerts.queries.letters import digest_letter
from dateline.alerts.queries.notices import site_of
from dateline.alerts.services.freezing import freeze_once
from dateline.alerts.services.one_by_one import alone, let_rest, rested
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.recutting import recut

TOO_OLD = timedelta(hours=36)
A_DAY = timedelta(hours=26)  # no local day is longer
MOST = 2_000  # readers of one digest: so many rows are one transaction
NAME = "alert_digest"
NOTHING_LEFT = "Every alert in it was taken back."


class _Row(NamedTuple):
    """One alert that is held for one follower by mail."""

    pk: int
    follower_id: int
    alert_id: int
    masthead_id: int
    why: str
    at: datetime
    time_zone: str
    quiet_from: int | None
    quiet_to: int | None


FIELDS = [
    "pk", "follower_id", "alert_id", "alert__masthead_id", "why", "at", "follower__time_zone",
    "follower__quiet_from", "follower__quiet_to",
]  # fmt: skip


def gather(*, at: datetime) -> int:
    """Make the digests that are due, and hand on those that are made; return how many mails.

    Followers who wait for the same alerts get the same mail. `at` is aware UTC.
    """
    groups: dict[tuple[int, tuple[int, ...]], list[list[int]]] = {}
    for rows in _due(at=at).values():
        key = (rows[0].masthead_id, tuple(sorted({row.alert_id for row in rows})))
        groups.setdefault(key, []).append([row.pk for row in rows])
    for (masthead_id, _), readers in groups.items():
        for first in range(0, len(readers), MOST):
            _make(masthead_id, readers[first : first + MOST], at=at)
    digests, done = models.MailDigest.objects.all(), 0
    for pk in rested(digests, at=at):
        again = partial(let_rest, digests, pk, name=NAME, at=at)
        done += alone(NAME, partial(_hand_on, pk, at=at), again)
    return done


def redraw(alert_id: int, *, at: datetime) -> None:
    """Give digests that have not wholly left the alerts of now; stop one in which none is left.

    After an alert was taken back or its text was put right. `at` is aware UTC. Safe twice.
    """
    rows = models.MailDigest.objects.filter(pushes__alert=alert_id).exclude(mailing=None)
    for digest in rows.filter(made_at__gt=at - TOO_OLD).distinct():
        alerts = _alerts(digest.pk)
        number: Any = digest.mailing_id
        if alerts:
            recut(number, [digest_letter(alerts)], at=at)
        else:
            mailings.stop(number, why=NOTHING_LEFT, at=at)


def _held() -> QuerySet[models.Push]:
    return models.Push.objects.filter(
        fate=Fate.HELD, digest_at=None, follower__way=Way.MAIL, follower__left_at=None
    )


def _due(*, at: datetime) -> dict[int, list[_Row]]:
    """What a digest takes now, by follower; what is too old, or may not be shown, is let go."""
    old = models.Push.objects.filter(fate=Fate.HELD, digest_at=None, at__lte=at - TOO_OLD)
    old.update(digest_at=at)
    rows = _held().filter(Q(follower__paused_until=None) | Q(follower__paused_until__lte=at))
    clocks, last = Clocks(at), _last(at=at)
    found: dict[int, list[_Row]] = {}
    for row in map(_Row._make, rows.order_by("follower_id", "pk").values_list(*FIELDS)):
        quiet = None if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_to or 0)
        held = Held(row.why, row.at, row.time_zone, quiet, last.get(row.follower_id))
        if is_due(held, clocks):
            found.setdefault(row.follower_id, []).append(row)
    return found


def _last(*, at: datetime) -> dict[int, datetime]:
    """When followers had their last digest of what quiet hours or a cap held."""
    rows = models.Push.objects.filter(
        follower__way=Way.MAIL, digest_at__gt=at - A_DAY, why__in=[QUIET.why, CAPPED.why]
    ).exclude(digest=None)
    return dict(
        rows.values("follower").annotate(last=Max("digest_at")).values_list("follower", "last")
    )


@transaction.atomic
def _make(masthead_id: int, readers: list[list[int]], *, at: datetime) -> None:
    """Take these rows for one digest; those that another worker took since are left to it."""
    wanted = [pk for pks in readers for pk in pks]
    digest = models.MailDigest.objects.create(masthead_id=masthead_id, made_at=at)
    rows = models.Push.objects.filter(pk__in=wanted, fate=Fate.HELD, digest_at=None)
    if not rows.update(digest=digest, digest_at=at):
        digest.delete()


def _hand_on(digest_id: int, *, at: datetime) -> int:
    alerts = [alert for alert in _alerts(digest_id) if open_of(alert, at=at)]
    if not alerts:
        models.MailDigest.objects.filter(pk=digest_id, closed_at=None).update(closed_at=at)
        return 0
    number = freeze_once(
        f"alerts.digest:{digest_id}", digest_letter(alerts), site=site_of(alerts[0]),
        scope=scope_of(alerts[0].masthead_id, DIGEST), readers=_readers(digest_id), at=at,
    )  # fmt: skip
    return _let_go(digest_id, number, at=at) if number else 0


@transaction.atomic
def _let_go(digest_id: int, number: int, *, at: datetime) -> int:
    """Let a frozen digest leave, with the alerts of now."""
    digest = models.MailDigest.objects.select_for_update().get(pk=digest_id)
    if digest.closed_at is not None:
        return 0
    digest.mailing_id, digest.closed_at = number, at
    digest.save(update_fields=["mailing", "closed_at"])
    alerts = [alert for alert in _alerts(digest_id) if open_of(alert, at=at)]
    if not alerts:
        mailings.stop(number, why=NOTHING_LEFT, at=at)
        return 0
    recut(number, [digest_letter(alerts)], at=at)  # it may have been frozen before a correction
    mailings.start(number, at=at)
    return 1


def _alerts(digest_id: int) -> list[models.Alert]:
    """The alerts of a digest that still stand, oldest first."""
    rows = models.Alert.objects.filter(pushes__digest=digest_id).exclude(state=State.WITHDRAWN)
    return list(rows.select_related("topic").distinct().order_by("pk"))


def _readers(digest_id: int) -> Iterator[Recipient]:
    rows = models.Follower.objects.filter(pushes__digest=digest_id, left_at=None).distinct()
    for address, person in rows.order_by("pk").values_list("address", "person"):
        yield Recipient(address=address, person=person or 0)
