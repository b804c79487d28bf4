"""Which lists a change reaches: those whose membership or order it changed, and no other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.domain.shown import Place, Reach, Shown, reach

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
WORLD = Place(1, 7, "ferry", None, TEN)
PUBLIC = Shown(("Ferry",), ("", ""), (WORLD,))
NOWHERE = Shown((), (), ())

places = st.builds(
    Place, st.integers(1, 2), st.integers(7, 8), st.sampled_from("ab"),
    st.sampled_from([None, 1]), st.just(TEN),
)  # fmt: skip
shown = st.builds(
    Shown,
    st.tuples(st.sampled_from("xy")),
    st.tuples(st.sampled_from("vw")),
    st.lists(places, max_size=2, unique_by=lambda place: place.masthead_id).map(tuple),
)


def test_nothing_that_lists_show_moves_nothing():
    assert changed(PUBLIC, PUBLIC) == Reach(card=False, lists=(), closed=False)


def test_other_words_reach_the_card_alone():
    after = replace(PUBLIC, card=("Ferry late",))

    assert changed(PUBLIC, after) == Reach(card=True, lists=(), closed=False)


@pytest.mark.parametrize("top", [True, False])
def test_a_story_that_enters_reaches_its_section_and_front_as_far_up_as_it_lands(top):
    found = changed(NOWHERE, PUBLIC, top=top)

    assert found == Reach(card=False, lists=((1, 7, top), (1, None, top)), closed=False)


def test_a_story_that_leaves_reaches_the_pages_after_it_and_closes():
    assert changed(PUBLIC, NOWHERE) == Reach(card=True, lists=((1, 7, False),), closed=True)


def test_another_section_is_left_and_entered_and_the_front_stays_in_order():
    after = replace(PUBLIC, places=(replace(WORLD, section_id=8),))

    assert changed(PUBLIC, after).lists == ((1, 7, False), (1, 8, True))


@pytest.mark.parametrize(("rank", "was", "top"), [(1, None, True), (None, 1, False)])
def test_a_pin_reaches_the_front(rank, was, top):
    before = replace(PUBLIC, places=(replace(WORLD, rank=was),))
    after = replace(PUBLIC, places=(replace(WORLD, rank=rank),))

    assert changed(before, after, top=False) == Reach(
        card=True, lists=((1, None, top),), closed=False
    )


def test_another_address_is_another_card():
    after = replace(PUBLIC, places=(replace(WORLD, slug="ship"),))

    assert changed(PUBLIC, after) == Reach(card=True, lists=(), closed=False)


def test_another_licence_may_open_and_close_any_list():
    found = changed(PUBLIC, replace(PUBLIC, licence=("1", "")))

    assert found == Reach(card=True, lists=((1, 7, True), (1, None, True)), closed=True)


@given(shown, shown)
def test_whatever_changes_for_lists_reaches_something(before, after):
    found = changed(before, after)

    words = (before.card, before.licence) == (after.card, after.licence)
    same = set(before.places) == set(after.places) and (words or not before.places)
    assert bool(found.card or found.lists) == (not same)
    assert found.closed or {p.masthead_id for p in before.places} <= {
        p.masthead_id for p in after.places
    }  # fmt: skip


def changed(before, after, *, top=True):
    return reach(before, after, near_top=lambda *_: top)
