"""Send what was released: pages first, then batches, each read, judged, pushed and written down."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from dateline import clock
from dateline.alerts import models
from dateline.alerts.adapters.pusher import Outcome, Parcel, Pusher
from dateline.alerts.domain.choices import SEND, Choices, Clocks, Quiet, Verdict, decide
from dateline.alerts.domain.endpoints import kept_endpoint
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import LIVES, AlertClass, Fate, State, Way
from dateline.alerts.domain.push import Notice
from dateline.alerts.queries.audience import audience_of
from dateline.alerts.queries.notices import notice_of
from dateline.alerts.services import alerting, digesting, following, keys, refusing
from dateline.alerts.services.digesting import Reached
from dateline.edge import keys as tags
from dateline.edge import services as edge

BATCH = 2_000
A_DAY = timedelta(hours=26)  # no local day is longer
GATHER_EVERY = timedelta(minutes=1)  # digests
MOST_TRIES = 6
FIRST_WAIT = timedelta(seconds=30)
ACCEPTED, GONE = range(200, 300), frozenset({404, 410})
FOR_GOOD = range(300, 500)
AGAIN = frozenset({408, 425, 429})
FREEZE = (
    "INSERT INTO alerts_push (alert_id, follower_id, fate, why, tries)"
    " SELECT %s, audience.number, 'waiting', '', 0 FROM ({audience}) AS audience"
)


class Row(NamedTuple):
    """One push with its follower, as it is read."""

    pk: int
    tries: int
    follower_id: int
    endpoint: str
    p256dh: bytes
    auth: bytes
    time_zone: str
    quiet_from: int | None
    quiet_to: int | None
    cap_breaking: int
    cap_topic: int
    cap_story: int
    refused_since: datetime | None

    def choices(self) -> Choices:
        """What the follower chose."""
        quiet = None
        if self.quiet_from is not None and self.quiet_to is not None:
            quiet = Quiet(self.quiet_from, self.quiet_to)
        caps = {
            AlertClass.BREAKING: self.cap_breaking,
            AlertClass.TOPIC: self.cap_topic,
            AlertClass.STORY: self.cap_story,
        }
        return Choices(self.time_zone, caps, quiet)


FIELDS = ["pk", "tries", "follower_id", *(f"follower__{name}" for name in Row._fields[3:])]


class Sender:
    """Sends for one worker, over connections that are kept from alert to alert."""

    def __init__(self) -> None:
        self.pusher: Pusher | None = None
        self.gathered_at: datetime | None = None

    def send_due(self, *, at: datetime | None = None) -> int:
        """Do one step of the alert that is most pressing; return how many pushes it was about.

        Safe after a crash at any moment: what is not written down as sent is sent again under the
        same Topic, and takes the place of itself on every screen. `at` is aware UTC.
        """
        at = at or clock.now()
        keys.ensure(at=at)
        alerting.lapse_due(at=at)
        for alert in _under_way():
            if alert.state == State.READY:
                start(alert, at=at)
                alert.refresh_from_db()
            if alert.state == State.SENDING and (done := self._batch(alert, at=at)):
                return done
        if self.gathered_at and self.gathered_at <= at < self.gathered_at + GATHER_EVERY:
            return 0
        self.gathered_at = at
        return digesting.gather(self._push, at=at)

    def close(self) -> None:
        """End the connections."""
        if self.pusher is not None:
            self.pusher.close()
            self.pusher = None

    def _batch(self, alert: models.Alert, *, at: datetime) -> int:
        if not alert.instead_of_id and not alerting.is_open(
            alert.story_id, alert.masthead_id, at=at
        ):
            with transaction.atomic():
                alerting.take_back(alert, reason="The story may not be shown.", by="", at=at)
            return 1
        rows = waiting(alert, at=at)
        if not rows:
            _end_if_done(alert, at=at)
            return 0
        verdicts = judge(alert, rows, at=at)
        chosen = [row for row in rows if verdicts[row.pk] == SEND]
        outcomes = self._push(notice_of(alert), chosen)
        settle(alert, rows, verdicts, outcomes, at=at)
        return len(rows)

    def _push(self, notice: Notice, rows: Sequence[Row | Reached]) -> list[Outcome]:
        parcels, trusted = [], frozenset(settings.DATELINE_PUSH_TRUSTED)
        for row in rows:
            with suppress(FollowRefused):  # a service that was trusted, and is no longer
                endpoint = kept_endpoint(row.endpoint, trusted=trusted)
                parcels.append(Parcel(row.pk, endpoint, bytes(row.p256dh), bytes(row.auth)))
        return self.pushing().push(parcels, notice.payload(), notice.headers())

    def pushing(self) -> Pusher:
        """The kept client, made at its first use."""
        if self.pusher is None:
            vapid = keys.signer()
            self.pusher = Pusher(
                lambda origin: vapid.authorization(origin, at=clock.now()),
                trusted=settings.DATELINE_PUSH_TRUSTED,
            )
        return self.pusher


def start(alert: models.Alert, *, at: datetime) -> None:
    """Make every cache let go of the story's old pages, then write down whom the alert is for.

    Raises:
        EdgeUnavailable: the caches could not be told. Nothing leaves; the worker tries again.

    """
    wanted = [tags.story(alert.story_id), tags.card(alert.story_id)]
    edge.purge(wanted, cause=f"alert {alert.pk}")
    with transaction.atomic():
        fresh = models.Alert.objects.select_for_update().get(pk=alert.pk)
        if fresh.state != State.READY:
            return
        freeze(fresh, at=at)
        fresh.state, fresh.purged_at = State.SENDING, at
        fresh.save(update_fields=["state", "purged_at"])


def freeze(alert: models.Alert, *, at: datetime) -> int:
    """Write a row for each follower that an alert is for, by push and by mail; return how many."""
    rows = audience_of(alert, at=at).annotate(number=F("pk"))
    if alert.instead_of_id:
        rows = rows.filter(way=Way.PUSH.value)  # mail is not unsaid by itself: `amending`
    sql, parameters = rows.order_by("pk").values("number").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FREEZE.format(audience=sql), [alert.pk, *parameters])
        return int(cursor.rowcount)


def waiting(alert: models.Alert, *, at: datetime) -> list[Row]:
    """The next pushes of an alert that are due."""
    due = Q(due_at=None) | Q(due_at__lte=at)
    rows = models.Push.objects.filter(
        due, alert=alert.pk, fate=Fate.WAITING, follower__way=Way.PUSH.value
    )
    return [Row._make(row) for row in rows.order_by("pk").values_list(*FIELDS)[:BATCH]]


def judge(alert: models.Alert, rows: Sequence[Row], *, at: datetime) -> dict[int, Verdict]:
    """What caps and quiet hours say to each push. What replaces another is silent: it passes."""
    if alert.instead_of_id:
        return {row.pk: SEND for row in rows}
    had: dict[int, list[datetime]] = {}
    earlier = models.Push.objects.filter(
        follower__in=[row.follower_id for row in rows], fate=Fate.SENT, at__gt=at - A_DAY,
        alert__alert_class=alert.alert_class, alert__instead_of=None,
    )  # fmt: skip
    for follower_id, moment in earlier.values_list("follower_id", "at"):
        had.setdefault(follower_id, []).append(moment or at)  # sent: it has its moment
    clocks, kind = Clocks(at), AlertClass(alert.alert_class)
    confirmed = alert.confirmed_at is not None
    return {
        row.pk: decide(
            row.choices(), kind, clocks=clocks, earlier=had.get(row.follower_id, ()),
            confirmed=confirmed,
        )
        for row in rows
    }  # fmt: skip


@transaction.atomic
def settle(
    alert: models.Alert,
    rows: Sequence[Row],
    verdicts: dict[int, Verdict],
    outcomes: Sequence[Outcome],
    *,
    at: datetime,
) -> None:
    """Write down what became of a batch, and forget browsers that are no more. `at` is UTC."""
    by_pk = {row.pk: row for row in rows}
    fates: dict[tuple[Fate, str], list[int]] = {}
    for pk, fate, why in _settled(by_pk, verdicts, outcomes):
        fates.setdefault((fate, why), []).append(pk)
    for (fate, why), pks in fates.items():
        models.Push.objects.filter(pk__in=pks).update(fate=fate, why=why, at=at)
    for outcome in outcomes:
        if _fate(outcome, by_pk[outcome.number]) is None:
            _later(alert, by_pk[outcome.number], outcome, at=at)
    gone = [by_pk[o.number].follower_id for o in outcomes if o.status in GONE]
    if gone:
        following.drop_gone(gone, at=at)
    refusing.follow(outcomes, by_pk, at=at)


def _settled(
    by_pk: dict[int, Row], verdicts: dict[int, Verdict], outcomes: Sequence[Outcome]
) -> Iterator[tuple[int, Fate, str]]:
    """The pushes whose fate is certain, each with why."""
    told = {outcome.number for outcome in outcomes}
    for pk, verdict in verdicts.items():
        if verdict != SEND:
            yield pk, Fate.HELD, verdict.why
        elif pk not in told:
            yield pk, Fate.FAILED, "no push service"
    for outcome in outcomes:
        fate = _fate(outcome, by_pk[outcome.number])
        if fate is not None:
            yield outcome.number, fate, _answered(fate, outcome)


def _fate(outcome: Outcome, row: Row) -> Fate | None:
    """What an answer means; None is to try it again."""
    if outcome.status in ACCEPTED:
        return Fate.SENT
    if outcome.status in GONE:
        return Fate.GONE
    if outcome.status in FOR_GOOD and outcome.status not in AGAIN:
        return Fate.FAILED
    return Fate.FAILED if row.tries + 1 >= MOST_TRIES else None


def _answered(fate: Fate, outcome: Outcome) -> str:
    if fate is Fate.SENT:
        return ""
    return f"status {outcome.status}" if outcome.status > 0 else "silent"


def _later(alert: models.Alert, row: Row, outcome: Outcome, *, at: datetime) -> None:
    """Try again after what the push service asks for, or after a wait that doubles."""
    wait = max(FIRST_WAIT * 2**row.tries, timedelta(seconds=outcome.retry_after_s))
    lives = LIVES[AlertClass(alert.alert_class)]
    tries = row.tries + (outcome.status >= 0)  # what was not tried is no try
    models.Push.objects.filter(pk=row.pk).update(due_at=at + min(wait, lives), tries=tries)


def _under_way() -> list[models.Alert]:
    """Replacements and breaking alerts first, then by age."""
    rows = models.Alert.objects.filter(state__in=[State.READY, State.SENDING]).order_by("pk")
    return sorted(rows, key=lambda row: (not row.change, row.alert_class != AlertClass.BREAKING))


def _end_if_done(alert: models.Alert, *, at: datetime) -> None:
    open_ones = [Fate.WAITING, Fate.CHOSEN]
    if not models.Push.objects.filter(alert=alert.pk, fate__in=open_ones).exists():
        rows = models.Alert.objects.filter(pk=alert.pk, state=State.SENDING)
        rows.update(state=State.DONE, ended_at=at)
