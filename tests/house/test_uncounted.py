"""Tests without coverage: which they are, and what is switched off for them and on again."""

import os
import sys
from types import SimpleNamespace

import pytest
from coverage import Coverage, CoverageData

from tests import uncounted
from tests.in_turn import ROOT
from tests.uncounted import LISTED, Counting, is_uncounted
from tools.find_uncounted import arcs_by_file, not_needed, seconds_by_file


def test_everything_that_is_listed_is_there():
    assert [name for name in LISTED if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("nodeid", "answer"),
    [
        ("tests/house/test_uncounted.py::test_a", True),
        ("tests/house_of_others.py::test_a[tests/house/]", False),
        ("tests/project/test_saved_databases.py::test_a", True),
        ("tests/project/test_serve.py::test_a", False),
    ],
)
def test_a_test_is_uncounted_by_its_file_or_folder(nodeid, answer):
    assert is_uncounted(nodeid) is answer


def test_nothing_is_counted_from_a_stop_until_it_goes_on(monkeypatch, tmp_path):
    monkeypatch.setenv("COVERAGE_OF_A_CHILD", "1")
    counting, coverage = Counting(), Coverage(data_file=None)
    within = Coverage(data_file=None)
    coverage.start()
    within.start()
    try:
        begun = sys.gettrace()
        counting.stop()
        counting.stop()
        assert (sys.gettrace(), "COVERAGE_OF_A_CHILD" in os.environ) == (None, False)
        counting.go_on()
        counting.go_on()
        assert (type(sys.gettrace()), os.environ["COVERAGE_OF_A_CHILD"]) == (type(begun), "1")
        assert Coverage.current() is within
    finally:
        within.stop()
        coverage.stop()


def test_where_nothing_counts_nothing_is_stopped(monkeypatch):
    monkeypatch.setattr(uncounted.Coverage, "current", lambda: None)
    counting = Counting()

    counting.stop()
    counting.go_on()

    assert counting.stopped == []


def test_what_is_left_out_for_a_while_is_counted_again_unless_it_was_not(monkeypatch):
    said = []
    counting = SimpleNamespace(
        stopped=None, stop=lambda: said.append("stop"), go_on=lambda: said.append("go on")
    )
    monkeypatch.setattr(uncounted, "COUNTING", counting)

    with uncounted.not_counted():
        assert said == ["stop"]
    assert said == ["stop", "go on"]

    counting.stopped = True
    with uncounted.not_counted():
        pass
    assert said == ["stop", "go on", "stop"]


A, B, C = (1, -1, 2), (1, 2, 3), (2, -1, 1)


@pytest.mark.parametrize(
    ("reached", "found"),
    [
        ({"dear": {A, B}, "cheap": {A, B}}, ["dear"]),
        ({"dear": {A, B}, "cheap": {A}}, ["cheap"]),
        ({"dear": {A}, "cheap": {B}}, []),
        ({"dear": {A, B}, "cheap": {A}, "free": {B, C}}, ["dear"]),
        ({"dear": set(), "cheap": {A}}, ["dear"]),
    ],
)
def test_all_files_that_are_found_can_go_at_once(reached, found):
    assert not_needed(reached, {"dear": 9.0, "cheap": 1.0}) == found


def test_what_each_file_reached_is_read_without_what_imports_reach(tmp_path):
    measured = CoverageData(str(tmp_path / "measured"))
    for context, arcs in {"": [(-1, 1)], "tests/a.py": [(-1, 1), (1, 2)]}.items():
        measured.set_context(context)
        measured.add_arcs({"source.py": arcs})
    measured.close()

    assert arcs_by_file(str(tmp_path / "measured")) == {"tests/a.py": {(1, 1, 2)}}


def test_the_time_of_a_file_is_that_of_its_tests(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    cases = [("tests.test_ids", 1), ("tests.test_ids.TestOne", 2), ("tests.nowhere", 4)]
    lines = "".join(f'<testcase classname="{name}" time="{s}.5"/>' for name, s in cases)
    (tmp_path / "times.xml").write_text(f"<suite>{lines}</suite>")

    assert seconds_by_file(tmp_path / "times.xml") == {"tests/test_ids.py": 4.0}
