"""An index says which analyser made it, so that a change of it is not found out by readers."""

from hashlib import sha256

import pytest

from dateline.search.adapters import opensearch, postgresql, sqlite, tantivy
from dateline.search.domain import analyser, word_lists
from dateline.search.domain.analyser import VERSION, terms, version
from tests.search import engines, gold_set

ANALYSED = {1: "c8d5d4cad861a9d8"}


def test_a_change_of_the_analyser_has_a_new_version():
    words = [one for story in gold_set.documents() for d in story.documents for one in d.text]
    seen = sha256(" ".join([*words, *terms("U.S. naïve 1,000 ﬁ 京都")]).encode()).hexdigest()[:16]

    assert ANALYSED[VERSION] == seen, "Raise analyser.VERSION and note what it makes here."


def test_a_change_of_a_list_that_the_index_knows_is_a_new_version(monkeypatch):
    before = version()
    version.cache_clear()
    monkeypatch.setattr(word_lists, "SYNONYMS", "a, b")
    assert version() == before
    version.cache_clear()
    monkeypatch.setattr(word_lists, "GUARDS", "東[京都]")
    assert version() != before
    version.cache_clear()


@pytest.mark.parametrize("name", engines.NAMES)
def test_every_engine_says_which_analyser_made_its_index(name, tmp_path, monkeypatch):
    with engines.made(name, tmp_path) as engine:
        assert engine.analyser() == version()
        engine.rebuild(gold_set.documents())
        assert engine.analyser() == version()
        for module in (sqlite, tantivy, postgresql):
            monkeypatch.setattr(module, "version", lambda: 7)
        monkeypatch.setitem(opensearch.MAPPING["mappings"], "_meta", {"analyser": 7})
        assert engine.analyser() == analyser.version()
        engine.rebuild(gold_set.documents())
        assert engine.analyser() == 7


def test_an_index_of_before_is_of_no_known_version(tmp_path, monkeypatch):
    with engines.made("tantivy", tmp_path) as engine:
        engine.rebuild(gold_set.documents())
        (engine.generations.current() / tantivy.NOTED).unlink()
        assert engine.analyser() == 0
    monkeypatch.delitem(opensearch.MAPPING["mappings"], "_meta")
    with engines.made("opensearch", tmp_path) as engine:
        engine.rebuild(gold_set.documents())
        assert engine.analyser() == 0
