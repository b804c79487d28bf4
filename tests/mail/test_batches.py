"""Through an ESP: whole batches, every reader once, and the ledger knows what became of each."""

import re
import threading
from dataclasses import replace

import pytest
import requests

from dateline.mail import models
from dateline.mail.adapters import batches
from dateline.mail.adapters import esp as adapter
from dateline.mail.domain.esps import ESPS, EspRoute
from dateline.mail.domain.states import Fate, MailingState, Reason
from dateline.mail.queries import links
from dateline.mail.queries import mailings as queries
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import mailings, sending, suppression
from dateline.mail.services.mailings import Recipient
from tests.mail.begun import LETTER, R1, R2, R3, SEVEN, begun, counts, readers, send
from tests.mail.esps import CUT_OFF, INACTIVE, NOBODY, SHORT, esp
from tests.project.front.conftest import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]
EVERY = pytest.mark.parametrize("name", sorted(ESPS))
RICH = replace(
    LETTER,
    reply_to="desk@musashi.test",
    headers={
        "List-Unsubscribe": "<https://musashi.test/out/⟦token:newsletters.out⟧/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    for name, one in ESPS.items():
        monkeypatch.setitem(ESPS, name, replace(one, batch=4))
    monkeypatch.setattr(adapter, "AGAIN_AFTER_S", (0.01, 0.01))


@EVERY
def test_every_reader_gets_theirs_once(settings, name):
    with esp(settings, name) as provider:
        mailing = begun(readers(10), letters=[RICH])
        assert send() == 10
        assert send() == 0

    assert provider.readers() == sorted(f"r{n}@example.test" for n in range(1, 11))
    assert [len(asked.mails) for asked in provider.asked] == [4, 4, 2]
    assert queries.progress(mailing) == queries.Progress(MailingState.DONE, total=10, sent=10)
    assert models.Mailing.objects.get().route == name
    one = next(one for one in provider.taken if one["id"][0] == "r7@example.test")
    assert one["id"][1] == f"m{mailing}.7@localhost"
    assert one["subject"] == "Morning, Reader 7"
    assert one["from"] == "Musashi <news@musashi.test>"
    token = one["text"].split()[-1]
    assert links.numbers_of("newsletters.out", token) == (7, mailing)
    assert f"<p>Hello Reader 7 <a href='/{token}/'>out</a></p>" in one["html"]
    assert one["headers"]["List-Unsubscribe"] == f"<https://musashi.test/out/{token}/>"
    assert one["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert models.Entry.objects.get(number=7).told.startswith("250 Taken as ")
    assert not [*(settings.DATELINE_DATA_DIR / "mail-journal").glob("*.journal")]


@EVERY
def test_what_a_reader_is_called_stays_text(settings, name):
    odd = "<b>%recipient.h1% {{x}} 山田\r\nBcc: all@example.test"
    with esp(settings, name) as provider:
        begun([Recipient(R1, 1, fields={"name": odd}), Recipient(R2, 2, fields={"name": "Ana"})])
        send()

    one = next(one for one in provider.taken if one["id"][0] == R1)
    assert "\n" not in one["subject"]
    assert "山田" in one["subject"]
    assert "<b>" not in one["html"]
    assert "&lt;b&gt;" in one["html"]
    assert odd.splitlines()[0] in one["text"]


@EVERY
def test_some_of_a_batch_are_refused_and_the_others_get_theirs(settings, name):
    with esp(settings, name) as provider:
        provider.refuses = {R2: f"{INACTIVE}", R3: NOBODY}
        mailing = begun(readers(4))
        send()

    assert provider.readers() == [R1, "r4@example.test"]
    assert counts(mailing) == {"sent": 2, "refused": 2}
    assert is_withheld(R2)
    assert not is_withheld(R3)
    assert NOBODY in models.Entry.objects.get(number=3).told


@EVERY
@pytest.mark.parametrize(
    "why",
    [
        "The From address is not verified.",
        "Domain m.test is not allowed to send: Please add it to the account.",
        "Sandbox: add the address to authorized recipients in Account Settings.",
    ],
)
def test_where_all_are_refused_for_the_route_s_sake_nobody_is_given_up(settings, name, why):
    with esp(settings, name) as provider:
        provider.refuses = {R1: why, R2: why}
        mailing = begun(readers(2))
        send()
        assert counts(mailing) == {"waiting": 2}
        provider.refuses = {}
        send()

    assert counts(mailing) == {"sent": 2}


@EVERY
@pytest.mark.parametrize(
    "said",
    [
        (301, "elsewhere"),
        (401, {"Message": "no"}),
        (403, "no"),
        (429, {"message": "slow"}, {"Retry-After": "0"}),
    ],
)
def test_a_route_that_takes_nothing_keeps_all_waiting(settings, name, said):
    with esp(settings, name, lambda _, n: said if n == 1 else None) as provider:
        mailing = begun(readers(3))
        send()
        assert counts(mailing) == {"waiting": 3}
        send()

    assert counts(mailing) == {"sent": 3}
    assert len(provider.taken) == 3


@pytest.mark.parametrize("name", ["mailgun", "postmark"])
@pytest.mark.parametrize(
    "said",
    [
        (500, "oops"),
        (502, ""),
        (200, "{half"),
        (200, []),
        (200, [{"Nothing": 1}]),
        (200, {"message": "?"}),
        CUT_OFF,
        SHORT,
    ],
)
def test_a_lost_answer_is_unknown_and_never_sent_again(settings, name, said):
    with esp(settings, name, lambda _, n: said if n == 1 else None) as provider:
        mailing = begun(readers(4))
        send()
        send()

    assert counts(mailing) == {"unknown": 4}
    assert next(doubt.address for doubt in queries.in_doubt(mailing)) == R1
    assert len(provider.asked) == 1


@pytest.mark.parametrize("said", [(500, "oops"), (409, "busy"), (200, "{half"), CUT_OFF])
def test_under_an_idempotency_key_a_lost_answer_is_asked_for_again(settings, said):
    def behave(asked, number):
        if number > 1:
            return None
        provider.usual(asked)  # it took them, and the answer was lost
        return said

    with esp(settings, "resend", behave) as provider:
        mailing = begun(readers(4))
        send()

    keys = {asked.headers["Idempotency-Key"] for asked in provider.asked}
    assert len(provider.asked) == 2
    assert len(keys) == 1
    assert len(provider.taken) == 4
    assert counts(mailing) == {"sent": 4}


def test_an_esp_that_never_answers_leaves_one_batch_unknown(settings):
    free = threading.Event()

    def behave(_, number):
        return (free.wait(5), (500, "late"))[1] if number == 1 else None

    settings.DATELINE_MAIL_CONNECTIONS = 1
    with esp(settings, "postmark", behave):
        mailing = begun(readers(4))
        send()
        free.set()

    assert counts(mailing) == {"unknown": 4}


def test_nothing_is_in_doubt_where_nobody_answers_the_door(settings):
    settings.DATELINE_MAIL_ESP = EspRoute("postmark", "key", "http://127.0.0.1:9")
    mailing = begun(readers(3))
    send()

    assert counts(mailing) == {"waiting": 3}


def test_a_wrong_address_of_mailgun_takes_nothing(settings):
    with esp(settings, "mailgun", lambda *_: (200, "Mailgun Magnificent API")):
        mailing = begun(readers(3))
        send()

    assert counts(mailing) == {"waiting": 3}


def test_who_leaves_while_a_lost_answer_is_pending_gets_no_second_try(settings, monkeypatch):
    monkeypatch.setattr(adapter, "AGAIN_AFTER_S", (1.0,))

    def behave(_, number):
        suppression.suppress(
            R2, scope="", reason=Reason.REQUEST, source="x", at=sending.clock.now()
        )
        return (500, "oops")

    with esp(settings, "resend", behave) as provider:
        mailing = begun(readers(2))
        send()

    assert len(provider.asked) == 1
    assert counts(mailing) == {"unknown": 2}


def test_a_stop_counts_for_all_that_was_not_asked_yet(settings):
    settings.DATELINE_MAIL_CONNECTIONS = 1

    def behave(_, number):
        if number == 2:
            mailings.stop(mailing, why="Killed.", at=sending.clock.now())

    with esp(settings, "postmark", behave) as provider:
        mailing = begun(readers(400))
        send()

    sent = counts(mailing)["sent"]
    assert 8 <= sent < 400
    assert counts(mailing) == {"sent": sent, "stopped": 400 - sent}
    assert len(provider.taken) == sent


def test_a_dead_sender_s_batch_is_asked_of_the_ledger_and_else_unknown(settings):
    hung, free = threading.Event(), threading.Event()

    def behave(*_):
        hung.set()
        return (free.wait(5), (500, "late"))[1]

    with esp(settings, "postmark", behave):
        mailing = begun(readers(4))
        sender = sending.Sender(sending.configured_lookup())
        wait_until(lambda: (sender.step(), hung.is_set())[1])
        for held in sender.outgoing.held.values():
            held.journal.let_go()  # its process is dead
        models.Entry.objects.filter(number=2).update(delivered_at=sending.clock.now())
        free.set()
        send()
        sender.way.requests.stop.set()

    assert queries.fate_of(mailing, R2) is Fate.SENT
    assert counts(mailing) == {"sent": 1, "unknown": 3}


def test_two_texts_do_not_share_a_request(settings):
    other = replace(LETTER, subject="Evening, ⟦name⟧")
    audience = [replace(one, copy=n % 2) for n, one in enumerate(readers(4))]
    with esp(settings, "mailgun") as provider:
        begun(audience, letters=[LETTER, other])
        send()

    subjects = {one["id"][0]: one["subject"] for one in provider.taken}
    assert subjects[R1] == "Morning, Reader 1"
    assert subjects[R2] == "Evening, Reader 2"


def test_what_looks_like_mailgun_s_own_slots_in_a_text_is_none(settings):
    with esp(settings, "mailgun") as provider:
        begun(readers(1), letters=[replace(LETTER, text="100%recipient.h1% ⟦name⟧")])
        send()

    assert re.search(r"100% recipient\.h1% Reader 1", provider.taken[0]["text"])


def test_a_mail_that_cannot_be_said_to_the_esp_is_found_and_the_others_leave(settings):
    with esp(settings, "mailgun") as provider:
        mailing = begun(readers(2), letters=[replace(LETTER, sender="N <news@musashi.test>")])
        settings.DATELINE_MAIL_ESP = replace(settings.DATELINE_MAIL_ESP, domain="no/where")
        send()

    assert counts(mailing) == {"waiting": 2}
    assert not provider.asked


def test_a_connection_that_was_never_made_took_nothing():
    assert adapter._never_left(requests.ConnectTimeout())
    assert not adapter._never_left(requests.ReadTimeout())
    assert not adapter._never_left(requests.ConnectionError())


def test_a_batch_of_which_all_are_nobody_is_the_readers_matter(settings):
    with esp(settings, "postmark") as provider:
        provider.refuses = {R1: INACTIVE, R2: INACTIVE}
        mailing = begun(readers(2))
        send()

    assert counts(mailing) == {"refused": 2}


def test_a_halved_batch_ends_where_the_route_is_in_trouble(settings):
    def behave(asked, number):
        return {1: (413, "too large"), 2: (401, "no key")}.get(number)

    with esp(settings, "mailgun", behave) as provider:
        mailing = begun(readers(4))
        send()

    assert len(provider.asked) == 2
    assert counts(mailing) == {"waiting": 4}


def test_a_halved_batch_ends_where_somebody_left_meanwhile(settings):
    settings.DATELINE_MAIL_PATIENCE_S = 30.0

    def behave(asked, number):
        if number > 1:
            return None
        suppression.suppress(R3, scope="", reason=Reason.REQUEST, source="x", at=SEVEN)
        wait_until(lambda: any(job.is_withdrawn for job in jobs.values()))
        return 413, "too large"

    with esp(settings, "mailgun", behave) as provider:
        mailing = begun(readers(4))
        sender = sending.Sender(sending.configured_lookup())
        jobs = sender.outgoing.out
        wait_until(lambda: (sender.step(), counts(mailing).get("withheld"))[1])
        wait_until(lambda: (sender.step(), not sender.outgoing.held)[1])
        sender.end()

    assert R3 not in provider.readers()
    assert counts(mailing) == {"sent": 3, "withheld": 1}


def test_what_was_gathered_and_not_asked_is_given_back(settings, monkeypatch):
    monkeypatch.setattr(batches, "LINGER_S", 60.0)
    with esp(settings, "resend") as provider:
        mailing = begun(readers(3))
        sender = sending.Sender(sending.configured_lookup())
        wait_until(lambda: (sender.step(), len(sender.outgoing.out) == 3)[1])
        sender.way.hold_off("A test says so.")
        assert sender.way.is_idle
        wait_until(lambda: (sender.step(), len(sender.outgoing.out) == 3)[1])
        sender.way.end()
        assert sender.way.is_idle
        monkeypatch.setattr(batches, "LINGER_S", 0.0)
        sender.end()

    assert counts(mailing) == {"waiting": 3}
    assert not provider.asked


def test_what_is_withdrawn_before_it_is_asked_is_not(settings, monkeypatch):
    monkeypatch.setattr(batches, "LINGER_S", 60.0)
    with esp(settings, "resend") as provider:
        mailing = begun(readers(3))
        sender = sending.Sender(sending.configured_lookup())
        wait_until(lambda: (sender.step(), len(sender.outgoing.out) == 3)[1])
        monkeypatch.setattr(batches, "LINGER_S", 0.0)
        sender.end()

    assert counts(mailing) == {"waiting": 3}
    assert not provider.asked
    assert not [*(settings.DATELINE_DATA_DIR / "mail-journal").glob("*.journal")]


def test_a_letter_of_plain_text(settings):
    with esp(settings, "resend") as provider:
        begun(readers(1), letters=[replace(LETTER, html="")])
        send()

    assert "html" not in provider.taken[0]
    assert provider.taken[0]["text"].startswith("Hello Reader 1")


def test_a_fault_of_ours_puts_a_batch_in_doubt_and_does_not_end_the_sender(settings, monkeypatch):
    def send_nothing(*_):
        raise RuntimeError("A bug.")

    monkeypatch.setattr(adapter.Requests, "_asked", send_nothing)
    with esp(settings, "resend"):
        mailing = begun(readers(2))
        send()

    assert counts(mailing) == {"unknown": 2}
