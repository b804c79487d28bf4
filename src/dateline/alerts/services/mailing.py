"""Alerts by mail: who may get one now is written down, and then handed to the senders of mail.

Each follower has one row for an alert, an alert has one mailing, and that has one entry for an
address. Whatever dies in between, the next run goes on there: nobody is written to twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from dateline.alerts import models
from dateline.alerts.domain.by_mail import VERDICTS
from dateline.alerts.domain.choices import SEND, Choices, Clocks, Quiet, Verdict, decide
from dateline.alerts.domain.kinds import AlertClass, Fate, Pace, State, Way
from dateline.alerts.queries.audience import open_of
from dateline.alerts.queries.letters import letter_of, scope_of_alert
from dateline.alerts.queries.notices import site_of
from dateline.alerts.services import alerting
from dateline.alerts.services.freezing import freeze_once
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.recutting import recut

BATCH = 2_000
A_DAY = timedelta(hours=26)  # no local day is longer
UNDECIDED = (Fate.WAITING, Fate.CHOSEN)
TAKEN_BACK = "The alert was taken back."


class Reader(NamedTuple):
    """One follower by mail and the row of an alert, as it is read."""

    pk: int
    follower_id: int
    time_zone: str
    quiet_from: int | None
    quiet_to: int | None
    cap_breaking: int
    cap_topic: int
    cap_story: int
    pace_breaking: str
    pace_topic: str
    pace_story: str

    def choices(self) -> Choices:
        """What they chose."""
        quiet = None
        if self.quiet_from is not None and self.quiet_to is not None:
            quiet = Quiet(self.quiet_from, self.quiet_to)
        caps = dict(zip(AlertClass, self[5:8], strict=True))
        return Choices(self.time_zone, caps, quiet)

    def pace(self, kind: AlertClass) -> Pace:
        """How soon they get alerts of a class."""
        return Pace(dict(zip(AlertClass, self[8:11], strict=True))[kind])


FIELDS = ["pk", "follower_id", *(f"follower__{name}" for name in Reader._fields[2:])]


def send_due(*, at: datetime) -> int:
    """Do one step of each alert that is on its way; return how many readers it was about.

    The pages of its story are new by then: `sending.start` has purged them. `at` is aware UTC.
    """
    rows = models.Alert.objects.filter(state=State.SENDING, change="")
    return sum(_step(row, at=at) for row in rows.select_related("topic").order_by("pk"))


def key_of(alert_id: int) -> str:
    """By what `mail` knows an alert: the same is never frozen twice."""
    return f"alerts.alert:{alert_id}"


def _step(alert: models.Alert, *, at: datetime) -> int:
    mine = models.Push.objects.filter(alert=alert.pk, follower__way=Way.MAIL)
    if not mine.filter(fate__in=UNDECIDED).exists():
        return 0
    if not open_of(alert, at=at):
        with transaction.atomic():
            alerting.take_back(alert, reason="The story may not be shown.", by="", at=at)
        return 1
    if done := choose(alert.pk, at=at):
        return done
    return hand_on(alert, at=at)


@transaction.atomic
def choose(alert_id: int, *, at: datetime) -> int:
    """Ask caps, quiet hours and paces for the next followers by mail; return for how many.

    Whoever may not get it now is held for a digest. `at` is aware UTC.
    """
    alert = models.Alert.objects.select_for_update().get(pk=alert_id)
    if alert.state != State.SENDING:
        return 0
    rows = models.Push.objects.filter(alert=alert_id, fate=Fate.WAITING, follower__way=Way.MAIL)
    readers = [Reader._make(row) for row in rows.order_by("pk").values_list(*FIELDS)[:BATCH]]
    fates: dict[Verdict, list[int]] = {}
    for pk, verdict in _judged(alert, readers, at=at):
        fates.setdefault(verdict, []).append(pk)
    for verdict, pks in fates.items():
        fate = Fate.CHOSEN if verdict == SEND else Fate.HELD
        models.Push.objects.filter(pk__in=pks).update(fate=fate, why=verdict.why, at=at)
    return len(readers)


def _judged(
    alert: models.Alert, readers: Sequence[Reader], *, at: datetime
) -> Iterator[tuple[int, Verdict]]:
    kind, clocks = AlertClass(alert.alert_class), Clocks(at)
    had = _had([one.follower_id for one in readers], kind, at=at)
    for one in readers:
        pace = one.pace(kind)
        if pace is not Pace.INSTANT:
            yield one.pk, VERDICTS[pace]
            continue
        verdict = decide(
            one.choices(), kind, clocks=clocks, earlier=had.get(one.follower_id, ()),
            confirmed=alert.confirmed_at is not None,
        )  # fmt: skip
        yield one.pk, verdict


def _had(ids: Sequence[int], kind: AlertClass, *, at: datetime) -> dict[int, list[datetime]]:
    """When these followers had alerts of a class of late."""
    rows = models.Push.objects.filter(
        follower__in=ids, fate__in=[Fate.CHOSEN, Fate.SENT], at__gt=at - A_DAY,
        alert__alert_class=kind,
    )  # fmt: skip
    found: dict[int, list[datetime]] = {}
    for follower_id, moment in rows.values_list("follower_id", "at"):
        found.setdefault(follower_id, []).append(moment or at)  # chosen: it has its moment
    return found


def hand_on(alert: models.Alert, *, at: datetime) -> int:
    """Freeze an alert's mailing for whom it was chosen, and let it leave; return how many.

    `at` is aware UTC.
    """
    chosen = models.Push.objects.filter(
        alert=alert.pk, fate=Fate.CHOSEN, follower__way=Way.MAIL, follower__left_at=None
    )
    number = freeze_once(
        key_of(alert.pk), letter_of(alert), site=site_of(alert), scope=scope_of_alert(alert),
        readers=_recipients(chosen), at=at,
    )  # fmt: skip
    return _let_go(alert.pk, number, at=at) if number else 0


def _recipients(rows: QuerySet[models.Push]) -> Iterator[Recipient]:
    told = rows.order_by("pk").values_list("follower__address", "follower__person")
    for address, person in told.iterator(chunk_size=BATCH):
        yield Recipient(address=address, person=person or 0)


@transaction.atomic
def _let_go(alert_id: int, number: int, *, at: datetime) -> int:
    """Let a frozen mailing leave, unless the alert was taken back; with the text of now."""
    alert = models.Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    if alert.state != State.SENDING:
        mailings.stop(number, why=TAKEN_BACK, at=at)
        return 1
    alert.mailing_id = number
    alert.save(update_fields=["mailing"])
    rows = models.Push.objects.filter(alert=alert.pk, fate=Fate.CHOSEN)
    done = rows.update(fate=Fate.SENT)
    recut(number, [letter_of(alert)], at=at)  # it may have been frozen before a correction
    mailings.start(number, at=at)
    return max(done, 1)
