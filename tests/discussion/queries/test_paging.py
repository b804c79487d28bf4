"""Paging while votes and replies land: nothing lost, nothing doubled, in every order."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion import models
from dateline.discussion.domain.cursors import Cursor
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.ranks import Order
from dateline.discussion.queries import paging
from dateline.discussion.queries.threads import thread_page
from dateline.discussion.services import decisions
from dateline.discussion.services.upkeep import prune_moves
from dateline.discussion.services.voting import vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader
from tests.factories.newsroom import a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MOVES = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["up", "down", "reply", "new"])), max_size=6
)


@pytest.fixture
def thread(story, masthead):
    """Twelve comments with some votes and replies already."""
    rows = [a_comment(story, masthead) for _ in range(12)]
    for place, row in enumerate(rows[::2]):
        for _ in range(place % 3):
            vote(row.pk, by=a_reader().pk, value=1, at=NOON)
        if place % 2:
            a_comment(story, masthead, answers_id=row.pk)
    return rows


@pytest.mark.parametrize("order", list(Order))
def test_no_comment_is_lost_or_doubled_while_votes_and_replies_land(
    order, story, masthead, site, thread
):
    voters = [a_reader() for _ in range(4)]

    @given(st.integers(3, 6), st.lists(MOVES, min_size=1, max_size=3))
    def read(size, rounds):
        with transaction.atomic():
            page = thread_page(site, story.pk, at=NOON, order=order, size=size)
            before = [r.number for r in whole(site, story, order)]
            seen = roots(page)
            while page.after:
                for place, move in rounds.pop() if rounds else ():
                    make(move, thread[place], story, masthead, voters)
                page = thread_page(site, story.pk, at=NOON, after=page.after, size=size)
                seen += roots(page)
            assert len(seen) == len(set(seen))
            assert [number for number in seen if number in before] == before
            transaction.set_rollback(True)

    read()


@pytest.mark.parametrize("order", list(Order))
def test_replies_below_one_comment_are_paged_in_the_same_way(order, story, masthead, site):
    root = a_comment(story, masthead)
    replies = [a_comment(story, masthead, answers_id=root.pk) for _ in range(9)]
    page = thread_page(site, story.pk, at=NOON, order=order)
    seen = [row.number for row in page.rows if row.depth == 1]
    more = page.rows[0].more_after

    assert page.rows[0].more == 6
    while more:
        for row in (replies[8], replies[0], replies[4]):
            vote(row.pk, by=a_reader().pk, value=1, at=NOON)
        page = thread_page(site, story.pk, at=NOON, after=more, size=2)
        assert {row.depth for row in page.rows} == {1}
        seen += [row.number for row in page.rows]
        more = page.after

    numbers = [row.number for row in replies]
    assert seen == (numbers[::-1] if order is Order.NEWEST else numbers)


def test_all_replies_of_a_comment_can_be_asked_for_where_none_is_on_the_page(story, masthead, site):
    line = [a_comment(story, masthead)]
    for _ in range(5):
        line.append(a_comment(story, masthead, answers_id=line[-1].pk))

    page = thread_page(site, story.pk, at=NOON)
    rest = thread_page(site, story.pk, at=NOON, after=page.rows[-1].more_after)

    assert [(row.depth, row.more) for row in page.rows] == [(0, 0), (1, 0), (2, 0), (3, 2)]
    assert [(row.depth, row.number) for row in rest.rows] == [(4, 5), (5, 6)]


def test_a_comment_with_very_many_replies_is_asked_about_by_itself(
    story, masthead, site, monkeypatch
):
    monkeypatch.setattr(paging, "MANY", 2)
    many, few = a_comment(story, masthead), a_comment(story, masthead)
    for parent, count in ((many, 5), (few, 2)):
        for _ in range(count):
            a_comment(story, masthead, answers_id=parent.pk)

    page = thread_page(site, story.pk, at=NOON, order=Order.OLDEST)

    assert [(row.depth, row.more) for row in page.rows] == [
        (0, 2), (1, 0), (1, 0), (1, 0), (0, 0), (1, 0), (1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("late", ["hours", "moves"])
def test_a_reader_who_comes_back_too_late_goes_on_in_the_order_as_it_is(
    late, story, site, thread, monkeypatch
):
    began = thread_page(site, story.pk, at=NOON, size=4)
    shown = roots(began)
    rise = next(row for row in thread if row.number not in shown)
    for _ in range(9):
        vote(rise.pk, by=a_reader().pk, value=1, at=NOON)
    at = NOON
    if late == "hours":
        at = NOON + paging.ORDER_KEPT + MINUTE
        assert prune_moves(at=NOON + timedelta(hours=12)) == 0
        assert prune_moves(at=NOON + timedelta(hours=14)) > 9
    else:
        monkeypatch.setattr(paging, "MOST_MOVES", 8)

    rest = thread_page(site, story.pk, at=at, after=began.after)

    assert rise.number not in roots(rest)
    assert set(roots(rest)) == {row.number for row in thread} - set(shown) - {rise.number}


def test_what_is_removed_while_somebody_reads_is_not_shown(story, site, thread, mod):
    began = thread_page(site, story.pk, at=NOON, size=4)
    rest = [row for row in thread if row.number not in roots(began)]
    plain = next(row for row in rest if not models.Comment.objects.filter(parent=row).exists())
    vote(plain.pk, by=a_reader().pk, value=1, at=NOON)
    decisions.remove(plain.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    after = thread_page(site, story.pk, at=NOON, after=began.after)

    assert set(roots(after)) == {row.number for row in rest} - {plain.number}


def test_a_place_that_we_did_not_give_is_refused(story, masthead, site, thread):
    token = thread_page(site, story.pk, at=NOON, size=4).after
    other = a_story("Another ferry", at=NOON - MINUTE)
    a_comment(other, masthead)
    short = paging._SIGNER.sign("AAAA")
    cursor = Cursor(order=Order.BEST, thread_id=1, below=0, moves=0, began_at=NOON, key=b"")
    strange = paging._SIGNER.sign(paging.signing.b64_encode(b"\xff" + cursor.pack()[1:]).decode())

    for wrong in ("", "x", token[:-1] + "?", token.upper(), short, strange):
        if wrong:
            with pytest.raises(CursorRefused, match=r"Start at (its|the) first page\."):
                thread_page(site, story.pk, at=NOON, after=wrong)
    with pytest.raises(CursorRefused, match=r"This place is in another thread\."):
        thread_page(site, other.pk, at=NOON, after=token)


def test_a_page_is_one_range_of_an_index(story, masthead, site, thread):
    asked = models.Comment.objects.filter(thread=thread[0].thread, parent=None)
    plans = [
        asked.filter(rank_best__gt=b"\0").order_by("rank_best")[:9].explain(),
        asked.filter(rank_discussed__gt=b"\0").order_by("rank_discussed")[:9].explain(),
        asked.filter(number__lt=9).order_by("-number")[:9].explain(),
        models.Comment.objects.filter(parent=thread[0], rank_best__gt=b"\0")
        .order_by("rank_best")[:9]
        .explain(),
    ]

    for plan in plans:
        assert "SEARCH discussion_comment USING INDEX" in plan
        assert "TEMP B-TREE" not in plan


def roots(page):
    return [row.number for row in page.rows if row.depth == 0]


def whole(site, story, order):
    """The order of all roots, at once."""
    rows = thread_page(site, story.pk, at=NOON, order=order, size=90).rows
    return [row for row in rows if row.depth == 0]


def make(move, row, story, masthead, voters):
    if move == "new":
        a_comment(story, masthead)
    elif move == "reply":
        a_comment(story, masthead, answers_id=row.pk)
    else:
        voters.append(voters.pop(0))
        vote(row.pk, by=voters[0].pk, value=1 if move == "up" else -1, at=NOON)
