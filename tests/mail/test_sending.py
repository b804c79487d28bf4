"""What is due leaves, once for each reader, and the ledger says what became of it."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocMemBackend
from django.db import DatabaseError

from dateline.mail import models
from dateline.mail.adapters import pool
from dateline.mail.adapters.lookups import Nobody
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.states import Fate, MailingState, Reason
from dateline.mail.domain.tokens import TokenRefused
from dateline.mail.queries import links
from dateline.mail.queries import mailings as queries
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import dispatch, mailings, pacing, sending, stretches, suppression
from dateline.mail.services.dispatch import Dispatch
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.pacing import Paces
from tests.mail.servers import HANG_UP, server
from tests.project.front.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
SEVEN = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
LETTER = Letter(
    "Morning, ⟦name⟧",
    "<p>Hello ⟦name⟧ <a href='/⟦token:newsletters.out⟧/'>out</a></p>",
    "Hello ⟦name⟧\n⟦token:newsletters.out⟧",
    "Musashi <news@musashi.test>",
)
R1, R2, R3 = (f"r{number}@example.test" for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.DATELINE_DATA_DIR = tmp_path
    settings.DATELINE_MAIL_PATIENCE_S = 0.3
    monkeypatch.setattr(pacing, "SLOW_AT_FIRST", 1000.0)
    monkeypatch.setattr(pool, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(pool, "LONGEST_PAUSE_S", 0.01)


def readers(count):
    return [
        Recipient(f"r{n}@example.test", n, fields={"name": f"Reader {n}"})
        for n in range(1, count + 1)
    ]


def begun(audience, key="newsletters.edition:1", **given):
    wanted = {
        "scope": "newsletter:3", "envelope_from": "bounces@musashi.test", "letters": [LETTER],
        "audience": audience, "at": SEVEN,
    }  # fmt: skip
    mailing = mailings.freeze(key, **(wanted | given))
    mailings.start(mailing, at=SEVEN)
    return mailing


def send(at=SEVEN, **given):
    return sending.send_due(at=at, **given)


def counts(mailing):
    found = queries.progress(mailing)
    names = ("waiting", "sent", "refused", "withheld", "stopped", "unknown")
    return {name: count for name in names if (count := getattr(found, name))}


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


def test_django_s_own_backends_get_them_one_by_one():
    mailing = begun(readers(3))
    assert send() == 3

    assert [mail.to for mail in django_mail.outbox] == [[R1], [R2], [R3]]
    first = django_mail.outbox[0]
    assert first.subject == "Morning, Reader 1"
    assert first.body.startswith("Hello Reader 1")
    assert first.message()["Message-ID"] == f"<m{mailing}.1@localhost>"
    assert counts(mailing) == {"sent": 3}


def test_whoever_leaves_before_it_leaves_gets_nothing(settings):
    with server(settings) as receiver:
        mailing = begun(readers(3))
        suppression.suppress(R2, scope="newsletter:3", reason=Reason.REQUEST, source="x", at=SEVEN)
        suppression.suppress(R3, scope="newsletter:9", reason=Reason.REQUEST, source="x", at=SEVEN)
        send()

    assert receiver.readers() == [R1, R3]
    assert queries.fate_of(mailing, R2) is Fate.WITHHELD
    assert counts(mailing) == {"sent": 2, "withheld": 1}


def decided_while_sending(settings, decide, *, count=400):
    """Send to `count`; after the 20th, `decide` in the middle of it. Return who got it after."""
    settings.DATELINE_MAIL_CONNECTIONS = 2
    decided, late = threading.Event(), []
    tick = threading.Event()

    def behave(verb, what):
        if verb == ".":
            if decided.is_set():
                late.append(what)
            else:
                tick.wait(0.005)

    class Watching(sending.Sender):
        def step(self):
            more = super().step()
            if not decided.is_set() and len(receiver.taken) >= 20:
                decide()
                self._poll_at = 0.0  # half a second went by
                self._by_the_clock()
                decided.set()
            return more

    with server(settings, behave) as receiver:
        mailing = begun(readers(count))
        sender = Watching(sending.configured_lookup(), lambda: SEVEN)
        while sender.step():
            pass
        sender.end()
    return mailing, receiver, late


def test_a_stop_holds_back_what_has_not_left(settings):
    made = []
    mailing, receiver, late = decided_while_sending(
        settings,
        lambda: made.append(
            mailings.stop(models.Mailing.objects.get().pk, why="Killed.", at=SEVEN)
        ),
    )

    assert made == [True]
    assert len(late) <= 2  # what was on its way in each connection
    progress = queries.progress(mailing)
    assert progress.state is MailingState.STOPPED
    assert (progress.sent, progress.waiting) == (len(receiver.taken), 0)
    assert progress.stopped == 400 - progress.sent
    assert queries.fate_of(mailing, "r400@example.test") is Fate.STOPPED


def test_a_pause_holds_back_the_rest_which_leaves_when_it_is_resumed(settings):
    mailing, receiver, late = decided_while_sending(
        settings, lambda: mailings.pause(models.Mailing.objects.get().pk, at=SEVEN)
    )

    assert len(late) <= 2
    assert counts(mailing) == {"sent": len(receiver.taken), "waiting": 400 - len(receiver.taken)}
    mailings.resume(mailing, at=SEVEN)
    with server(settings) as second:
        send()
    assert len(second.taken) + len(receiver.taken) == 400
    assert counts(mailing) == {"sent": 400}


def test_whoever_leaves_while_it_is_on_its_way_gets_nothing_any_more(settings):
    mailing, receiver, _ = decided_while_sending(
        settings,
        lambda: suppression.suppress(
            "r399@example.test", scope="newsletter:3", reason=Reason.REQUEST, source="x", at=SEVEN
        ),
    )

    assert "r399@example.test" not in receiver.readers()
    assert queries.fate_of(mailing, "r399@example.test") is Fate.WITHHELD
    assert counts(mailing) == {"sent": 399, "withheld": 1}


class Broken(LocMemBackend):
    """Fails for the second reader, once."""

    failed = 0

    def send_messages(self, messages):
        if messages[0].to == [R2] and not Broken.failed:
            Broken.failed += 1
            raise OSError("the disk is full")
        return super().send_messages(messages)


def test_one_that_could_not_be_delivered_one_by_one_is_tried_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    mailing = begun(readers(3))

    assert send() == 1
    assert counts(mailing) == {"sent": 1, "waiting": 2}
    send()
    assert counts(mailing) == {"sent": 3}
    assert [mail.to for mail in django_mail.outbox] == [[R1], [R2], [R3]]


class Away(BaseEmailBackend):
    """Somewhere behind a network, which fails."""

    def send_messages(self, messages):
        raise OSError("timed out")


def test_what_may_have_arrived_over_a_network_is_in_doubt(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    mailing = begun(readers(1), letters=[Letter("Morning", "", "Hello", LETTER.sender)])

    send()
    assert counts(mailing) == {"unknown": 1}


def test_only_the_mailing_that_is_meant_is_dropped(settings):
    made, mailing = in_hand(settings)
    made.drop(mailing + 1)

    assert len(made.waiting) == 3
    ended(made)


def in_hand(settings, count=3, **given):
    """A dispatch with a mailing in hand, and the mailing."""
    folder = settings.DATELINE_DATA_DIR / "mail-journal"
    mailing = begun(readers(count))
    made = Dispatch(folder, Nobody(), moment=lambda: SEVEN, **given)
    made.folder.mkdir(exist_ok=True)
    assert made.take_more()
    made.begin_turn()
    return made, mailing


def ended(made):
    made.drop()
    for job in [*made.out.values()]:
        made.lost(job, in_doubt=False)
    made.flush()


def test_where_the_database_cannot_be_asked_nothing_is_given_out(settings):
    made, mailing = in_hand(settings)
    job = made.next()
    made.is_blind = True

    assert not made.has_mail
    assert made.next() is None
    assert made.hand(job) is None
    assert not made.take_more()
    made.is_blind = False
    ended(made)
    assert counts(mailing) == {"waiting": 3}


def test_who_left_when_their_envelope_had_gone_is_withheld_before_the_rest_of_it(settings):
    made, mailing = in_hand(settings)
    job = made.next()
    for address in (R1, R3):
        suppression.suppress(address, scope="", reason=Reason.COMPLAINT, source="x", at=SEVEN)
    made.poll()

    assert made.hand(job) is None
    made.lost(job, in_doubt=False)
    assert [one.who.address for one in made.waiting] == [R2]
    ended(made)
    assert counts(mailing) == {"waiting": 2, "withheld": 1}
    send()
    assert counts(mailing) == {"sent": 1, "withheld": 2}


def test_a_slow_receiver_holds_up_no_other(settings, monkeypatch):
    monkeypatch.setattr(dispatch, "MOST_PARKED", 1)
    paces = Paces(rates={"example.test": 0.001})
    made, mailing = in_hand(settings, count=4, paces=paces)
    made.waiting.append(made.waiting.popleft())
    first = made.next()

    assert first.who.number == 2
    assert made.next() is None
    assert {domain: len(line) for domain, line in made.parked.items()} == {"example.test": 3}
    made.poll()
    assert len(made.parked["example.test"]) == 1
    assert models.Entry.objects.filter(due_at=SEVEN + dispatch.PUT_OFF, tries=0).count() == 2
    ended(made)
    assert counts(mailing) == {"waiting": 4}


def test_the_route_s_own_rate_keeps_the_order(settings):
    made, _ = in_hand(settings, paces=Paces(route_rate=1.0))

    assert made.next().who.number == 1
    assert made.next() is None
    assert [job.who.number for job in made.waiting] == [2, 3]
    ended(made)


def test_no_more_is_taken_than_can_be_looked_after(settings, monkeypatch):
    monkeypatch.setattr(dispatch, "MOST_HELD", 1)
    made, _ = in_hand(settings)

    assert not made.take_more()
    ended(made)
    assert not made.take_more() or made.drop() is None
    made.flush()


def test_a_doubt_that_cannot_be_told_yet_is_left_to_who_comes_next(settings):
    class Slow(Nobody):
        patience_s = 1000.0

    made, mailing = in_hand(settings)
    made.lookup = Slow()
    job = made.next()
    made.hand(job)
    made.lost(job, in_doubt=True)
    made.drop()
    made.poll()
    made.give_up_doubts()

    assert counts(mailing) == {"waiting": 3}
    send()
    assert counts(mailing) == {"sent": 2, "unknown": 1}


def test_a_sender_runs_until_it_is_told_to_stop_and_sees_to_what_was_stopped(settings):
    stop = threading.Event()
    stopped = begun(readers(2), key="newsletters.edition:0")
    models.Mailing.objects.filter(pk=stopped).update(state="stopped")

    with server(settings) as receiver:
        mailing = begun(readers(30))
        monitor = threading.Timer(
            0, lambda: (wait_until(lambda: len(receiver.taken) == 30), stop.set())
        )
        monitor.start()
        sending.run(stop)
        monitor.join()

    assert counts(mailing) == {"sent": 30}
    assert counts(stopped) == {"stopped": 2}


def test_a_sender_goes_on_when_the_database_does(settings, monkeypatch):
    stop, failed = threading.Event(), []
    usual = sending.Sender.step

    def step(self):
        if not failed:
            failed.append(1)
            raise DatabaseError("the server is gone")
        if models.Mailing.objects.filter(state="done").exists():
            stop.set()
        return usual(self)

    monkeypatch.setattr(sending.Sender, "step", step)
    monkeypatch.setattr(sending, "LOOK_S", 0.01)
    with server(settings):
        mailing = begun(readers(3))
        sending.run(stop)

    assert counts(mailing) == {"sent": 3}
