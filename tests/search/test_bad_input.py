"""Whatever is typed, every engine answers within its bounds, and all of them find the same."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.search.domain.index import Order
from dateline.search.domain.query import MOST_CLAUSES, parse
from tests.search import engines, gold_set
from tests.search.gold_set import question

SIGNS = ['"', "(", ")", "*", "-", ":", "~", "^", "\\", "'", "&", "|", "!", "<->", "¬", "·", "¶",
         "\x00", "\u202e", "\u200d", "\ud800", "🚢", "「", "OR", "NEAR", "title:", "by:", "from:",
         "until:9999-12-31", "section:x", "船", "京都", "ferry", "1,000", "U.S.", " "]  # fmt: skip
TYPED = st.one_of(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join), st.text(max_size=300))
LONG = "a" * 10_000
HARD = [LONG, "船" * 10_000, "🚢" * 500, "\u202eferry", '"open', "*" * 4, "(" * 500 + "ferry",
        " OR ".join(f"word{n}" for n in range(500)), "-" * 300, "\x00\x01ferry\x7f", "' OR 1=1 --",
        "((ferry) (boat))", "title:" * 60, " ".join("船橋町市区"), "\ud800"]  # fmt: skip


@pytest.fixture(scope="module", params=engines.NAMES)
def engine(request, tmp_path_factory):
    with engines.made(request.param, tmp_path_factory.mktemp("index")) as made:
        made.rebuild(gold_set.documents())
        yield made


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    with engines.made("sqlite", tmp_path_factory.mktemp("reference")) as made:
        made.rebuild(gold_set.documents())
        yield made


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TYPED)
@example('title:"\\')
def test_every_engine_answers_whatever_is_typed_and_finds_the_same(engine, reference, typed):
    asked = question(typed)

    hits = gold_set.keys(engine.ask(asked))
    engine.ask(question(typed, order=Order.BEST))

    assert hits == gold_set.keys(reference.ask(asked))


@pytest.mark.parametrize("typed", [pytest.param(one, id=str(at)) for at, one in enumerate(HARD)])
def test_every_engine_answers_what_is_hard(engine, typed):
    for order in Order:
        engine.ask(question(typed, order=order))


@given(st.one_of(TYPED, st.sampled_from(HARD)))
def test_a_query_is_bounded(typed):
    query = parse(typed)

    assert len(query.all_of) + len(query.none_of) <= MOST_CLAUSES
    assert sum(len(one.terms) for one in query.phrases()) <= 4_000
