"""Digests of alerts by mail: one that cannot be made is tried again, and stops no other."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Pace
from dateline.alerts.services import mail_digests, mailing
from dateline.alerts.services.one_by_one import MOST_TRIES
from tests.factories.alerts import MINUTE, NOON, a_mail_follower, an_alert, entries
from tests.factories.newsroom import a_story

pytestmark = pytest.mark.django_db(transaction=True)
DUE = NOON + timedelta(hours=1)
A_WHILE = timedelta(hours=1, seconds=1)


@pytest.fixture(autouse=True)
def held(site, masthead, kei, sender):
    """Two readers, each of whom waits for a story of their own."""
    for person, name in enumerate(("ana", "ben"), start=1):
        story = a_story(f"For {name}", at=NOON - MINUTE)
        a_mail_follower(
            site, f"{name}@example.test", person, stories=[story.pk],
            paces={AlertClass.STORY: Pace.HOURLY},
        )  # fmt: skip
        an_alert(masthead, story, kei, alert_class=AlertClass.STORY, text=story.headline)
    while sender.send_due(at=NOON) or mailing.send_due(at=NOON):
        pass


@pytest.fixture
def broken(monkeypatch):
    """Texts of which no letter can be written: Ana's."""
    really, texts = mail_digests.digest_letter, {"For ana"}

    def letter(alerts):
        if alerts[0].text in texts:
            raise ValueError("a broken card")
        return really(alerts)

    monkeypatch.setattr(mail_digests, "digest_letter", letter)
    return texts


def run(at, times=1):
    with capture_logs() as logs:
        done = [mail_digests.gather(at=at + number * A_WHILE) for number in range(times)]
    return done, [line["event"] for line in logs if line["log_level"] == "error"]


def test_one_that_fails_stops_no_other(broken):
    assert run(DUE) == ([1], ["digest_failed"])
    first = models.MailDigest.objects.order_by("pk")[0]
    assert entries() == [("ben@example.test", "waiting")]
    assert (first.tries, first.again_at) == (1, DUE + timedelta(seconds=5))
    assert run(DUE + timedelta(seconds=4)) == ([0], [])


def test_one_that_can_be_made_again_leaves_once(broken):
    run(DUE)
    broken.clear()
    assert run(DUE + timedelta(seconds=5), times=2) == ([1, 0], [])
    assert entries() == [("ben@example.test", "waiting"), ("ana@example.test", "waiting")]


def test_one_that_fails_again_and_again_is_given_up(broken):
    _, told = run(DUE, times=MOST_TRIES + 2)

    first = models.MailDigest.objects.order_by("pk")[0]
    assert told == ["digest_failed"] * MOST_TRIES + ["digest_given_up"]
    assert (first.mailing, first.closed_at) == (None, DUE + (MOST_TRIES - 1) * A_WHILE)
