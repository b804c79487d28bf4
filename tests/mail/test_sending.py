"""What is due leaves, once for each reader, and the ledger says what became of it."""

import threading
from collections import Counter
from datetime import timedelta
from itertools import count
from zlib import crc32

import pytest

from dateline.mail import models
from dateline.mail.domain.states import MailingState
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mail.queries import mailings as queries
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import stretches
from dateline.mail.services.mailings import Recipient
from tests.mail.begun import R1, R2, R3, SEVEN, begun, counts, readers, send
from tests.mail.servers import HANG_UP, server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize("pipelining", [True, False])
def test_every_reader_gets_theirs_once(settings, pipelining):
    with server(settings, pipelining=pipelining) as receiver:
        mailing = begun(readers(50))
        assert send() == 50
        assert send() == 0

    assert queries.progress(mailing) == queries.Progress(MailingState.DONE, total=50, sent=50)
    assert Counter(receiver.readers()) == Counter(f"r{n}@example.test" for n in range(1, 51))
    one = {mail["To"]: mail for mail in receiver.mails()}["r7@example.test"]
    assert one["Subject"] == "Morning, Reader 7"
    assert one["Message-ID"] == f"<m{mailing}.7@localhost>"
    assert one["Date"] == "Sun, 29 Nov 2026 07:00:00 +0000"
    token = one.get_body(("plain",)).get_content().split()[-1]
    assert links.numbers_of("newsletters.out", token) == (7, mailing)
    with pytest.raises(TokenRefused):
        links.numbers_of("newsletters.choose", token)
    assert models.Entry.objects.get(number=7).told == "250 2.0.0 kept"
    assert not [*(settings.DATELINE_DATA_DIR / "mail-journal").glob("*.journal")]


def test_pipelined_the_next_envelope_rides_with_the_dot(settings):
    settings.DATELINE_MAIL_CONNECTIONS = 1
    with server(settings) as receiver:
        begun(readers(3))
        send()

    verbs = [verb for verb, _ in receiver.asked if verb != "QUIT"]  # nobody waits for its answer
    assert verbs == ["CONNECT", "EHLO", *(["MAIL", "RCPT", "DATA", "."] * 3)]


def test_nobody_is_written_to_before_they_are_due(settings):
    due = SEVEN + timedelta(hours=9)
    with server(settings) as receiver:
        mailing = begun([Recipient(R1, 1), Recipient(R2, 2, due_at=due)])
        assert send(due - timedelta(seconds=1)) == 1
        assert receiver.readers() == [R1]
        assert queries.progress(mailing).state is MailingState.SENDING
        assert send(due) == 1

    assert receiver.readers() == [R1, R2]
    assert queries.progress(mailing).state is MailingState.DONE


@pytest.mark.parametrize("pipelining", [True, False])
def test_who_is_refused_for_good_is_not_tried_again(settings, pipelining):
    def behave(verb, what):
        if R2 in what:
            return {"RCPT": "550 5.7.1 not by us"}.get(verb)
        return {".": "554 5.6.0 no"}.get(verb) if R3 in what else None

    with server(settings, behave, pipelining=pipelining) as receiver:
        mailing = begun(readers(4))
        send()

    assert receiver.readers() == [R1, "r4@example.test"]
    assert queries.progress(mailing).state is MailingState.DONE
    told = dict(models.Entry.objects.filter(fate="refused").values_list("address", "told"))
    assert told == {R2: "550 5.7.1 not by us", R3: "554 5.6.0 no"}
    assert not is_withheld(R2)


def test_a_hard_bounce_suppresses_its_address(settings):
    def behave(verb, what):
        return "550 5.1.1 no such user" if verb == "RCPT" and R2 in what else None

    with server(settings, behave):
        begun(readers(3))
        send()

    assert is_withheld(R2)
    assert not is_withheld(R1)
    assert models.Suppression.objects.get().told == "550 5.1.1 no such user"


def test_a_server_that_takes_a_mail_for_nobody_gets_an_empty_one(settings):
    def behave(verb, what):
        if verb == "RCPT" and R2 in what:
            return "550 5.7.1 no"
        return "354 go on anyway" if verb == "DATA" else None

    with server(settings, behave) as receiver:
        mailing = begun(readers(3))
        send()

    assert receiver.readers() == [R1, R3]
    assert counts(mailing) == {"sent": 2, "refused": 1}


@pytest.mark.parametrize("step", ["RCPT", "DATA", "."])
def test_who_is_told_later_is_tried_again_and_then_gets_it_once(settings, step):
    heard = Counter()

    def behave(verb, what):
        if verb == step and R2 in what:
            heard[R2] += 1
            return "450 4.2.1 not now" if heard[R2] < 3 else None
        return None

    with server(settings, behave) as receiver:
        mailing = begun(readers(3))
        send()
        assert counts(mailing) == {"waiting": 1, "sent": 2}
        assert send(SEVEN + timedelta(seconds=4)) == 0
        send(SEVEN + timedelta(seconds=6))
        assert counts(mailing) == {"waiting": 1, "sent": 2}
        assert models.Entry.objects.get(address=R2).tries == 2
        send(SEVEN + timedelta(seconds=60))

    assert receiver.readers() == [R1, R2, R3]
    assert queries.progress(mailing) == queries.Progress(MailingState.DONE, total=3, sent=3)


def test_who_is_told_later_for_a_day_is_refused_with_the_reason(settings, monkeypatch):
    monkeypatch.setattr(stretches, "MOST_TRIES", 3)

    def behave(verb, what):
        return "450 4.2.1 not now" if verb == "RCPT" and R1 in what else None

    with server(settings, behave):
        mailing = begun(readers(2))
        for hours in range(4):
            send(SEVEN + timedelta(hours=hours))

    assert counts(mailing) == {"sent": 1, "refused": 1}
    assert models.Entry.objects.get(address=R1).told == "450 4.2.1 not now"
    assert not is_withheld(R1)


def test_a_server_that_goes_after_the_final_dot_leaves_a_doubt_and_no_double(settings):
    def behave(verb, what):
        return HANG_UP if verb == "." and what == R2 else None

    with server(settings, behave) as receiver:
        mailing = begun(readers(5))
        send()
        send(SEVEN + timedelta(days=1))

    assert Counter(receiver.readers())[R2] == 1
    assert counts(mailing) == {"sent": 4, "unknown": 1}
    assert [doubt.address for doubt in queries.in_doubt(mailing)] == [R2]
    assert queries.progress(mailing).state is MailingState.DONE


class Receiver:
    """A lookup that knows what a server took."""

    patience_s = 60.0

    def __init__(self, receiver):
        self.receiver = receiver

    def known(self, asked):
        there = {mail["Message-ID"].strip("<>") for mail in self.receiver.mails()}
        return {name: name in there for name in asked}


@pytest.mark.parametrize("kept", [True, False])
def test_where_the_receiver_can_be_asked_nobody_is_lost_or_doubled(settings, kept):
    gone = Counter()

    def behave(verb, what):
        if verb == ".":
            gone[what] += 1
            return HANG_UP if gone[what] == 1 else None
        return None

    with server(settings, behave) as receiver:
        receiver.keeps_unanswered = kept
        mailing = begun(readers(30))
        for _ in range(6):
            send(lookup=Receiver(receiver))

    assert Counter(receiver.readers()) == Counter(f"r{n}@example.test" for n in range(1, 31))
    assert counts(mailing) == {"sent": 30}


@pytest.mark.parametrize(
    "bad",
    [
        {"RCPT": HANG_UP},
        {"RCPT": "25…"},
        {"DATA": "421 4.3.2 shutting down"},
        {"MAIL": "421 4.3.2 shutting down"},
        {"RCPT": "421 4.7.0 shutting down"},
        {"CONNECT": "421 busy"},
        {"CONNECT": HANG_UP},
        {"CONNECT": "22…"},
        {"EHLO": HANG_UP},
        {"DATA": "what?"},
        {"MAIL": "451 4.3.0 later"},
        {"MAIL": "550 5.7.1 who are you"},
    ],
    ids=str,
)
def test_a_server_that_misbehaves_before_the_dot_costs_nobody_their_mail(settings, bad):
    times = Counter()

    def behave(verb, _):
        times[verb] += 1
        return bad.get(verb) if times[verb] % 4 == 1 else None

    with server(settings, behave) as receiver:
        mailing = begun(readers(12))
        for minutes in range(40):
            if counts(mailing) == {"sent": 12}:
                break
            send(SEVEN + timedelta(minutes=minutes))

    assert Counter(receiver.readers()) == Counter(f"r{n}@example.test" for n in range(1, 13))
    assert counts(mailing) == {"sent": 12}


def test_a_server_that_never_answers_is_left(settings):
    quiet = threading.Event()

    def behave(verb, what):
        if verb == "RCPT" and R1 in what and not quiet.is_set():
            quiet.wait(5)

    with server(settings, behave) as receiver:
        mailing = begun(readers(3))
        send()
        quiet.set()
        send()

    assert Counter(receiver.readers()) == Counter([R1, R2, R3])
    assert counts(mailing) == {"sent": 3}


def test_nothing_leaves_where_there_is_no_server(settings):
    with server(settings):
        pass
    mailing = begun(readers(3))

    assert send() == 0
    assert counts(mailing) == {"waiting": 3}
    with server(settings) as receiver:
        send()
    assert receiver.readers() == [R1, R2, R3]


ANYTHING = (
    *[None] * 9, HANG_UP, "421 4.3.2 shutting down", "450 4.2.0 busy", "550 5.1.1 nobody",
    "25…", "what?",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_whatever_a_server_does_nobody_gets_two_and_the_ledger_says_who_got_one(settings, seed):
    turn = count()

    def behave(*_):
        return ANYTHING[crc32(b"%d.%d" % (seed, next(turn))) % len(ANYTHING)]

    with server(settings, behave) as receiver:
        mailing = begun(readers(20))
        for minutes in range(60):
            send(SEVEN + timedelta(minutes=minutes))

    taken = Counter(receiver.readers())
    fates = dict(models.Entry.objects.filter(mailing=mailing).values_list("address", "fate"))
    assert set(taken.values()) == {1}
    assert {one for one, fate in fates.items() if fate == "sent"} <= set(taken)
    assert {fates[one] for one in taken} <= {"sent", "unknown"}
    doubts = {doubt.address for doubt in queries.in_doubt(mailing)}
    assert doubts == {one for one, fate in fates.items() if fate == "unknown"}
