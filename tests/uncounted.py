"""Tests that run without coverage: other tests reach every line and branch that they reach.

Counting more than doubles the time of a test. Those of `uncounted.txt` (a file, or a folder) are run
by workers that count nothing from then on, for what a process keeps of the first call is kept after
an uncounted one too. The gate stays where it is: what is counted must reach 100 % alone. Where it
does not, a counted test of that line is missing.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage

LISTED = tuple(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split())
FOLDERS = tuple(f"{name}/" for name in LISTED)
OF_CHILDREN = "COV"  # how the variables begin that let a child process count, too


def is_uncounted(nodeid: str) -> bool:
    """Whether the list has a test's file, or a folder that it is in."""
    file = nodeid.partition("::")[0]
    return file in LISTED or file.startswith(FOLDERS)


class Counting:
    """Coverage of this process and of those that it starts, which may be off for a while."""

    def __init__(self):
        self.stopped, self.variables = [], {}

    def stop(self):
        """End every coverage that runs: a worker's own runs within that of a child process."""
        if self.stopped:
            return
        while counting := Coverage.current():
            counting.stop()
            self.stopped.append(counting)
        if self.stopped:
            self.variables = {n: v for n, v in os.environ.items() if n.startswith(OF_CHILDREN)}
        for name in self.variables:
            del os.environ[name]

    def go_on(self):
        os.environ.update(self.variables)
        self.variables = {}
        while self.stopped:
            self.stopped.pop().start()


COUNTING = Counting()


@contextmanager
def not_counted():
    """For what a run leaves out where it is kept from the last one."""
    was_off = bool(COUNTING.stopped)
    COUNTING.stop()
    try:
        yield
    finally:
        if not was_off:
            COUNTING.go_on()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """Before anything of a test is made."""
    if is_uncounted(item.nodeid):
        COUNTING.stop()
    else:
        COUNTING.go_on()
