"""Which tests run beside which: one browser and one process tree at a time, not one a worker."""

from types import SimpleNamespace

import pytest

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

    assert scope("tests/journeys/test_reading.py::test_a[1]") == "browser"
    assert scope("tests/journeys/test_thread.py::test_b") == "browser"
    assert scope("tests/web/test_feeds.py::test_c") == "tests/web/test_feeds.py"
    assert scope("tests/web/test_addresses.py::test_c") == "tests/web/test_addresses.py"


FILES = ("web/test_feeds", "web/test_addresses", "demo/test_seeding", "journeys/test_reading")


@pytest.mark.parametrize(("worker", "order"), [(True, (3, 2, 0, 1)), (False, (0, 1, 2, 3))])
def test_what_takes_longest_begins_first_where_there_are_workers(worker, order):
    items = [SimpleNamespace(nodeid=f"tests/{file}.py::test_a") for file in FILES]
    config = SimpleNamespace(**{"workerinput": {}} if worker else {})

    pytest_collection_modifyitems(config, given := list(items))

    assert given == [items[place] for place in order]


def test_every_long_file_is_there():
    assert [name for name in LONG if "/" in name and not (ROOT / name).is_file()] == []
