"""The reference pages that are written from the code leave nothing out."""

import dataclasses
import importlib.util
import re
from pathlib import Path

import pytest

from dateline.outbox.domain import Hearers
from dateline.project.config import Config
from dateline.project.subscriptions import SUBSCRIPTIONS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/dateline"


def test_every_fact_has_a_meaning_its_fields_and_its_hearers(reference):
    page = reference.events_page()
    facts = list(reference.facts())

    assert len(facts) >= 10
    assert len({fact.name for fact in facts}) == len(facts)
    for fact in facts:
        section = page.partition(f"## {fact.name}\n")[2].partition("\n## ")[0]
        assert fact.__doc__.split("\n")[0] in section
        assert all(f"| `{field.name}` |" in section for field in dataclasses.fields(fact))
        hearers = SUBSCRIPTIONS.get(fact, Hearers())
        assert ("Nobody hears it yet." in section) == (hearers == Hearers())


def test_hearers_stand_in_their_order(reference):
    page = reference.events_page()

    for fact, hearers in SUBSCRIPTIONS.items():
        section = page.partition(f"## {fact.name}\n")[2].partition("\n## ")[0]
        for lane in (hearers.urgent, hearers.later):
            names = [f"{h.__module__}.{h.__name__}".removeprefix("dateline.") for h in lane]
            assert "\n".join(f"1. `{name}`" for name in names) in section


def test_every_setting_is_listed_with_its_meaning(reference):
    page = reference.settings_page()

    for variable, name in Config.names().items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{variable}` |"))
        assert Config.model_fields[name].description.split("|")[0].strip() in line


def test_every_error_number_in_the_code_is_listed_with_words(reference):
    page = reference.errors_page()
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    numbers = set(re.findall(r"\"dateline\.([EW]\d{3})", code))

    listed = dict(re.findall(r"^\| `dateline\.([EW]\d{3})` \| (.*) \|$", page, re.MULTILINE))
    assert numbers - set(listed) == set()
    assert [number for number, words in listed.items() if len(words) < 20] == []


def test_every_command_is_listed(reference):
    page = reference.commands_page()
    commands = {p.stem for p in SOURCE.glob("*/management/commands/[a-z]*.py")}

    assert set(re.findall(r"^## dateline (\w+)$", page, re.MULTILINE)) == commands
    assert {"serve", "check"} <= commands
    assert "usage: dateline wire inspect [-h] FILE [FILE ...]" in page
    assert "--pythonpath" not in page


def test_layers_are_those_of_the_contracts(reference):
    page = reference.layers_page()

    assert page.index("\nproject\n") < page.index("\nstories\n") < page.index("\nwire\n")
    assert "media · accounts" in page
    assert "| `dateline.*.domain` | `django`, `wagtail`" in page


@pytest.fixture(scope="session")
def reference():
    path = ROOT / "docs/_ext/generated_reference.py"
    spec = importlib.util.spec_from_file_location("generated_reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
