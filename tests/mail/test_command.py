"""`dateline mail status` and `dateline mail send`."""

import io
import json
import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from dateline.mail import models
from dateline.mail.domain.copies import Letter
from dateline.mail.management.commands import mail
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.outbox.models import FactRecord

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


def test_one_is_given_up_for_good_and_whom_it_left_out_is_listed(mailing, capsys):
    models.Entry.objects.filter(number=1).update(fate="sent", settled_at=SEVEN)
    mailings.pause(mailing, at=SEVEN)

    listed = f"Left out: r3@example.test\nIn doubt: r2@example.test <m{mailing}.2@localhost>\n"
    assert said("abandon", str(mailing), "--why", "Sent by hand", "--by", "ana") == listed
    assert "Given up: 1 of 3 sent, 1 left out, 1 in doubt, 0 in a" in capsys.readouterr().err
    assert said("abandon", str(mailing), "--why", "Again") == listed
    assert "Was given up before: 1 of 3" in capsys.readouterr().err
    row = models.Mailing.objects.get()
    assert (row.state, row.why) == ("stopped", "Sent by hand")
    (fact,) = FactRecord.objects.filter(name="mailing.abandoned")
    told = {"mailing_id": mailing, "by": "ana", "why": "Sent by hand"}
    assert fact.payload | told == fact.payload


def test_what_has_wholly_left_or_is_not_there_cannot_be_given_up(mailing):
    models.Mailing.objects.update(state="done")

    with pytest.raises(CommandError, match=r"edition:1 is done: there is nothing to give up\."):
        said("abandon", str(mailing), "--why", "x")
    with pytest.raises(CommandError, match=f"There is no mailing {mailing + 1}"):
        said("abandon", str(mailing + 1), "--why", "x")


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
