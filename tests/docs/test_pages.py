"""The documentation points at what is there, and its records keep their form."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORDS = sorted((ROOT / "docs/decisions").glob("0*.md"))
FRONT_PAGES = sorted(ROOT.glob("*.md"))


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    assert len(RECORDS) >= 10


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_says_context_choice_cost_and_alternatives(record):
    text = record.read_text(encoding="utf-8")

    assert text.startswith(f"# {int(record.name[:4])}. ")
    assert re.search(
        r"^(Accepted|Proposed|Replaced by \[.+\]), \d{4}-\d{2}-\d{2}\.", text, re.MULTILINE
    )
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "What follows",
        "Other ways we looked at",
    ]
    follows = text.partition("## What follows")[2]
    assert "Good: " in follows
    assert "Bad: " in follows


@pytest.mark.parametrize("page", FRONT_PAGES, ids=lambda path: path.stem)
def test_links_of_the_front_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_target_of_make_that_is_named_exists():
    targets = set(
        re.findall(
            r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    pages = [*FRONT_PAGES, *(ROOT / "docs").rglob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(
            r"(?:`|^\s*(?:\$ )?)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }

    assert named - targets == set()
    assert len(targets) <= 12


def test_every_fragment_of_the_changelog_has_a_known_kind():
    kinds = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "towncrier"
    ]["fragment"]
    fragments = [path.name for path in (ROOT / "changes").glob("*.md")]

    form = rf"\d+\.({'|'.join(kinds)})(\.\d+)?\.md"  # the second number tells several of one issue
    assert [name for name in fragments if not re.fullmatch(form, name)] == []
