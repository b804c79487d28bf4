"""What a mail server's no means, by its codes."""

import pytest

from dateline.mail.domain.refusals import Refusal, refusal_of


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("550 5.1.1 <ana@example.test>: User unknown", Refusal.NOBODY),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", Refusal.HOST),
        ("550 5.2.1 Disabled", Refusal.NOBODY),
        ("552 5.2.2 Over quota", Refusal.FULL),
        ("452 4.2.2 Over quota for a day", Refusal.FULL),
        ("552 5.3.4 Message too big", Refusal.SIZE),
        ("550 5.7.26 Unauthenticated mail", Refusal.POLICY),
        ("554 5.6.0 Malformed", Refusal.POLICY),
        ("450 4.4.1 No answer from host", Refusal.HOST),
        ("550 5.5.2 Syntax", Refusal.OTHER),
        ("552 too much", Refusal.FULL),
        ("554 no thanks", Refusal.POLICY),
        ("421 try later", Refusal.HOST),
        ("550 no", Refusal.OTHER),
        ("550 your host 192.5.1.1.9 is bad", Refusal.OTHER),
        ("", Refusal.OTHER),
    ],
)
def test_an_answer_is_a_kind_of_refusal(told, why):
    assert refusal_of(told) is why
