"""Who runs beside whom: browsers on one worker, whole process trees on one, any other file anywhere.

xdist's own groups are part of a test's name, which pytest 9.2 no longer lets it change: every worker
then starts a network and a browser of its own, and two cores carry them all.

What takes longest begins first: a worker that is given it last works alone at the end. A worker that
has run a test without coverage (see `uncounted`) is given no other kind any more.
"""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.uncounted import is_uncounted

ROOT = Path(__file__).resolve().parent.parent
IN_TURN = {"mark.journey": "browser", "mark.stack": "processes", "mark.soak": "processes"}
UNCOUNTED = "uncounted "
LONG = (
    "uncounted browser",
    "processes",
    "browser",
    "tests/demo/test_seeding.py",
    "tests/test_tables.py",
    "tests/web/test_kept_pages.py",
    "tests/discussion/queries/test_paging.py",
    "tests/web/test_polling.py",
)
LATE = ("uncounted processes",)  # among those without coverage, which come after the others


@cache
def group_of(file: str) -> str:
    """The kind of test that a file holds, by the marks in it; empty for those that need no turn."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return next((group for mark, group in IN_TURN.items() if mark in text), "")


def scope_of(nodeid: str) -> str:
    """What one worker runs from its first test to its last, so that its fixtures are made once."""
    file = nodeid.partition("::")[0]
    return UNCOUNTED * is_uncounted(file) + (group_of(file) or file)


class InTurn(LoadScopeScheduling):
    """xdist's scheduler, with these groups and files for its scopes, handed out as collected."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return scope_of(nodeid)

    def _assign_work_unit(self, node):
        self.workqueue.move_to_end(self._next(node), last=False)
        super()._assign_work_unit(node)

    def _reschedule(self, node):
        if self.workqueue and not self._next(node):
            if not node.shutting_down:
                node.shutdown()
            return
        super()._reschedule(node)

    def _next(self, node):
        """The first scope that this worker may have; None where all that is left is counted."""
        counts = not any(scope.startswith(UNCOUNTED) for scope in self.assigned_work[node])
        fit = [scope for scope in self.workqueue if counts or scope.startswith(UNCOUNTED)]
        if len(self.nodes) == 1:  # nobody else would run what is counted afterwards
            fit.sort(key=lambda scope: scope.startswith(UNCOUNTED))
        return next(iter(fit), None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Asked by xdist; one process alone needs no turns."""
    return InTurn(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Put what takes longest first, for the scheduler; one process alone keeps its order."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))


def turn_of(nodeid: str) -> int:
    """When a test is handed out: with the long ones, the counted, the late, or the uncounted."""
    scope = scope_of(nodeid)
    turns = (*LONG, "counted", *LATE, "uncounted")
    kind = "uncounted" if scope.startswith(UNCOUNTED) else "counted"
    return turns.index(scope if scope in turns else kind)
