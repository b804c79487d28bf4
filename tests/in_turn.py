"""Who runs beside whom: browsers on one worker, whole process trees on one, anything else anywhere.

xdist's own groups are part of a test's name, which pytest 9.2 no longer lets it change: every worker
then starts a network and a browser of its own, and two cores carry them all.
"""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
IN_TURN = {"mark.journey": "browser", "mark.stack": "processes", "mark.soak": "processes"}


@cache
def group_of(file: str) -> str:
    """The kind of test that a file holds, by the marks in it; empty for those that need no turn."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return next((group for mark, group in IN_TURN.items() if mark in text), "")


class InTurn(LoadScopeScheduling):
    """xdist's scheduler, with these groups for its scopes."""

    def _split_scope(self, nodeid):
        return group_of(nodeid.partition("::")[0]) or nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Asked by xdist; one process alone needs no turns."""
    return InTurn(config, log)
