"""The worker's loops: each goes on whatever happens, and stops when told."""

import os
import signal
import threading

import pytest
from django.db import OperationalError

from dateline.project import schedule, worker
from dateline.project.models import JobRun, TickerLease
from dateline.project.worker import Loops
from tests.project.conftest import wait_until


def test_a_loop_runs_again_at_once_while_it_finds_work(loops):
    work = [1, 1, 1, 0]

    loops.add("x", 60, lambda: work.pop(0))

    wait_until(lambda: not work)


def test_a_loop_of_tasks_lets_others_go_first(loops):
    found = {}

    def look(name):
        found[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    loops.add("pages", 60, lambda: look("pages"))
    loops.add("tasks", 60, lambda: look("tasks"), nice=3)

    wait_until(lambda: len(found) == 2)
    assert found["tasks"] == min(found["pages"] + 3, 19)


@pytest.mark.parametrize("error", [OperationalError("database is locked"), ValueError("odd")])
def test_a_loop_that_fails_goes_on(loops, error, monkeypatch):
    monkeypatch.setattr(worker, "AFTER_ERROR_S", 0.01)
    tries = []

    def fail():
        tries.append(1)
        raise error

    loops.add("x", 0.01, fail)

    wait_until(lambda: len(tries) >= 3)


def test_a_loop_that_does_not_end_is_told(monkeypatch):
    monkeypatch.setattr(worker, "JOIN_S", 0.05)
    held, loops = threading.Event(), Loops()
    loops.add("x", 1, held.wait)

    loops.stop.set()
    stuck = loops.join()
    held.set()

    assert not stuck
    monkeypatch.setattr(worker, "JOIN_S", 10)
    assert loops.join()


@pytest.mark.django_db(transaction=True)
def test_it_works_until_a_signal_and_gives_the_schedule_back(monkeypatch):
    """The whole worker, in this process: its main thread is the only one that hears signals."""
    seen, before = [], signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(schedule, "LOOPS", (schedule.Loop("mine", 0.01, lambda: seen.append(1)),))
    monkeypatch.setattr(schedule, "JOBS", (schedule.Job("often", "* * * * *", lambda: None),))

    def stop_when_seen():
        wait_until(lambda: seen and JobRun.objects.exists())
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=stop_when_seen)
    watcher.start()
    try:
        assert worker.work() == 0
    finally:
        watcher.join()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, before)

    assert JobRun.objects.get().job == "often"
    assert not TickerLease.objects.exists()


def test_without_the_lease_the_schedule_rests():
    class Nobody:
        def held(self):
            return False

    ran = []
    worker._while_held(Nobody(), lambda: ran.append(1))()

    assert ran == []


@pytest.fixture
def loops():
    running = Loops()
    yield running
    running.stop.set()
    assert running.join()
