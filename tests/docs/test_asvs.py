"""The ASVS pages hold every requirement once, and name tests that are there."""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/reference/asvs"
LEVELS = dict(
    line.split() for line in (FOLDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
)
STATES = {"met", "partly", "not met", "not applicable"}
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for page in sorted(FOLDER.glob("*.md"))
    for line in page.read_text(encoding="utf-8").splitlines()
    if line.startswith("| V")
]


@cache
def names_in(path):
    """The names of the tests in a file of this repository."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def covered(name):
    """The requirements that a row is about: one, or all of a section or chapter."""
    return [one for one in LEVELS if one == name or one.startswith(f"{name}.")]


def test_every_requirement_has_one_row():
    rows = Counter(one for name, *_ in ROWS for one in covered(name))

    assert {one: rows[one] for one in LEVELS if rows[one] != 1} == {}
    assert [name for name, *_ in ROWS if not covered(name)] == []


def test_only_what_does_not_apply_is_told_of_many_at_once():
    many = {name: status for name, _, _, status, _ in ROWS if name not in LEVELS}

    assert set(many.values()) == {"not applicable"}


def test_a_row_tells_level_status_and_why():
    for name, level, asks, status, why in ROWS:
        assert set(level.split("/")) == {LEVELS[one] for one in covered(name)}, name
        assert asks, name
        assert why, name
        assert status in STATES, name
        assert (status == "partly") == ("Missing: " in why), name


def test_every_test_that_is_named_is_there():
    named = {found for *_, why in ROWS for found in re.findall(r"tests/[\w./]+::\w+", why)}
    lost = {
        found
        for found in named
        if found.partition("::")[2] not in names_in(found.partition("::")[0])
    }

    assert lost == set()
    assert len(named) > 100


def test_the_first_page_counts_right():
    counted = Counter(status for name, _, _, status, _ in ROWS for _ in covered(name))
    text = " ".join((FOLDER / "index.md").read_text(encoding="utf-8").split())

    assert (
        f"Of {len(LEVELS)}: {counted['met']} met, {counted['partly']} partly, "
        f"{counted['not met']} not met, {counted['not applicable']} not applicable."
    ) in text


@pytest.mark.samples
def test_the_list_is_that_of_the_standard(samples):
    told = json.loads((samples / "asvs/asvs-5.0.0-en.flat.json").read_text(encoding="utf-8"))

    assert {
        one["req_id"]: one["L"] for one in told["requirements"] if one["L"] in {"1", "2"}
    } == LEVELS
