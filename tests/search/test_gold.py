"""What readers mean to find is found: the gold set, by the engine that every installation has."""

import pytest

from dateline.search.adapters.sqlite import SqliteEngine
from dateline.search.domain.index import Order
from tests.search import gold_set

RECALL, PRECISION = 0.98, 0.9


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = SqliteEngine(tmp_path_factory.mktemp("gold"))
    engine.rebuild(gold_set.documents())
    return engine


def test_the_gold_set_is_found(engine):
    recalls, precisions = [], []
    for typed, meant in gold_set.queries():
        found = gold_set.keys(engine.ask(gold_set.question(typed)))
        first = gold_set.keys(engine.ask(gold_set.question(typed, order=Order.BEST, size=10)))
        recalls.append(len(found & meant) / len(meant) if meant else 1.0)
        precisions.append(len(first & meant) / len(first) if first else float(not meant))

    assert len(recalls) >= 200
    assert sum(recalls) / len(recalls) >= RECALL
    assert sum(precisions) / len(precisions) >= PRECISION
