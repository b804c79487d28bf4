"""Tell those who got an alert by mail that it was wrong; once, and only where somebody asks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dateline.alerts import models
from dateline.alerts.domain.errors import AlertRefused
from dateline.alerts.domain.kinds import State, Way
from dateline.alerts.queries.letters import letter_of, scope_of_alert
from dateline.alerts.queries.notices import site_of
from dateline.alerts.services.alerters import must_send
from dateline.alerts.services.freezing import freeze_once
from dateline.alerts.services.mailing import TAKEN_BACK, key_of
from dateline.mail.queries import reached
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.recutting import recut

OVER = (State.WITHDRAWN, State.LAPSED)
IN_HAND = timedelta(seconds=5)  # what a sender had in hand as the text was changed, it has sent
IN_ONE_READ = 1_000


@transaction.atomic
def ask_mail(alert_id: int, *, by: UUID, at: datetime) -> None:
    """Have a correction or a withdrawal told by mail too, to those who got the alert by mail.

    It is the alert that changes an earlier one. `at` is aware UTC.

    Raises:
        NotYours: `by` does not send this masthead's alerts.
        AlertRefused: it changes nothing, was taken back, or its readers were told by mail before.

    """
    row = models.Alert.objects.select_for_update().get(pk=alert_id)
    must_send(by, row.masthead_id)
    if not row.change or row.state in OVER:
        raise AlertRefused("There is nothing to tell by mail.")
    told = models.Alert.objects.filter(instead_of=row.instead_of_id, change=row.change)
    if told.exclude(mail_asked_at=None).exists():
        raise AlertRefused("Those who got it by mail were told before.")
    row.mail_asked_at = at
    row.save(update_fields=["mail_asked_at"])


def send_due(*, at: datetime) -> int:
    """Freeze what was asked for and let it leave; return how many mailings. `at` is aware UTC.

    The pages of the story are new by then, and what senders had in hand is written down.
    """
    rows = models.Alert.objects.exclude(mail_asked_at=None).exclude(purged_at=None)
    rows = rows.filter(mailing=None, made_at__lte=at - IN_HAND).exclude(state__in=OVER)
    return sum(_send(row, at=at) for row in rows.select_related("instead_of", "topic"))


def _send(alert: models.Alert, *, at: datetime) -> int:
    number = freeze_once(
        key_of(alert.pk), letter_of(alert), site=site_of(alert), scope=scope_of_alert(alert),
        readers=_who_got_it(alert), at=at,
    )  # fmt: skip
    return _let_go(alert.pk, number, at=at) if number else 0


def _who_got_it(alert: models.Alert) -> Iterator[Recipient]:
    first = alert.instead_of
    digests = models.MailDigest.objects.filter(pushes__alert=alert.instead_of_id)
    ids = set(digests.exclude(mailing=None).values_list("mailing_id", flat=True))
    if first and first.mailing_id:
        ids.add(first.mailing_id)
    known = reached.persons(ids, until=alert.made_at + IN_HAND)
    mine = models.Follower.objects.filter(
        masthead=alert.masthead_id, way=Way.MAIL, left_at=None
    )  # fmt: skip
    for start in range(0, len(known), IN_ONE_READ):
        rows = mine.filter(person__in=known[start : start + IN_ONE_READ]).order_by("pk")
        for address, person in rows.values_list("address", "person"):
            yield Recipient(address=address, person=person or 0)


@transaction.atomic
def _let_go(alert_id: int, number: int, *, at: datetime) -> int:
    alert = models.Alert.objects.select_for_update().get(pk=alert_id)
    alert.mailing_id = number
    alert.save(update_fields=["mailing"])
    if alert.state in OVER:
        mailings.stop(number, why=TAKEN_BACK, at=at)
        return 0
    recut(number, [letter_of(alert)], at=at)
    mailings.start(number, at=at)
    return 1
