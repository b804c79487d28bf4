"""`dateline mail status` and `dateline mail send`."""

import io
import json
import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from dateline.mail import models
from dateline.mail.domain.copies import Letter
from dateline.mail.management.commands import mail
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
LETTER = Letter("Morning", "", "Hello", "Musashi <news@musashi.test>")


def said(*words):
    out = io.StringIO()
    call_command("mail", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def mailing():
    made = mailings.freeze(
        "newsletters.edition:1", scope="newsletter:3", envelope_from="b@musashi.test",
        letters=[LETTER], audience=[Recipient(f"r{n}@example.test", n) for n in (1, 2, 3)],
        at=SEVEN,
    )  # fmt: skip
    mailings.start(made, at=SEVEN)
    models.Entry.objects.filter(number=2).update(fate="unknown", settled_at=SEVEN)
    models.Stretch.objects.update(sent=1, unknown=1)
    models.Mailing.objects.update(ended_at=SEVEN + timedelta(seconds=4))
    return made


def test_it_says_how_far_each_is_and_who_is_in_doubt(mailing):
    assert said("status") == (
        f"{mailing} newsletters.edition:1: sending, 1 of 3 waiting, 1 sent, 1 unknown, "
        f"0.2 a second.\n  In doubt: r2@example.test <m{mailing}.2@localhost>\n"
    )


def test_the_same_as_json(mailing):
    (line,) = json.loads(said("status", "--json"))["mailings"]

    assert line["progress"] | {"state": "sending", "sent": 1, "unknown": 1} == line["progress"]
    assert line["doubts"][0]["address"] == "r2@example.test"


def test_it_says_that_there_is_none(mailing):
    assert said("status", "--last", "0") == "There is no mailing.\n"


def test_one_that_was_not_started_has_no_pace(mailing):
    models.Mailing.objects.update(started_at=None)

    assert queries.latest(1, at=SEVEN)[0].per_second == 1.0


def test_it_sends_until_it_is_told_to_stop(monkeypatch):
    before = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGINT)]
    steps = []
    monkeypatch.setattr(mail.os, "nice", steps.append)

    def run(stop):
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)

    monkeypatch.setattr(mail.sending, "run", run)
    try:
        said("send")
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    assert steps == [mail.NICE]
