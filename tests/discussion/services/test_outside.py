"""An operator's own service is asked about each comment: signed, in time, and never while it is stored."""

import hashlib
import hmac
import json
import socket
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from dateline import fetch
from dateline.discussion import models
from dateline.discussion.adapters import outside as adapter
from dateline.discussion.domain.outside import OutsideSilent, Service, read
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.queries.queues import Queue, queue
from dateline.discussion.services import authors, decisions, outside
from dateline.outbox import models as facts
from dateline.outbox import services as outbox
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house

pytestmark = pytest.mark.django_db

SECRET = "a secret of the newsroom"
LINKS = "https://a.example https://b.example https://c.example"
PASS, HOLD = {"answer": "pass"}, {"answer": "hold", "reason": "Heated."}
REFUSE = {"answer": "refuse", "rule": 5, "reason": "An advertisement."}


class Moderating(BaseHTTPRequestHandler):
    """The operator's service: keeps what it was asked, answers what the test says."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        status, headers, answer = self.server.answers(json.loads(body))
        with suppress(ConnectionError):  # who asked waits no longer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def service():
    """The running service; `answers` is a function from a question to (status, headers, body)."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Moderating) as server:
        server.asked, server.daemon_threads = [], True
        says(server, PASS)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def hook(service, settings, masthead):
    house(masthead, seconds_between=0, most_in_minute=0)
    settings.DATELINE_COMMENT_HOOK = Service(
        url=f"http://127.0.0.1:{service.server_port}/ask?for=dateline", secret=SECRET,
        limit_s=5.0, private_allowed=True,
    )  # fmt: skip
    return settings


def says(server, told, status=200, **headers):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    server.answers = lambda _: (status, headers, body)


def now(row):
    row.refresh_from_db()
    return row.status


def ask():
    return outside.ask_due(at=NOON)


@pytest.mark.usefixtures("hook")
def test_a_comment_is_stored_unseen_then_asked_about_then_shown(story, masthead, service):
    row = a_comment(story, masthead, "Ferries are late.")

    assert (now(row), service.asked) == (Status.HELD, [])
    assert [ask(), ask()] == [1, 0]
    assert now(row) == Status.VISIBLE
    row.thread.refresh_from_db()
    assert row.thread.visible == 1
    assert ["outside", "allow", ""] in row.ran
    last = row.decisions.latest("pk")
    assert (last.verb, last.automatic, last.by_id) == (Verb.PASSED, True, None)
    fact = facts.FactRecord.objects.get(name="comment.decided").payload
    assert (fact["status"], fact["by"]) == ("visible", "")


@pytest.mark.usefixtures("hook")
def test_what_it_is_asked_is_signed_and_names_nobody(story, masthead, service):
    rin = a_reader("Rin Abe")
    above = a_comment(story, masthead, "Ferries are late.", author=rin)
    ask()
    row = a_comment(
        story, masthead, f"Look: {LINKS}", author=rin, answers_id=above.pk, quote="Ferries"
    )
    service.asked.clear()

    ask()

    ((path, headers, body),) = service.asked
    assert path == "/ask?for=dateline"
    stamp = headers["X-Dateline-Timestamp"]
    signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Dateline-Signature"] == f"sha256={signed}"
    assert int(stamp) == NOON.timestamp()
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {
        "id": row.pk, "version": 1, "masthead": "musashi", "story": story.pk,
        "author": str(rin.pk), "answers": above.pk, "quote": "Ferries", "text": row.text,
        "posted_at": NOON.isoformat(), "edited": False,
        "held_by": [
            ["links", "3 links; 2 are let through."], ["spam", "3 links in 1 words."],
        ],
    }  # fmt: skip
    assert b"Rin" not in body
    assert rin.email.encode() not in body


@pytest.mark.usefixtures("hook")
def test_it_holds_with_a_reason_for_a_person(story, masthead, service, mod):
    says(service, HOLD)
    row = a_comment(story, masthead)

    ask()

    assert now(row) == Status.HELD
    (waits,) = queue(Queue.HELD, by=mod.pk)
    assert waits.held_by == (("outside", "Heated."),)
    decisions.approve(row.pk, by=mod.pk, expected=row.version, at=NOON)
    assert now(row) == Status.VISIBLE


@pytest.mark.usefixtures("hook")
def test_it_refuses_under_a_house_rule_and_the_author_is_told(
    story, masthead, service, mod, mailoutbox
):
    says(service, REFUSE)
    row = a_comment(story, masthead, "Buy boats.")

    ask()
    while outbox.deliver_due():
        pass

    assert now(row) == Status.REMOVED
    last = row.decisions.latest("pk")
    assert (last.verb, last.rule, last.reason) == (Verb.REMOVED, 5, "An advertisement.")
    assert last.automatic
    (mail,) = mailoutbox
    assert mail.subject == "Your comment on Musashi was not let through"
    for part in ("an automatic check", "Buy boats.", "House rule 5", "An advertisement."):
        assert part in mail.body
    decisions.undo(last.pk, by=mod.pk, at=NOON)
    assert now(row) == Status.HELD


@pytest.mark.usefixtures("hook")
def test_it_lets_nothing_through_that_another_rule_holds(story, masthead, service):
    row = a_comment(story, masthead, LINKS)

    ask()

    assert now(row) == Status.HELD
    assert row.decisions.latest("pk").reason == (
        "3 links; 2 are let through. 3 links in 0 words."
    )  # fmt: skip


@pytest.mark.usefixtures("hook")
def test_what_it_lets_through_is_still_new_to_moderators(story, masthead, mod):
    row = a_comment(story, masthead)

    ask()

    assert [found.id for found in queue(Queue.NEW, by=mod.pk)] == [row.pk]
    assert queue(Queue.APPROVED, by=mod.pk) == []


@pytest.mark.usefixtures("hook")
def test_a_moderator_s_own_comment_is_not_asked_about(story, masthead, service):
    row = a_comment(story, masthead, author=a_moderator(masthead))

    assert (now(row), ask(), service.asked) == (Status.VISIBLE, 0, [])


@pytest.mark.usefixtures("hook")
def test_where_a_person_was_faster_its_answer_counts_for_nothing(story, masthead, service, mod):
    says(service, REFUSE)
    row = a_comment(story, masthead)
    decisions.approve(row.pk, by=mod.pk, expected=1, at=NOON)

    assert ask() == 1

    assert now(row) == Status.VISIBLE
    assert models.OutsideAsk.objects.count() == 0


@pytest.mark.usefixtures("hook")
def test_the_text_of_an_edit_is_asked_about_and_unseen_until_then(story, masthead, service):
    row = a_comment(story, masthead, "Ferries are late.")
    ask()
    edited = {"by": row.author_id, "at": NOON + MINUTE}

    authors.edit_comment(row.pk, text="Buy boats.", **edited)
    assert now(row) == Status.HELD
    authors.edit_comment(row.pk, text="Buy ferries.", **edited)

    assert ask() == 1
    question = json.loads(service.asked[-1][2])
    assert (question["text"], question["edited"]) == ("Buy ferries.", True)
    assert now(row) == Status.VISIBLE


@pytest.mark.usefixtures("hook")
def test_an_edit_frees_nothing_that_a_person_or_a_rule_holds(story, masthead, service, mod):
    by_rule, by_person = a_comment(story, masthead, LINKS), a_comment(story, masthead)
    decisions.hold(by_person.pk, by=mod.pk, expected=1, at=NOON)

    for row in (by_rule, by_person):
        authors.edit_comment(row.pk, by=row.author_id, text="Ferries.", at=NOON + MINUTE)
    ask()

    assert (now(by_rule), now(by_person)) == (Status.HELD, Status.HELD)


@pytest.mark.parametrize(("silent", "status"), [("hold", Status.HELD), ("pass", Status.VISIBLE)])
def test_silence_goes_the_way_that_is_set_and_the_desk_sees_it(
    story, masthead, service, hook, silent, status
):
    hook.DATELINE_COMMENT_HOOK = replace(hook.DATELINE_COMMENT_HOOK, silent=silent)
    says(service, b"", 503)
    rows = [a_comment(story, masthead) for _ in range(2)]

    assert [outside.ask_due(at=NOON), outside.ask_due(at=NOON)] == [2, 0]

    assert [now(row) for row in rows] == [status, status]
    trouble = models.OutsideTrouble.objects.get()
    assert (trouble.comments, trouble.since) == (2, NOON)
    assert "it answered with status 503" in trouble.error
    assert str(trouble) == "2 since 12:00 UTC, 20 November"
    (said,) = (ran[2] for ran in rows[0].ran if ran[0] == "outside")
    assert said == "The outside service did not answer: it answered with status 503."
    assert rows[0].decisions.latest("pk").reason == "It could not be checked automatically."


@pytest.mark.usefixtures("hook")
def test_trouble_is_counted_until_it_answers_again(story, masthead, service):
    says(service, b"", 503)
    for minute in range(2):
        a_comment(story, masthead)
        outside.ask_due(at=NOON + minute * MINUTE)
    trouble = models.OutsideTrouble.objects.get()
    assert (trouble.comments, trouble.since, trouble.latest_at) == (2, NOON, NOON + MINUTE)

    says(service, PASS)
    a_comment(story, masthead)
    outside.ask_due(at=NOON + 2 * MINUTE)

    assert not models.OutsideTrouble.objects.exists()


@pytest.mark.parametrize(
    ("told", "status", "headers", "why"),
    [
        (b"", 302, {"Location": "http://127.0.0.1:1/"}, "it answered with status 302"),
        (b"<p>", 200, {}, "its answer is not JSON"),
        (b"[" * 70_000, 200, {}, "more than 65536 bytes"),
        (b"[" * 60_000, 200, {}, "its answer is not JSON"),
        ([], 200, {}, "neither pass, hold nor refuse"),
        ({"answer": ["pass"]}, 200, {}, "neither pass, hold nor refuse"),
        ({"answer": "maybe"}, 200, {}, "neither pass, hold nor refuse"),
        ({"answer": "refuse"}, 200, {}, "without a house rule from 1 to 9"),
        ({"answer": "refuse", "rule": True}, 200, {}, "without a house rule from 1 to 9"),
        ({"answer": "refuse", "rule": 10}, 200, {}, "without a house rule from 1 to 9"),
    ],
)
def test_an_answer_that_is_none_is_silence(
    story, masthead, service, hook, told, status, headers, why
):
    says(service, told, status, **headers)
    row = a_comment(story, masthead)

    ask()

    assert now(row) == Status.HELD
    assert why in models.OutsideTrouble.objects.get().error
    assert len(service.asked) == 1


def test_a_reason_is_cut_and_may_be_missing():
    assert read({"answer": "hold", "reason": "a" * 501}).reason == "a" * 500
    assert read({"answer": "hold", "reason": 7}).reason == ""
    assert read({"answer": "pass", "rule": 5}).rule is None
    with pytest.raises(OutsideSilent):
        read(None)


def test_a_service_that_dawdles_costs_the_time_limit_once_for_many(story, masthead, service, hook):
    hook.DATELINE_COMMENT_HOOK = replace(hook.DATELINE_COMMENT_HOOK, limit_s=2.0)
    going_on = threading.Event()
    service.answers = lambda _: (going_on.wait(60), (200, {}, b"{}"))[1]
    for _ in range(5):
        a_comment(story, masthead)

    began = time.monotonic()
    assert ask() == 5
    took = time.monotonic() - began
    going_on.set()

    assert took < 4 * 2.0  # and not five times two
    assert models.OutsideTrouble.objects.get().comments == 5


def test_an_answer_that_does_not_end_is_given_up():
    assert adapter._answer(Future(), 0.0) == "nothing came within 0 seconds"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:{}/", "127.0.0.1 is no public address"),
        ("http://[::ffff:127.0.0.1]:{}/", "is no public address"),
        ("http://localhost:{}/", "localhost is no public address"),
    ],
)
def test_an_address_of_ones_own_network_is_refused_unless_allowed(
    story, masthead, service, hook, url, why
):
    hook.DATELINE_COMMENT_HOOK = replace(
        hook.DATELINE_COMMENT_HOOK, url=url.format(service.server_port), private_allowed=False
    )
    a_comment(story, masthead)

    ask()

    assert service.asked == []
    assert why in models.OutsideTrouble.objects.get().error


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.1", False),
        ("224.0.0.1", False), ("::1", False), ("fd00::1", False), ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False), ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)  # fmt: skip
def test_what_is_public(address, public):
    assert fetch.is_public(address) is public


def test_a_name_that_is_not_known_is_silence(story, masthead, hook, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror("Name or service not known")

    a_comment(story, masthead)
    monkeypatch.setattr(fetch.socket, "getaddrinfo", unknown)

    ask()

    assert "the address of 127.0.0.1 cannot be found" in models.OutsideTrouble.objects.get().error


def test_a_service_that_is_not_there_is_silence(story, masthead, service, hook):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        hook.DATELINE_COMMENT_HOOK = replace(hook.DATELINE_COMMENT_HOOK, url=url)
        a_comment(story, masthead)

        ask()

    assert "ConnectionRefusedError" in models.OutsideTrouble.objects.get().error


def test_a_certificate_must_name_the_host(story, masthead, service, hook):
    url = f"https://127.0.0.1:{service.server_port}/"  # it speaks no TLS at all
    hook.DATELINE_COMMENT_HOOK = replace(hook.DATELINE_COMMENT_HOOK, url=url)
    a_comment(story, masthead)

    ask()

    assert "SSL" in models.OutsideTrouble.objects.get().error
    assert service.asked == []


@pytest.mark.usefixtures("hook")
def test_what_a_process_that_died_was_asking_is_asked_again(story, masthead, service):
    row = a_comment(story, masthead)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "_carry_out", killed)
        with pytest.raises(Killed):
            ask()

    assert ask() == 0  # it may still be at it
    assert outside.ask_due(at=NOON + timedelta(seconds=16)) == 1
    assert now(row) == Status.VISIBLE
    assert service.asked[0][2] == service.asked[1][2]


def test_without_a_service_nothing_waits_and_nothing_is_asked(story, masthead, settings, hook):
    row = a_comment(story, masthead)
    settings.DATELINE_COMMENT_HOOK = None

    assert ask() == 0
    assert (now(row), now(a_comment(story, masthead))) == (Status.HELD, Status.VISIBLE)
    assert str(models.OutsideAsk.objects.get()) == f"about comment {row.pk}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("hook")
def test_no_transaction_is_open_while_it_is_asked(story, masthead, monkeypatch):
    seen, really = [], adapter.ask

    def watched(*given, **named):
        seen.append(connection.in_atomic_block)
        return really(*given, **named)

    monkeypatch.setattr(adapter, "ask", watched)
    a_comment(story, masthead)
    assert seen == []

    ask()

    assert seen == [False]


class Killed(BaseException):
    """The process ended here."""


def killed(*_, **__):
    raise Killed
