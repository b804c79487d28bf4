"""The leased ticker: one worker runs the schedule, each slot runs once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from dateline import clock
from dateline.project import reaper, schedule, ticker
from dateline.project.models import JobRun, TickerLease
from dateline.project.ticker import Lease, run_due

NOW = datetime(2026, 11, 23, 9, 10, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_one_worker_has_the_lease_and_keeps_it(at):
    ours, theirs = Lease("elsewhere:1"), Lease("elsewhere:2")

    assert ours.renew()
    assert not theirs.renew()
    assert (ours.held(), theirs.held()) == (True, False)
    at(NOW + timedelta(seconds=20))
    assert ours.renew()
    at(NOW + timedelta(seconds=40))
    assert ours.held()
    assert not theirs.renew()


def test_a_lease_that_was_not_renewed_passes_on(at):
    ours, theirs = Lease("elsewhere:1"), Lease("elsewhere:2")
    ours.renew()

    at(NOW + timedelta(seconds=31))

    assert not ours.held()
    assert theirs.renew()
    assert not ours.renew()


def test_the_lease_of_a_killed_worker_of_this_machine_passes_on_at_once(at):
    host = ticker.socket.gethostname()
    Lease(f"{host}:4194305").renew()  # no process has so high a number

    assert Lease("elsewhere:2").renew()


def test_the_lease_of_a_living_worker_of_this_machine_does_not(at):
    Lease().renew()

    assert not Lease("elsewhere:2").renew()


def test_a_lease_is_given_back(at):
    ours = Lease("elsewhere:1")
    ours.renew()

    ours.release()

    assert not ours.held()
    assert Lease("elsewhere:2").renew()


def test_names_say_what_they_are(at):
    Lease("elsewhere:1").renew()
    run_due("prune", "* * * * *", lambda: None)

    assert str(TickerLease.objects.get()) == "ticker held by elsewhere:1"
    assert str(JobRun.objects.get()) == "prune of 2026-11-23T09:10:00+00:00"


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_ask_at_the_same_moment_do_not_both_get_it():
    barrier, got = threading.Barrier(4), []

    def ask(name):
        barrier.wait()
        got.append(Lease(f"elsewhere:{name}").renew())
        ticker.transaction.get_connection().close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got.count(True) == 1


def test_a_slot_runs_once_and_the_next_one_again(at):
    runs = []
    assert run_due("x", "*/5 * * * *", lambda: runs.append(1))
    assert not run_due("x", "*/5 * * * *", lambda: runs.append(1))
    at(NOW + timedelta(minutes=5))
    assert run_due("x", "*/5 * * * *", lambda: runs.append(1))

    slots = [run.slot.minute for run in JobRun.objects.order_by("slot")]
    assert (len(runs), slots) == (2, [10, 15])


def test_slots_that_were_missed_are_one_run(at):
    runs = []
    run_due("x", "0 * * * *", lambda: runs.append(1))
    at(NOW + timedelta(hours=7))

    run_due("x", "0 * * * *", lambda: runs.append(1))

    assert len(runs) == 2


def test_a_slot_that_begins_now_is_due(at):
    at(NOW.replace(second=0))

    run_due("x", "* * * * *", lambda: None)

    assert JobRun.objects.get().slot == NOW.replace(second=0)


def test_a_job_that_fails_says_so_and_stops_nothing(at):
    def fail():
        raise ValueError("no disk")

    assert run_due("x", "* * * * *", fail)

    run = JobRun.objects.get()
    assert (run.error, run.finished_at) == ("ValueError: no disk", NOW)


def test_old_slots_are_forgotten(at):
    run_due("x", "* * * * *", lambda: None)
    at(NOW + timedelta(days=15))
    run_due("x", "* * * * *", lambda: None)

    assert ticker.prune() == 1
    assert JobRun.objects.count() == 1


def test_the_schedule_names_what_must_happen_by_itself():
    pauses = {loop.name: loop.every_s for loop in schedule.LOOPS}
    assert pauses["outbox"] <= 1 >= pauses["intake"]
    assert pauses["publish-due"] <= 15
    assert reaper.reap in {job.run for job in schedule.JOBS}
    for job in schedule.JOBS:
        assert next(ticker.CronSim(job.cron, NOW)) > NOW


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def _at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    _at(NOW)
    return _at
