"""Headlines on trial: what counts, when one has won, and how often chance alone is believed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.trending.world import seeded
from dateline.trending.domain.headlines import (
    LEVEL,
    LONGEST,
    MARKS,
    Counted,
    HeadlineRefused,
    Running,
    Tally,
    by_chance,
    check,
    evidence,
    lopsided,
    mark_of,
    winner,
)
from dateline.trending.domain.views import Kind, Seen, Source

TRIALS, CLICKS = 1_000, 600
clicks = st.integers(0, 100_000)


def counted(*clicks):
    return [Counted(100_000, n) for n in clicks]


def winner_along_the_way(chances, clicks, chance):
    """Look after every click, as nobody may with an ordinary test; the first that ever wins."""
    found = [0] * len(chances)
    for headline in chance.choices(range(len(chances)), chances, k=clicks):
        found[headline] += 1
        won = winner(counted(*found), over=False)
        if won is not None:
            return won
    return winner(counted(*found), over=True)


@pytest.mark.parametrize("headlines", [2, 4])
def test_equally_good_headlines_seldom_have_a_winner_however_often_one_looks(headlines):
    chance = seeded(5)
    named = sum(
        winner_along_the_way([1] * headlines, CLICKS, chance) is not None for _ in range(TRIALS)
    )

    assert named <= LEVEL * TRIALS


def test_a_headline_that_is_followed_half_as_often_again_is_found():
    chance = seeded(6)
    won = [winner_along_the_way([1, 1, 1.5], 4_000, chance) for _ in range(100)]

    assert won.count(2) >= 95
    assert won.count(1) == 0


@given(clicks, clicks)
def test_evidence_is_the_same_from_both_sides_and_grows_with_the_distance(one, other):
    assert evidence(one, other) == pytest.approx(evidence(other, one))
    assert evidence(max(one, other) + 50, min(one, other)) > evidence(one, other) - 1e-6


@given(st.lists(clicks, min_size=2, max_size=4))
def test_who_wins_has_most_clicks_and_never_by_less_than_chance_allows(some):
    won = winner(counted(*some), over=False)

    if won is not None:
        assert some[won] == max(some)
        assert some.count(max(some)) == 1
        assert by_chance(counted(*some)) <= LEVEL + 1e-9


def test_no_clicks_say_nothing():
    assert winner(counted(0, 0, 0), over=True) is None
    assert by_chance(counted(0, 0)) == 1


def test_when_time_is_over_it_is_enough_to_be_better_than_the_storys_own():
    close = counted(100, 205, 200)

    assert winner(close, over=False) is None
    assert winner(close, over=True) == 1
    assert winner(counted(205, 100, 200), over=True) is None


def test_a_headline_seen_much_oftener_than_another_makes_the_counts_doubtful():
    assert lopsided([Counted(10_000, 5), Counted(5_000, 5)])
    assert not lopsided([Counted(10_000, 5), Counted(9_950, 5)])
    assert not lopsided([Counted(12, 5), Counted(8, 5)])  # too few to say


@pytest.mark.parametrize(
    ("others", "key"),
    [
        ([], "no_others"),
        (["", "  "], "no_others"),
        (["a", "b", "c", "d"], "many_others"),
        (["x" * (LONGEST + 1)], "long_other"),
        (["a", "a "], "same_twice"),
        (["Ferry"], "same_twice"),
    ],
)
def test_headlines_that_cannot_be_tried_are_refused(others, key):
    with pytest.raises(HeadlineRefused) as refused:
        check(("Ferry", "The ferry returns"), others)

    assert refused.value.key == key


def test_spaces_around_and_within_headlines_are_put_right():
    assert check(("Ferry",), [" It is\n back ", ""]) == ("It is back",)


# What counts.

TEST = Running(70_000, 3)
RUNNING = {(1, 7): TEST}


def seen(arm, *, visitor=1, kind=Kind.HEADLINE_SEEN, at=0.0, number=70_000, story=7):
    return Seen(at, 1, story, kind, visitor, Source.INTERNAL, mark_of(number), arm)


def clicked(arm, **rest):
    return seen(arm, kind=Kind.HEADLINE_CLICKED, **rest)


def tallied(*events):
    tally = Tally()
    tally.fold(events, RUNNING)
    return tally.of(TEST)


def test_a_visitor_counts_once_for_the_headline_they_saw_first():
    found = tallied(
        seen(1), seen(1), seen(2), clicked(2), clicked(1), clicked(1), seen(1), seen(0, visitor=2)
    )

    assert found == [(1, 0), (1, 1), (0, 0)]


def test_who_followed_what_they_were_not_shown_counts_nothing():
    assert tallied(clicked(1), seen(1), clicked(0)) == [(0, 0), (1, 0), (0, 0)]


@pytest.mark.parametrize("stray", [seen(3), seen(1, number=70_001), seen(1, story=8), seen(100)])
def test_what_is_no_part_of_a_running_test_is_passed_over(stray):
    assert tallied(stray) == [(0, 0)] * 3


def test_every_mark_fits_a_beacon():
    assert mark_of(MARKS) == 0
    assert mark_of(2 * MARKS - 1) == MARKS - 1


def test_tests_that_ended_are_forgotten():
    tally = Tally()
    tally.fold([seen(1)], RUNNING)
    tally.only([])

    assert tally.counts == {}


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 9), st.sampled_from(list(Kind)[-2:])),
        max_size=60,
    )
)
def test_nobody_follows_more_than_they_saw(told):
    found = tallied(*(seen(arm, visitor=who, kind=kind) for arm, who, kind in told))

    assert sum(one.seen for one in found) == len({w for _, w, k in told if k is Kind.HEADLINE_SEEN})
    assert all(one.clicked <= one.seen for one in found)
