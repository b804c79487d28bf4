"""Alerters, followers and alerts for tests, through the real services."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass
from dateline.alerts.services import by_mail
from dateline.alerts.services.alerting import Wording, confirm, send_alert
from dateline.alerts.services.following import Browser, Wish, follow
from dateline.mail.domain.copies import read
from dateline.mail.models import Entry, MailingCopy
from tests.factories.discussion import a_reader

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo
MINUTE = timedelta(minutes=1)


def an_alerter(masthead=None, name="Kei Mori"):
    """Somebody who sends alerts of one masthead, or, without one, of the network."""
    person = a_reader(name)
    models.Alerter.objects.create(user=person, masthead=masthead)
    return person


def a_follower(site, browser, *, at=NOON - MINUTE, zone="Asia/Tokyo", **wish):
    """A browser that gets alerts of a masthead; returns its row."""
    return follow(site, Browser(**browser.words), Wish(time_zone=zone, **wish), at=at)


def wording(masthead, story, text="Ferry returns to harbour", **fields):
    """An alert as somebody wrote it: breaking, unless said otherwise."""
    wanted = {"alert_class": AlertClass.BREAKING, "key": uuid4(), **fields}
    return Wording(masthead_id=masthead.pk, story_id=story.pk, text=text, **wanted)


def an_alert(masthead, story, by, *, second=None, at=NOON, **fields):
    """A released alert; returns its row. A breaking one is confirmed by `second`."""
    pk = send_alert(wording(masthead, story, **fields), by=by.pk, at=at)
    if second:
        confirm(pk, by=second.pk, at=at)
    return models.Alert.objects.get(pk=pk)


def a_mail_follower(site, address="ana@example.test", person=1, *, at=NOON - MINUTE, **wanted):
    """Somebody who gets alerts of a masthead by mail; returns their row.

    `paces` are by class; the rest are fields of a Wish. Without any they get breaking news.
    """
    who = by_mail.Person(id=person, address=address, time_zone="Asia/Tokyo")
    paces = {**by_mail.PACES, **wanted.pop("paces", {})}
    wish = Wish(**{"time_zone": "Asia/Tokyo", **wanted})
    return by_mail.choose(site, who, by_mail.Chosen(wish=wish, paces=paces), at=at)


def entries(subject_key=""):
    """What the ledger of mail has of alerts: address and fate, in order; of one mailing or all."""
    rows = Entry.objects.filter(mailing__subject_key__startswith=subject_key or "alerts.")
    return list(rows.order_by("mailing_id", "number").values_list("address", "fate"))


def mail_texts(subject_key):
    """The message of each text of a mailing, read, with empty slots."""
    rows = MailingCopy.objects.filter(mailing__subject_key=subject_key).order_by("number")
    joined = (read(bytes(row.segments)).joined({}) for row in rows)
    return [
        email.message_from_bytes(one, policy=email.policy.default) for one in joined
    ]  # fmt: skip
