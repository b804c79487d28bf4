"""Mails from a real mailbox: each once, whoever it is from, and none marked or moved."""

from contextlib import closing
from itertools import islice

import pytest

from dateline.wire.adapters.pickups import mailbox as adapter
from dateline.wire.domain.pickups import Away, Kind, Place, parts_of
from tests import post_office
from tests.wire.pickups.servers import Mailboxes
from tests.wire.pickups.slow import Imap, Slow

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not post_office.is_here(), reason="Dovecot is not here"),
]
MAIL = (
    b"Authentication-Results: mx.paper.example; dmarc=pass\r\n"
    b"From: desk@kna.example\r\nSubject: %s\r\n\r\nThe ferry is back.\r\n"
)


@pytest.fixture(scope="module")
def boxes():
    made = Mailboxes()
    yield made
    made.stop()


@pytest.fixture
def visit(boxes, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(boxes.certificate))
    usual = {"senders": ["desk@kna.example"], "checked_by": "mx.paper.example"}

    def look(
        cursor=None, *, path="INBOX", user=boxes.user, secret=boxes.password, port=boxes.port,
        into=None, asked_for=None,
    ):  # fmt: skip
        address = f"imaps://127.0.0.1:{port}/{path}"
        place = Place(
            kind=Kind.IMAP, parts=parts_of(Kind.IMAP, address), user=user, secret=secret,
            options=usual, private_allowed=True,
        )  # fmt: skip
        came = [] if into is None else into
        came.clear()
        with closing(adapter.mails(place, cursor or {})) as coming:
            came.extend(islice(coming, asked_for))
        return came

    return look


def test_mails_come_once_in_their_order_as_they_lie_there(boxes, visit):
    for subject in (b"One", b"Two"):
        boxes.put(MAIL % subject)
    first = visit()
    boxes.put(MAIL.replace(b"dmarc=pass", b"dmarc=fail") % b"Three")
    second = visit(first[-1].cursor)

    assert [one.data for one in first] == [MAIL % b"One", MAIL % b"Two"]
    assert [one.refusal for one in first] == ["", ""]
    assert first[0].name.startswith("INBOX-")
    assert first[0].name.endswith("-1.eml")
    assert [b"Three" in one.data for one in second] == [True]
    assert "no dmarc=pass" in second[0].refusal
    assert visit(second[-1].cursor) == []
    again = visit({"validity": 1, "uid": 9})  # of a mailbox that is no more
    assert len(again) == 3


def test_a_mail_that_is_too_large_is_told_while_it_lies_there(boxes, visit, monkeypatch):
    monkeypatch.setattr(adapter, "LARGEST", 100)
    came = visit()

    assert {one.data for one in came} == {None}
    assert came[0].refusal.startswith("Mail 1 has 0 MB")
    again = visit(came[-1].cursor)
    assert [one.refusal for one in again] == [one.refusal for one in came]
    monkeypatch.setattr(adapter, "_size", lambda *_: None)  # somebody took them away
    assert visit(again[-1].cursor)[-1].cursor["left"] == []


def test_a_server_that_drips_is_given_up_after_a_while(boxes, visit, monkeypatch):
    monkeypatch.setattr(adapter, "VISIT_S", 0.3)

    for begins, context in [
        (b"\x16\x03\x03\x40\x00", None),
        (b"", boxes.context),
        (b"* OK here\r\n", boxes.context),
    ]:
        slow, over = Slow(begins, context=context), r"took longer than 0\.3 seconds"
        with slow, pytest.raises(Away, match=over):
            visit(port=slow.port)


WHOLE = b"* 1 FETCH (BODY[] {%d}\r\n" % len(MAIL) + MAIL + b")\r\nTAG OK done\r\n"


def test_a_mail_that_is_not_given_keeps_no_other_waiting_and_is_asked_for_again(boxes, visit):
    bodies = {1: WHOLE, 2: b"TAG NO [LIMIT] not now\r\n", 3: WHOLE}
    with Imap(boxes.context, bodies) as server:
        first = visit(port=server.port)
        bodies[2] = WHOLE
        second = visit(first[-1].cursor, port=server.port)

    assert [one.data for one in first] == [MAIL, None, MAIL]
    assert "said of mail 2: [LIMIT] not now." in first[1].refusal
    assert [one.data for one in second] == [MAIL]
    assert second[0].cursor == {"validity": 7, "uid": 3, "left": []}


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (BODY[] {9000000000}\r\n",
        b"* 1 FETCH (BODY[] {5000}\r\nxxxxx",
        b"* 1 FETCH (BODY[] {900}\r\n" + b"x" * 900 + b" {900}\r\n",
    ],
    ids=["without an end", "longer than announced", "twice"],
)
def test_a_mail_that_is_larger_than_a_mail_may_be_is_not_read(boxes, visit, monkeypatch, answer):
    monkeypatch.setattr(adapter, "MOST_BYTES", 1000)
    came = []
    with Imap(boxes.context, {1: answer, 2: WHOLE}) as server:
        with pytest.raises(Away, match="its answer is larger than 0 MB"):
            visit(port=server.port, into=came)
        [one] = came
        second = visit(one.cursor, port=server.port, into=came, asked_for=1)

    assert "said of mail 1: " in one.refusal
    assert "its answer is larger than" in one.refusal
    assert second[0].data == MAIL


def test_a_server_that_does_not_come_to_the_point_is_given_up(boxes, visit, monkeypatch):
    monkeypatch.setattr(adapter, "MOST_BYTES", 1000)

    server = Imap(boxes.context, {1: b"* 5 EXPUNGE\r\n" * 200})
    with server, pytest.raises(Away, match="its answer is larger than"):
        visit(port=server.port)


def test_a_mailbox_of_which_nothing_can_be_had_is_not_passed_over(boxes, visit, monkeypatch):
    monkeypatch.setattr(adapter, "MOST_LEFT", 2)
    came = []

    server = Imap(boxes.context, dict.fromkeys(range(1, 5), b"TAG NO not now\r\n"))
    with server, pytest.raises(Away, match="More than 2 mails cannot be had"):
        visit(port=server.port, into=came)
    assert came[-1].cursor == {"validity": 7, "uid": 2, "left": [1, 2]}


def test_a_mail_that_is_taken_away_meanwhile_is_passed_over(visit, monkeypatch):
    monkeypatch.setattr(adapter, "_body", lambda *_: None)
    assert {one.data for one in visit()} == {None}
    monkeypatch.setattr(adapter, "_size", lambda *_: None)
    assert {(one.data, one.refusal) for one in visit()} == {(None, "")}


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"secret": "wrong"}, "Authentication failed"),
        ({"path": 'No "such" box'}, "127.0.0.1 said"),
    ],
)
def test_a_mailbox_that_does_not_open_is_told_in_a_sentence(visit, how, problem):
    with pytest.raises(Away, match=problem):
        visit(**how)


def test_a_certificate_of_somebody_else_is_refused(visit, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(Away, match="certificate verify failed"):
        visit()


def test_this_machine_is_not_asked_where_only_public_addresses_may_be(boxes):
    parts = parts_of(Kind.IMAP, f"imaps://127.0.0.1:{boxes.port}/INBOX")

    with pytest.raises(Away, match="no public address"):
        list(adapter.mails(Place(kind=Kind.IMAP, parts=parts), {}))


@pytest.mark.parametrize("said", [[None], [b"x"], []])
def test_a_mailbox_that_does_not_number_its_mails_is_refused(visit, monkeypatch, said):
    monkeypatch.setattr(adapter._Pinned, "response", lambda *_: ("UIDVALIDITY", said))

    with pytest.raises(Away, match="how its mails are numbered"):
        visit()


def test_the_number_of_what_is_not_there_is_none(visit, monkeypatch):
    """A server may answer with other lines than the one that was asked for."""

    class Other:
        def uid(self, *_):
            return "OK", [None, b"3 (FLAGS ())"]

    assert adapter._size(Other(), 3) is None
    assert adapter._body(Other(), 3) is None
