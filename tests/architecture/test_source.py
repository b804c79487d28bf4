"""The rules of the house hold for the whole tree."""

import json
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture import import_rules, source_rules

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/dateline"
EVERYTHING = [ROOT / name for name in ("src", "tests", "benchmarks", "bin", "tools")]


@pytest.mark.parametrize(
    "rule",
    [
        source_rules.modules_without_docstring,
        source_rules.functions_without_docstring,
        source_rules.long_modules,
        source_rules.long_functions,
        source_rules.vague_names,
        source_rules.signal_listeners,
        source_rules.domain_touching_the_world,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_source_has_no(rule):
    assert rule(SOURCE) == []


@pytest.mark.parametrize("tree", ["tests", "benchmarks", "bin", "tools"])
def test_everything_beside_the_source_is_as_tidy(tree):
    problems = [
        *source_rules.modules_without_docstring(ROOT / tree),
        *source_rules.long_modules(ROOT / tree, limit=source_rules.TEST_LINES),
        # A drawing is one long list of shapes; everything else is cut up.
        *(source_rules.long_functions(ROOT / tree) if tree != "tools" else []),
        *source_rules.vague_names(ROOT / tree),
    ]

    assert problems == []


def test_apps_enter_only_the_public_rooms_of_others():
    assert import_rules.private_imports("dateline") == []


def test_every_silenced_rule_has_a_reason_and_they_are_few():
    assert source_rules.noqa_without_reason(EVERYTHING) == []
    assert len(source_rules.noqa_comments(EVERYTHING)) <= source_rules.NOQA_BUDGET


def test_listeners_on_the_list_still_listen():
    found = {line.split(":")[0] for line in source_rules.signal_listeners(SOURCE, allowed=set())}

    assert found == set(source_rules.SIGNAL_LISTENERS)


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_contract_ignores_an_import():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert [c["id"] for c in contracts["contracts"] if "ignore_imports" in c] == []


def test_nothing_committed_names_a_particular_machine():
    assert source_rules.machine_names(_committed(), names=_names_of_this_machine()) == []


def test_lock_files_name_public_registries_only():
    hosts = set(re.findall(r"https?://[^/\"']+", (ROOT / "uv.lock").read_text()))
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()
    addresses = {package.get("resolved", "") for package in npm} - {""}

    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}
    assert {a for a in addresses if not a.startswith("https://registry.npmjs.org/")} == set()


def _committed():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def _names_of_this_machine():
    names = {str(ROOT), str(Path.home())}
    host = socket.gethostname()
    if len(host) > 8:  # a short one ("web", "debian") is a word
        names.add(host)
    return {name for name in names if len(name) > 5}
