"""Which of two decisions about a story lets readers see more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.stories.domain.gate import GateFacts, Use, decide
from dateline.stories.domain.terms import Terms, as_text, differing, looser, stricter

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FREE = {
    "embargo_until": None,
    "rights_until": None,
    "licensed_mastheads": (),
    "licensed_uses": (),
    "advisory": False,
}


@pytest.mark.parametrize(
    ("standing", "wanted", "is_looser"),
    [
        ({"embargo_until": NOON}, {}, True),
        ({"embargo_until": NOON}, {"embargo_until": NOON - HOUR}, True),
        ({"embargo_until": NOON}, {"embargo_until": NOON}, False),
        ({"embargo_until": NOON}, {"embargo_until": NOON + HOUR}, False),
        ({"rights_until": NOON}, {}, True),
        ({"rights_until": NOON}, {"rights_until": NOON + HOUR}, True),
        ({"rights_until": NOON}, {"rights_until": NOON - HOUR}, False),
        ({"licensed_uses": ("web",)}, {}, True),
        ({"licensed_uses": ("web",)}, {"licensed_uses": ("feed", "web")}, True),
        ({"licensed_uses": ("feed", "web")}, {"licensed_uses": ("web",)}, False),
        ({"licensed_mastheads": ("kinako",)}, {"licensed_mastheads": ("musashi",)}, True),
        ({"advisory": True}, {}, True),
        ({}, {"advisory": True}, False),
        ({}, {"embargo_until": NOON}, False),
    ],
    ids=str,
)
def test_says_where_a_decision_lets_readers_see_more(standing, wanted, is_looser):
    before, after = Terms(**FREE | standing), Terms(**FREE | wanted)

    assert looser(after, before) == (tuple(standing) if is_looser else ())


moments = st.sampled_from([None, NOON - HOUR, NOON, NOON + HOUR])
terms = st.builds(
    Terms,
    embargo_until=moments,
    rights_until=moments,
    licensed_mastheads=st.sets(st.sampled_from(["kinako", "musashi"])).map(tuple),
    licensed_uses=st.sets(st.sampled_from(["feed", "web"])).map(tuple),
    advisory=st.booleans(),
)


@settings(max_examples=60)
@given(wanted=terms, standing=terms)
def test_the_stricter_of_two_shows_nothing_that_what_stands_does_not(wanted, standing):
    both = stricter(wanted, standing)

    assert looser(both, standing) == ()
    for at in (NOON - 2 * HOUR, NOON, NOON + 2 * HOUR):
        if not is_open(standing, at):
            assert not is_open(both, at)


@given(terms)
@settings(max_examples=30)
def test_what_a_form_has_seen_comes_back_as_it_was(standing):
    assert differing(as_text(standing), standing) == frozenset()


@pytest.mark.parametrize("seen", ["", "null", "3", "[1]", '{"embargo_until": 1}'])
def test_what_has_seen_nothing_differs_in_all(seen):
    assert differing(seen, Terms(**FREE)) == frozenset(FREE)


def is_open(terms, at):
    facts = {name: getattr(terms, name) for name in FREE}
    gate = GateFacts(live=True, placed=True, **facts)
    return decide(gate, masthead="musashi", use=Use.WEB, at=at).open
