"""Ranks sort as people would, always fit their bytes, and never tie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain import ranks

VOTES = st.integers(0, 10**7)
NUMBERS = st.integers(1, ranks.HIGHEST_NUMBER)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((1, 0), (0, 0)),
        ((10, 0), (1, 0)),
        ((100, 10), (10, 1)),
        ((10, 1), (10, 2)),
        ((600, 400), (6, 4)),
        ((1, 1), (0, 1)),
    ],
)
def test_more_and_surer_votes_lead(better, worse):
    assert ranks.best(*better, 2) < ranks.best(*worse, 1)


def test_known_values_of_the_lower_bound():
    assert ranks.wilson(0, 0) == 0
    assert ranks.wilson(1, 0) == pytest.approx(1 / (1 + ranks.Z**2))
    assert ranks.wilson(10, 1) == pytest.approx(0.73949, abs=1e-5)


@given(VOTES, VOTES, NUMBERS, NUMBERS)
def test_a_rank_has_seven_bytes_and_the_older_of_equals_leads(ups, downs, one, other):
    first, second = ranks.best(ups, downs, one), ranks.best(ups, downs, other)

    assert 0 <= ranks.wilson(ups, downs) <= 1
    assert len(first) == len(second) == len(ranks.discussed(ups, one)) == 7
    assert (first < second) == (one < other)


@given(NUMBERS, NUMBERS)
def test_age_sorts_both_ways(one, other):
    assert (ranks.oldest(one) < ranks.oldest(other)) == (one < other)
    assert (ranks.newest(one) < ranks.newest(other)) == (one > other)


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_more_below_leads(one, other):
    if one != other and min(one, other) < ranks.FRACTION:
        assert (ranks.discussed(one, 1) < ranks.discussed(other, 1)) == (one > other)
