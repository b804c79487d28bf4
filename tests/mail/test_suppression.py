"""Whom not to write to."""

import pytest

from dateline import clock
from dateline.mail import models
from dateline.mail.domain.states import Reason
from dateline.mail.queries.suppression import address_of, is_withheld, withheld_among
from dateline.mail.services import suppression
from dateline.outbox.models import FactRecord

pytestmark = pytest.mark.django_db
ANA, BEN = "Ana@example.test", "ben@example.test"


def withhold(address, scope=""):
    return suppression.suppress(
        address, scope=scope, reason=Reason.BOUNCE, source="smtp", told="550 " + "no " * 200,
        at=clock.now(),
    )  # fmt: skip


def test_what_is_withheld_altogether_is_withheld_from_every_list():
    assert withhold(ANA)
    assert not withhold("ana@EXAMPLE.test")

    assert is_withheld("ana@example.test")
    assert is_withheld(ANA, "newsletter:3")
    assert not is_withheld(BEN, "newsletter:3")
    assert withheld_among(["ana@example.test", BEN], "newsletter:3") == {"ana@example.test"}
    assert len(models.Suppression.objects.get().told) == 300


def test_who_left_one_list_gets_the_others():
    withhold(ANA, "newsletter:3")

    assert is_withheld(ANA, "newsletter:3")
    assert not is_withheld(ANA, "newsletter:4")
    assert not is_withheld(ANA)


def test_what_was_lifted_can_be_withheld_again_and_both_are_kept():
    withhold(ANA)

    assert suppression.lift(ANA, scope="", by="ana", at=clock.now())
    assert not suppression.lift(ANA, scope="", by="ana", at=clock.now())
    assert not is_withheld(ANA)
    assert withhold(ANA)
    assert [row.lifted_by for row in models.Suppression.objects.order_by("pk")] == ["ana", ""]


def test_rows_say_what_they_are():
    withhold(ANA)
    withhold(BEN, "answers")

    assert [str(row) for row in models.Suppression.objects.order_by("pk")] == [
        "Ana@example.test all mail", "ben@example.test answers",
    ]  # fmt: skip


def test_that_an_address_is_withheld_is_told_once_without_the_address():
    withhold(ANA)
    withhold(ANA)

    (fact,) = FactRecord.objects.filter(name="address.suppressed")
    assert "example.test" not in str(fact.payload)
    row = models.Suppression.objects.get()
    assert (address_of(row.pk), address_of(0)) == (ANA, "")
