"""Which tests run beside which: one browser and one process tree at a time, not one a worker."""

import pytest

from tests.in_turn import InTurn, group_of, pytest_xdist_make_scheduler


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


def test_tests_of_a_kind_go_to_one_worker_and_others_anywhere(monkeypatch):
    monkeypatch.setattr(InTurn, "__init__", lambda *_: None)
    scope = pytest_xdist_make_scheduler(None, None)._split_scope

    assert scope("tests/journeys/test_reading.py::test_a[1]") == "browser"
    assert scope("tests/journeys/test_thread.py::test_b") == "browser"
    assert scope("tests/web/test_feeds.py::test_c") == "tests/web/test_feeds.py::test_c"
