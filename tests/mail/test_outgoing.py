"""What a sender has in hand: what is decided meanwhile counts, and nothing is forgotten."""

import threading
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocMemBackend
from django.db import DatabaseError

from dateline.mail import models
from dateline.mail.adapters.lookups import Nobody
from dateline.mail.domain.copies import Letter
from dateline.mail.domain.states import Fate, MailingState, Reason
from dateline.mail.queries import mailings as queries
from dateline.mail.services import mailings, outgoing, sending, suppression
from dateline.mail.services.outgoing import Outgoing
from dateline.mail.services.pacing import Paces
from dateline.mail.services.warming import WarmUp
from tests.mail.begun import LETTER, R1, R2, R3, SEVEN, begun, counts, readers, send
from tests.mail.servers import server
from tests.project.front.conftest import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]


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


def test_every_mail_is_a_file_of_its_own(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    begun(readers(3))

    send()

    assert len([*settings.EMAIL_FILE_PATH.iterdir()]) == 3


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
    """A outgoing with a mailing in hand, and the mailing."""
    folder = settings.DATELINE_DATA_DIR / "mail-journal"
    mailing = begun(readers(count))
    made = Outgoing(folder, Nobody(), moment=lambda: SEVEN, **given)
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
    monkeypatch.setattr(outgoing, "MOST_PARKED", 1)
    paces = Paces(rates={"example.test": 0.001})
    made, mailing = in_hand(settings, count=4, paces=paces)
    made.waiting.append(made.waiting.popleft())
    first = made.next()

    assert first.who.number == 2
    assert made.next() is None
    assert {domain: len(line) for domain, line in made.parked.items()} == {"example.test": 3}
    made.poll()
    assert len(made.parked["example.test"]) == 1
    assert models.Entry.objects.filter(due_at=SEVEN + outgoing.PUT_OFF, tries=0).count() == 2
    ended(made)
    assert counts(mailing) == {"waiting": 4}


def test_the_route_s_own_rate_keeps_the_order(settings):
    made, _ = in_hand(settings, paces=Paces(route_rate=1.0))

    assert made.next().who.number == 1
    assert made.next() is None
    assert [job.who.number for job in made.waiting] == [2, 3]
    ended(made)


def test_a_mail_that_waits_for_its_route_keeps_what_the_warm_up_allowed_it(settings):
    warm_up = WarmUp("x", {"": 2}, ZoneInfo("UTC"))
    made, _ = in_hand(settings, paces=Paces(route_rate=1.0), warm_up=warm_up)
    made.refill()  # which day it is
    assert made.next() is None  # its allowance has yet to be asked for
    made.refill()
    assert made.next().who.number == 1
    assert made.next() is None
    made.refill()
    assert made.next() is None  # it may leave today, and not in this second
    held = made.waiting[0].allowed_on

    assert made.next() is None

    assert held is not None
    assert (made.waiting[0].who.number, made.waiting[0].allowed_on) == (2, held)
    assert not warm_up.may_leave(made.waiting[0].of.sender, "example.test")  # both are given out
    ended(made)


def test_no_more_is_taken_than_can_be_looked_after(settings, monkeypatch):
    monkeypatch.setattr(outgoing, "MOST_HELD", 1)
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
