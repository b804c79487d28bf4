"""Mails from a real mailbox: each once, whoever it is from, and none marked or moved."""

import pytest

from dateline.wire.adapters.pickups import mailbox as adapter
from dateline.wire.domain.pickups import Away, Kind, Place, parts_of
from tests import post_office
from tests.wire.pickups.servers import Mailboxes

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

    def look(cursor=None, *, path="INBOX", user=boxes.user, secret=boxes.password, port=boxes.port):
        address = f"imaps://127.0.0.1:{port}/{path}"
        place = Place(
            kind=Kind.IMAP, parts=parts_of(Kind.IMAP, address), user=user, secret=secret,
            options=usual, private_allowed=True,
        )  # fmt: skip
        return list(adapter.mails(place, cursor or {}))

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


def test_a_mail_that_is_too_large_is_told_and_the_next_one_comes(boxes, visit, monkeypatch):
    monkeypatch.setattr(adapter, "LARGEST", 100)
    came = visit()

    assert {one.data for one in came} == {None}
    assert came[0].refusal.startswith("Mail 1 has 0 MB")


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
