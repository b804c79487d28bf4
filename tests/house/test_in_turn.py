"""Which tests run beside which: one browser and one process tree at a time, not one a worker."""

from types import SimpleNamespace

import pytest
from xdist.remote import Producer

from tests.in_turn import (
    LONG,
    ROOT,
    InTurn,
    group_of,
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("tests/journeys/test_reading.py", "browser"),
        ("tests/project/test_serve.py", "processes"),
        ("tests/campaigns/test_crashes.py", "processes"),
        ("tests/web/test_feeds.py", ""),
    ],
)
def test_a_file_belongs_where_its_marks_say(file, group):
    assert group_of(file) == group


def test_tests_of_a_kind_go_to_one_worker_and_other_files_anywhere(monkeypatch):
    monkeypatch.setattr(InTurn, "__init__", lambda *_: None)
    scope = pytest_xdist_make_scheduler(None, None)._split_scope

    assert scope("tests/journeys/test_reading.py::test_a[1]") == "uncounted browser"
    assert scope("tests/journeys/test_thread.py::test_b") == "uncounted browser"
    assert scope("tests/web/test_in_browser.py::test_b") == "browser"
    assert scope("tests/web/test_feeds.py::test_c") == "tests/web/test_feeds.py"
    assert scope("tests/web/test_addresses.py::test_c") == "tests/web/test_addresses.py"


class Worker:
    """As much of an xdist worker as its scheduler asks for."""

    def __init__(self):
        self.given, self.shutting_down = [], False
        self.gateway = SimpleNamespace(id="gw")

    def send_runtest_some(self, places):
        self.given += places

    def shutdown(self):
        assert not self.shutting_down
        self.shutting_down = True


def scheduler(workers):
    """A scheduler that has given its workers of five tests, the first and the last uncounted."""
    web = ("web/test_feeds", "web/test_addresses", "web/test_front")
    files = ("journeys/test_reading", *web, "docs/test_pages")
    tests = [f"tests/{file}.py::test_a" for file in files]
    config = SimpleNamespace(
        option=SimpleNamespace(loadscopereorder=True, verbose=0),
        getvalue=lambda _: ["popen"] * workers,
    )
    made = InTurn(config, Producer("scheduler", enabled=False))
    all_workers = [Worker() for _ in range(workers)]
    for worker in all_workers:
        made.add_node(worker)
    for worker in all_workers:
        made.add_node_collection(worker, tests)
    made.schedule()
    return made, all_workers


def test_a_worker_that_has_stopped_counting_is_given_nothing_that_counts():
    made, (first, second) = scheduler(workers=2)
    assert (first.given, second.given) == ([0, 4], [1, 2])

    made.mark_test_complete(first, 0)
    made.mark_test_complete(first, 4)
    assert (first.given, first.shutting_down) == ([0, 4], True)

    made.mark_test_complete(second, 1)
    assert second.given == [1, 2, 3]


def test_one_worker_alone_runs_every_test_those_that_count_first():
    made, (only,) = scheduler(workers=1)

    for place in (1, 2, 3, 0, 4):
        made.mark_test_complete(only, place)

    assert only.given == [1, 2, 3, 0, 4]
    assert not made.workqueue


FILES = (
    "docs/test_pages", "web/test_feeds", "web/test_addresses", "demo/test_seeding",
    "campaigns/test_talk", "journeys/test_reading",
)  # fmt: skip


@pytest.mark.parametrize(
    ("worker", "order"), [(True, (5, 3, 1, 2, 4, 0)), (False, (0, 1, 2, 3, 4, 5))]
)
def test_what_takes_longest_begins_first_where_there_are_workers(worker, order):
    items = [SimpleNamespace(nodeid=f"tests/{file}.py::test_a") for file in FILES]
    config = SimpleNamespace(**{"workerinput": {}} if worker else {})

    pytest_collection_modifyitems(config, given := list(items))

    assert given == [items[place] for place in order]


def test_every_long_file_is_there():
    assert [name for name in LONG if "/" in name and not (ROOT / name).is_file()] == []
