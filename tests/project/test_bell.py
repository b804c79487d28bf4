"""Waking a thread out of a signal handler, which a threading.Event does not survive."""

import subprocess
import sys
import time

from dateline.project.processes import Bell

RUNG_ALL_THE_TIME = """
import signal
from dateline.project.processes import Bell

bell, rung = Bell(), 0

def on_signal(*_):
    global rung
    rung += 1
    bell.ring()

signal.signal(signal.SIGALRM, on_signal)
signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
while rung < 5_000:
    bell.wait(5)
signal.setitimer(signal.ITIMER_REAL, 0)
print("awake")
"""


def test_signals_may_come_at_any_moment():
    done = subprocess.run(
        [sys.executable, "-c", RUNG_ALL_THE_TIME],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, "awake\n", "")


def test_no_ring_is_waited_for_that_came_before():
    bell = Bell()
    for _ in range(70_000):  # more than a pipe holds
        bell.ring()

    began = time.monotonic()
    bell.wait(60)
    assert time.monotonic() - began < 30


def test_who_waits_for_a_silent_bell_goes_on_after_a_while():
    began = time.monotonic()
    Bell().wait(0.05)
    assert time.monotonic() - began >= 0.05
