"""Laying a front out: the first story leads, none comes twice, none is lost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.domain.front import PLANS, Topping, each_picture_once, lay_out
from tests.factories.web import NOON, a_card

A_PICTURE, ANOTHER = object(), object()
WORLD, POLITICS = (
    Topping("World", "/world/", frozenset({1, 11})),
    Topping("P", "/p/", frozenset({2})),
)


def cards(number, **fields):
    return [
        a_card(i, published_at=NOON - timedelta(hours=i), **fields) for i in range(1, number + 1)
    ]


def places(front):
    """Every story on a front, place by place."""
    rows = [card for row in front.rows for card in row.cards]
    lead = [front.lead] if front.lead else []
    groups = (
        lead,
        front.lead_more,
        front.seconds,
        front.briefs,
        front.latest,
        front.opinion,
        rows,
        front.more,
    )
    return [card.story_id for group in groups for card in group]


@given(
    st.lists(
        st.builds(
            a_card,
            st.integers(1, 80),
            section_id=st.sampled_from([1, 2, 3, 11]),
            kind=st.sampled_from(["article", "opinion", "wire"]),
            picture=st.sampled_from([None, A_PICTURE, ANOTHER]),
        ),
        max_size=60,
    ),
    st.sampled_from([*PLANS, "unheard-of"]),
)
def test_shows_every_story_once_whatever_the_look(stories, look):
    front = lay_out(stories, [WORLD, POLITICS], look=look)

    assert sorted(places(front)) == sorted({card.story_id for card in stories})


def test_the_first_story_leads_even_without_a_picture():
    first, second = a_card(1), a_card(2, picture=object())

    assert lay_out([first, second], [], look="daily").lead == first


def test_two_stories_that_share_a_picture_do_not_both_show_it():
    stories = [a_card(i, picture=A_PICTURE if i != 2 else ANOTHER) for i in range(1, 6)]

    front = lay_out(stories, [], look="daily")

    assert front.lead.picture is A_PICTURE
    assert [(card.story_id, card.picture) for card in front.seconds] == [
        (2, ANOTHER), (3, None), (4, None),
    ]  # fmt: skip


def test_a_place_that_shows_no_pictures_takes_none_from_another():
    newest = a_card(1000, section_id=9, picture=A_PICTURE, published_at=NOON + timedelta(hours=1))
    stories = [newest, *[old(i, picture=object()) for i in range(1, 4)], old(4, picture=A_PICTURE)]

    (row,) = rows_of(stories)

    assert row.style == "picture"
    assert all(card.picture for card in row.cards)


def test_a_front_knows_which_pictures_it_shows():
    front = lay_out([a_card(1, picture=A_PICTURE), a_card(2)], [], look="daily")

    assert front.pictures == {A_PICTURE}


def test_a_row_is_in_words_when_its_pictures_have_been_shown():
    led = a_card(1000, section_id=9, picture=A_PICTURE, pinned_rank=1)
    others = [a_card(100 + i, section_id=9) for i in range(18)]

    front = lay_out([led, *others, old(1, picture=A_PICTURE), old(2)], [WORLD], look="daily")

    assert front.lead.picture is A_PICTURE
    assert [(row.style, row.cards[0].picture) for row in front.rows] == [("text", None)]


def test_a_picture_that_the_page_shows_already_is_left_out():
    first, second = each_picture_once(
        [a_card(1, picture=A_PICTURE), a_card(2, picture=ANOTHER)], shown=[A_PICTURE]
    )

    assert (first.picture, second.picture) == (None, ANOTHER)


def test_stories_with_pictures_stand_beside_the_lead_first():
    stories = [a_card(1), a_card(2), a_card(3), a_card(4, picture=object()), a_card(5)]

    front = lay_out(stories, [], look="weekly")

    assert [card.story_id for card in front.seconds] == [4, 2]


def test_under_the_lead_stand_stories_of_its_own_section():
    stories = [*cards(6), a_card(7, section_id=2), a_card(8)]

    front = lay_out(stories, [], look="daily")

    assert [card.story_id for card in front.lead_more] == [5, 6, 8]


def test_latest_is_in_order_of_time_whatever_is_pinned():
    early = a_card(9, published_at=NOON - timedelta(days=1))
    stories = [a_card(1), early, *[a_card(i, section_id=3) for i in range(2, 9)]]

    front = lay_out(stories, [], look="magazine")

    times = [card.published_at for card in front.latest]
    assert times == sorted(times, reverse=True)
    assert len(times) == PLANS["magazine"].latest


def test_a_single_column_is_no_row_of_opinion():
    front = lay_out([*cards(3), a_card(4, kind="opinion")], [], look="daily")

    assert front.opinion == ()
    assert 4 in places(front)


def test_briefs_follow_what_is_latest():
    front = lay_out(cards(20), [], look="daily")

    assert [card.story_id for card in front.briefs] == [15, 16, 17]


def test_opinion_has_a_row_of_its_own():
    stories = [*cards(3), a_card(4, kind="opinion"), a_card(5, kind="opinion")]

    front = lay_out(stories, [], look="daily")

    assert [card.story_id for card in front.opinion] == [4, 5]


def rows_of(stories, look="daily"):
    """Rows alone: enough other stories come first to fill every place above them."""
    above = [a_card(100 + i, section_id=9, picture=object()) for i in range(18)]
    return lay_out([*above, *stories], [WORLD, POLITICS], look=look).rows


def old(story_id, **fields):
    return a_card(story_id, published_at=NOON - timedelta(days=2), **fields)


def test_a_row_takes_stories_of_its_section_and_of_those_below():
    (row,) = rows_of([old(1), old(2, section_id=11), old(3, section_id=3)])

    assert (row.name, row.path) == ("World", "/world/")
    assert [card.story_id for card in row.cards] == [1, 2]


def test_a_section_with_one_story_gets_no_row():
    assert rows_of([old(1), old(2, section_id=2)]) == ()


def test_a_row_with_few_pictures_is_text():
    (without,) = rows_of([old(1), old(2)])
    (one_of_three,) = rows_of([old(1), old(2, picture=object()), old(3)])
    (half,) = rows_of([old(1), old(2, picture=object())])

    assert [row.style for row in (without, one_of_three, half)] == ["text", "text", "list"]


def test_a_large_picture_needs_company_to_fill_the_other_side():
    few = [old(i, picture=object()) for i in range(1, 4)]
    enough = [old(1), *[old(i, picture=object()) for i in range(2, 5)]]

    assert rows_of(few)[0].style == "list"
    (row,) = rows_of(enough)
    assert row.style == "picture"
    assert [card.story_id for card in row.cards] == [2, 3, 4, 1]


def test_rows_take_turns_in_style():
    stories = [old(i, picture=object()) for i in range(1, 5)]
    stories += [old(i, picture=object(), section_id=2) for i in range(5, 9)]

    assert [row.style for row in rows_of(stories)] == ["picture", "list"]


def test_nothing_published_is_an_empty_front():
    front = lay_out([], [WORLD], look="daily")

    assert front.lead is None
    assert places(front) == []


@pytest.mark.parametrize("look", PLANS)
def test_no_row_is_longer_than_its_look_allows(look):
    stories = [old(i, picture=object()) for i in range(1, 20)]

    assert all(len(row.cards) <= PLANS[look].row_cards for row in rows_of(stories, look))
