"""Say which files of tests reach no line or branch that the others do not reach, dearest first.

Run every test with this as a plug-in, which keeps apart what each file reaches; then ask:

    OPTIONS="--numprocesses=3 --dist=loadgroup --cov --cov-report= --junitxml=.cache/times.xml"
    .venv/bin/python -m pytest -p tools.find_uncounted $OPTIONS
    .venv/bin/python -m tools.find_uncounted .coverage .cache/times.xml

What it prints may stand in tests/uncounted.txt, all of it together. Those that stand there already
were not counted and are not looked at.
"""

import sqlite3
import sys
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from coverage import Coverage
from lxml import etree

Arc = tuple[int, int, int]  # a source's number, from line, to line
ASK = "SELECT context, file_id, fromno, tono FROM arc JOIN context ON context.id = context_id"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Let coverage know which file's tests it watches."""
    if counting := Coverage.current():
        counting.switch_context(item.nodeid.partition("::")[0])


def main(measured: str, times: str) -> None:
    """Print seconds and name of each file that could go, and how much it is of the whole."""
    reached, seconds = arcs_by_file(measured), seconds_by_file(times)
    found = not_needed(reached, seconds)
    for file in found:
        print(f"{seconds[file]:8.1f}  {file}")
    gone, whole = (sum(seconds[file] for file in files) for files in (found, reached))
    print(f"{gone:8.1f}  of {whole:.0f} seconds, {len(found)} of {len(reached)} files")


def not_needed(reached: dict[str, set[Arc]], seconds: dict[str, float]) -> list[str]:
    """The files that can all go at once, where the dearest goes first."""
    times = Counter(arc for arcs in reached.values() for arc in arcs)
    found = []
    for file in sorted(reached, key=lambda file: -seconds.get(file, 0.0)):
        if all(times[arc] > 1 for arc in reached[file]):
            times.subtract(reached[file])
            found.append(file)
    return found


def arcs_by_file(measured: str) -> dict[str, set[Arc]]:
    """What each file of tests reached; what came without a test, as imports do, is nobody's."""
    reached: dict[str, set[Arc]] = defaultdict(set)
    with closing(sqlite3.connect(measured)) as database:
        for file, *arc in database.execute(ASK):
            reached[file].add(tuple(arc))
    free = reached.pop("", set())
    return {file: arcs - free for file, arcs in reached.items()}


def seconds_by_file(times: str) -> dict[str, float]:
    """How long the tests of each file took, with what was made for them."""
    seconds: dict[str, float] = defaultdict(float)
    for case in etree.parse(times).iter("testcase"):
        parts = case.get("classname", "").split(".")
        while parts and not (file := Path(*parts).with_suffix(".py")).is_file():
            parts.pop()
        if parts:
            seconds[file.as_posix()] += float(case.get("time", "0"))
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
