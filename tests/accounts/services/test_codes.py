"""Codes by mail: good once, for a quarter of an hour, in the session that asked."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from dateline.accounts.services import codes
from tests.factories.people import code_in

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_a_code_proves_the_address_it_was_sent_to_once(session):
    send(session)
    code = code_in(mail.outbox[-1])
    assert code not in str(session)

    assert codes.sent_to(session, "p") == "a@b.test"
    assert codes.check(session, "p", code, at=NOON) == "a@b.test"
    with pytest.raises(codes.CodeRefused, match="code_over"):
        codes.check(session, "p", code, at=NOON)


def test_it_is_good_for_ten_minutes(session):
    send(session)

    with pytest.raises(codes.CodeRefused, match="code_over"):
        codes.check(session, "p", code_in(mail.outbox[-1]), at=NOON + codes.LIVES)

    assert codes.sent_to(session, "p") == ""


def test_it_is_worth_nothing_for_another_purpose_or_in_another_session(session):
    send(session)
    code = code_in(mail.outbox[-1])

    for other, purpose in ((session, "q"), ({}, "p")):
        with pytest.raises(codes.CodeRefused):
            codes.check(other, purpose, code, at=NOON)


def test_three_wrong_ones_end_it(session):
    send(session)

    for reason in ("code_wrong", "code_wrong", "code_over"):
        with pytest.raises(codes.CodeRefused, match=reason):
            codes.check(session, "p", "BBBB-BBBB", at=NOON)

    with pytest.raises(codes.CodeRefused, match="code_over"):
        codes.check(session, "p", code_in(mail.outbox[-1]), at=NOON)


def send(session):
    codes.send(session, "p", "a@b.test", subject="S", text="Type {code}", at=NOON)


@pytest.fixture
def session():
    return {}
