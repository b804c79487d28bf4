"""The one page that says who hears what: nothing that can happen is missing from it."""

import importlib
import pkgutil
from dataclasses import is_dataclass

import dateline
from dateline.outbox.domain import handler_path
from dateline.project.subscriptions import SUBSCRIPTIONS


def test_every_fact_has_its_line():
    assert every_fact() == set(SUBSCRIPTIONS)


def test_no_two_facts_share_a_name():
    names = [fact.name for fact in every_fact()]

    assert len(names) == len(set(names))


def test_every_handler_can_be_found_again_by_its_name():
    for hearers in SUBSCRIPTIONS.values():
        for handler in (*hearers.urgent, *hearers.later):
            module, _, name = handler_path(handler).rpartition(".")
            assert getattr(importlib.import_module(module), name) is handler


def every_fact():
    """Every fact class of every room."""
    rooms = (m.name for m in pkgutil.iter_modules(dateline.__path__) if m.ispkg)
    modules = (f"dateline.{room}.events" for room in rooms)
    found = [importlib.import_module(m) for m in modules if importlib.util.find_spec(m)]
    return {
        value
        for module in found
        for value in vars(module).values()
        if is_dataclass(value) and value.__module__ == module.__name__
    }
