"""Handlers that hear all waiting facts at once: fewer statements, and nobody's failure is shared."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from dateline.outbox import models, queries
from dateline.outbox import services as outbox
from dateline.outbox.domain import LEASE, Hearers, handler_path, together

pytestmark = pytest.mark.django_db(transaction=True)
HEARD = []
BROKEN = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang:
    name: ClassVar[str] = "bell.rang"
    tower: int


@together
def count(facts):
    """Count towers."""
    HEARD.append([fact.tower for fact in facts])
    if BROKEN & {fact.tower for fact in facts}:
        raise ValueError("A clapper is broken.")


def write_down(fact):
    HEARD.append(fact.tower)


LATER = {BellRang: Hearers(later=(write_down, count))}
ONLY = {BellRang: Hearers(later=(count,))}
URGENT = {BellRang: Hearers(urgent=(count,))}


@pytest.fixture(autouse=True)
def listeners(settings):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.LATER"
    HEARD.clear()
    BROKEN.clear()


def ring(*towers):
    with transaction.atomic():
        for tower in towers:
            outbox.record(BellRang(tower=tower))


def delivered():
    with CaptureQueriesContext(connection) as asked:
        count = outbox.deliver_due()
    return count, len(asked)


def test_a_handler_keeps_its_name_and_what_it_says():
    assert handler_path(count) == f"{__name__}.count"
    assert count.__doc__ == "Count towers."


def test_what_waits_is_told_at_once_in_order_and_once():
    ring(3, 1, 2)

    assert outbox.deliver_due() == 6
    assert HEARD == [3, [3, 1, 2], 1, 2]
    assert outbox.deliver_due() == 0
    assert set(models.Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_the_many_cost_no_more_statements_than_the_one(settings):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.ONLY"
    ring(0)
    one = delivered()
    ring(*range(50))
    many = delivered()

    assert (one[0], many[0]) == (1, 50)
    assert one[1] == many[1]


def test_where_one_fails_only_that_one_is_tried_again():
    BROKEN.add(1)
    ring(0, 1, 2)

    with capture_logs() as logs:
        assert outbox.deliver_due() == 5
    assert HEARD == [0, [0, 1, 2], [0], [1], [2], 1, 2]
    assert [line["event"] for line in logs] == ["told_one_by_one", "delivery_failed"]
    (failing,) = queries.status().failing
    assert (failing.handler, failing.attempts) == (f"{__name__}.count", 1)
    assert failing.last_error == "ValueError: A clapper is broken."


def test_what_another_worker_has_is_left_to_it():
    ring(0, 1)
    mine, theirs = models.Delivery.objects.filter(handler=f"{__name__}.count").order_by("pk")
    models.Delivery.objects.filter(pk=theirs.pk).update(leased_until=datetime.now(UTC) + LEASE)

    assert outbox._attempt([mine.pk, theirs.pk]) == 1
    assert outbox._attempt([mine.pk, theirs.pk]) == 0
    assert HEARD == [[0]]


def test_an_urgent_one_hears_each_fact_right_after_commit(settings):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.URGENT"
    ring(0, 1)

    assert HEARD == [[0], [1]]
    assert models.Delivery.objects.filter(done_at=None).count() == 0
