"""The outbox: recorded with the change, told to everyone, tried until it is heard."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction

from dateline.outbox import models, queries
from dateline.outbox import services as outbox
from dateline.outbox.domain import LEASE, Hearers

HEARD = []
TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang:
    name: ClassVar[str] = "bell.rang"
    tower: int
    at: datetime
    ringers: tuple[int, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyListens:
    name: ClassVar[str] = "nobody.listens"
    tower: int


def note(fact):
    HEARD.append(("note", fact, connection.in_atomic_block))


def write_down(fact):
    HEARD.append(("write_down", fact, connection.in_atomic_block))


def fail(fact):
    HEARD.append(("fail", fact, connection.in_atomic_block))
    raise ValueError("The clapper is broken.")


SUBSCRIPTIONS = {
    BellRang: Hearers(urgent=(note,), later=(write_down,)),
    NobodyListens: Hearers(),
}
FAILING = {BellRang: Hearers(urgent=(fail, note), later=(write_down,))}
ASKING = {BellRang: Hearers(urgent=(note,), unless=lambda fact: fact.tower == 3)}
RANG = BellRang(tower=3, at=TEN, ringers=(1, 2), until=TEN + timedelta(hours=1))


@pytest.mark.django_db
def test_refuses_to_record_outside_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match=r"bell\.rang recorded outside a transaction\. Call"):
        outbox.record(RANG)

    assert models.FactRecord.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_urgent_handlers_hear_the_very_fact_right_after_commit():
    with transaction.atomic():
        outbox.record(RANG)
        assert HEARD == []

    assert HEARD == [("note", RANG, False)]


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_concerns_nobody_is_kept_and_told_to_nobody(settings):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.ASKING"
    other = BellRang(tower=4, at=TEN)

    with transaction.atomic():
        fact_ids = [outbox.record(RANG), outbox.record(other)]

    (told,) = HEARD
    assert told == ("note", other, False)
    assert list(models.FactRecord.objects.order_by("pk").values_list("pk", flat=True)) == fact_ids
    assert models.Delivery.objects.get().fact_id == fact_ids[1]


@pytest.mark.django_db(transaction=True)
def test_the_worker_tells_the_rest_once():
    with transaction.atomic():
        fact_id = outbox.record(RANG)
    assert queries.undelivered_of(fact_id) == [f"{__name__}.write_down"]

    assert (outbox.deliver_due(), outbox.deliver_due()) == (1, 0)

    assert [name for name, _, _ in HEARD] == ["note", "write_down"]
    assert queries.undelivered_of(fact_id) == []


@transaction.atomic
def ring_and_fail():
    outbox.record(RANG)
    return 1 / 0


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_no_fact():
    with pytest.raises(ZeroDivisionError):
        ring_and_fail()

    assert (models.FactRecord.objects.count(), outbox.deliver_due(), HEARD) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
def test_the_worker_tells_urgent_ones_when_the_process_died_before_it_could():
    with transaction.atomic():
        outbox.record(RANG)
        transaction.set_rollback(False)
        connection.run_on_commit.clear()  # as a kill -9 right after COMMIT would

    assert outbox.deliver_due() == 2
    assert [name for name, _, _ in HEARD] == ["note", "write_down"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_leaves_an_urgent_one_to_whoever_has_just_committed_it(monkeypatch):
    now = at_clock(monkeypatch, TEN)
    with transaction.atomic():
        outbox.record(RANG)
        connection.run_on_commit.clear()  # it is about to tell

    assert outbox.deliver_due(head_start=timedelta(seconds=1)) == 1
    assert [name for name, _, _ in HEARD] == ["write_down"]

    now.append(TEN + timedelta(seconds=1))  # it has died instead
    assert outbox.deliver_due(head_start=timedelta(seconds=1)) == 1
    assert [name for name, _, _ in HEARD] == ["write_down", "note"]


@pytest.mark.django_db(transaction=True)
def test_telling_at_once_costs_one_statement_more(django_assert_num_queries):
    with django_assert_num_queries(5), transaction.atomic():  # BEGIN, two INSERTs, COMMIT, UPDATE
        outbox.record(RANG)

    assert models.Delivery.objects.get(urgent=True).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_a_row_and_stops_nobody_else(settings, monkeypatch):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.FAILING"
    now = at_clock(monkeypatch, TEN)
    with transaction.atomic():
        outbox.record(RANG)
    assert [name for name, _, _ in HEARD] == ["fail", "note"]
    assert outbox.deliver_due() == 1  # write_down; the failed one waits its turn

    report = queries.status()
    assert (report.facts, report.waiting, report.oldest_at) == (1, 1, TEN)
    (failing,) = report.failing
    assert (failing.attempts, failing.last_error) == (1, "ValueError: The clapper is broken.")
    assert failing.next_try_at == TEN + timedelta(seconds=5)
    assert failing.handler == f"{__name__}.fail"

    now.append(TEN + timedelta(seconds=6))
    assert outbox.deliver_due() == 0
    assert queries.status().failing[0].next_try_at == TEN + timedelta(seconds=6 + 10)


@pytest.mark.django_db(transaction=True)
def test_a_lease_keeps_two_workers_from_one_delivery_until_it_runs_out(monkeypatch):
    now = at_clock(monkeypatch, TEN)
    with transaction.atomic():
        fact_id = outbox.record(RANG)
    HEARD.clear()
    models.Delivery.objects.filter(fact_id=fact_id, done_at=None).update(leased_until=TEN + LEASE)
    (waiting,) = models.Delivery.objects.filter(done_at=None).values_list("pk", flat=True)

    assert (outbox.deliver_due(), outbox._attempt([waiting])) == (0, 0)

    now.append(TEN + LEASE + timedelta(seconds=1))
    assert outbox.deliver_due() == 1
    assert [name for name, _, _ in HEARD] == ["write_down"]


@pytest.mark.django_db(transaction=True)
def test_a_fact_nobody_hears_is_kept_all_the_same():
    with transaction.atomic():
        outbox.record(NobodyListens(tower=1))

    assert models.FactRecord.objects.get().payload == {"tower": 1}
    assert str(models.FactRecord.objects.get()).startswith("nobody.listens #")
    assert queries.status().oldest_at is None


@pytest.mark.django_db(transaction=True)
def test_delivers_no_more_than_asked_and_says_what_is_left():
    with transaction.atomic():
        for tower in range(5):
            outbox.record(BellRang(tower=tower, at=TEN))

    assert outbox.deliver_due(limit=3) == 3
    assert queries.status().waiting == 2
    assert str(models.Delivery.objects.filter(done_at=None).first()).endswith("write_down")


def at_clock(monkeypatch, moment):
    """Let the outbox see the last moment of the list that is returned."""
    moments = [moment]
    monkeypatch.setattr("dateline.clock.now", lambda: moments[-1])
    return moments


@pytest.fixture(autouse=True)
def listeners(settings):
    settings.DATELINE_SUBSCRIPTIONS = f"{__name__}.SUBSCRIPTIONS"
    HEARD.clear()
