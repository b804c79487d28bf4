"""What stands in an edition: never twice, moved and changed by hand, stored and read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsletters import models
from dateline.newsletters.domain import editions
from dateline.newsletters.domain.editions import (
    Block,
    BlockKind,
    Content,
    EditionRefused,
    Wanted,
    content_of,
)
from dateline.newsletters.domain.segments import Segment
from dateline.newsletters.queries import material
from tests.factories.editions import an_item

ITEMS = st.integers(1, 30).map(an_item)
WANTS = st.lists(
    st.tuples(st.sampled_from(list(BlockKind)), st.integers(0, 6)), min_size=1, max_size=6
)


def two_blocks():
    return Content(
        (
            Block(key="b1", kind="section", items=(an_item(1), an_item(2))),
            Block(key="b2", kind="text", text="Good morning."),
            Block(key="b3", kind="picks", items=(an_item(3),)),
        )
    )


def keys(content):
    return [[item.key for item in block.items] for block in content.blocks]


@given(WANTS, st.lists(ITEMS, max_size=40), st.sets(st.integers(1, 30), max_size=10))
def test_no_story_stands_twice_nor_was_carried_before_nor_are_there_too_many(
    told, offered, carried
):
    wants = [Wanted(key=f"b{n}", kind=kind, count=count) for n, (kind, count) in enumerate(told)]

    made = editions.composed(wants, lambda _: iter(offered), carried=carried)

    found = [item.key for item in made.items]
    assert len(found) == len(set(found))
    assert not set(made.story_ids) & carried
    assert all(len(b.items) <= w.count for b, w in zip(made.blocks, wants, strict=True))


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([-1, 1])), max_size=30))
def test_moving_loses_and_doubles_nothing_and_puts_no_story_into_a_text(moves):
    content = two_blocks()
    for number, step in moves:
        content = editions.moved(content, f"story:{number}", step)

    assert sorted(content.story_ids) == [1, 2, 3]
    assert content.block("b2").items == ()


def test_an_item_moves_within_its_block_and_then_over_a_text_into_the_next():
    down = editions.moved(two_blocks(), "story:1", 1)
    assert keys(down) == [["story:2", "story:1"], [], ["story:3"]]

    over = editions.moved(down, "story:1", 1)
    assert keys(over) == [["story:2"], [], ["story:1", "story:3"]]

    back = editions.moved(over, "story:1", -1)
    assert keys(back) == keys(down)
    assert keys(editions.moved(back, "story:2", -1)) == keys(down)


def test_blocks_move_and_go():
    content = editions.block_moved(two_blocks(), "b3", -1)
    assert [block.key for block in content.blocks] == ["b1", "b3", "b2"]
    assert editions.block_moved(content, "b1", -1) == content
    assert [b.key for b in editions.block_removed(content, "b3").blocks] == ["b1", "b2"]


def test_a_hand_adds_takes_out_and_rewrites():
    content = editions.added(two_blocks(), "b3", an_item(9))
    content = editions.taken_out(content, "story:3")
    content = editions.rewritten(content, "story:9", headline=" Nine ", standfirst=" It is. ")

    assert keys(content)[2] == ["story:9"]
    nine = content.item("story:9")
    assert (nine.headline, nine.standfirst, nine.source) == ("Nine", "It is.", "Ferry 9")


def test_a_block_gets_another_title_and_only_a_text_other_words():
    content = editions.reworded(two_blocks(), "b1", title=" World ", text="lost")
    content = editions.reworded(content, "b2", title="", text=" Good evening. ")

    assert (content.block("b1").title, content.block("b1").text) == ("World", "")
    assert content.block("b2").text == "Good evening."


def test_a_correction_replaces_what_stands_there_and_adds_nothing():
    now = an_item(2, headline="Ferry two", source="Ferry two")
    assert editions.refreshed(two_blocks(), now).item("story:2") == now
    assert editions.refreshed(two_blocks(), an_item(7)) == two_blocks()
    assert editions.without_story(two_blocks(), 2).story_ids == (1, 3)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: editions.added(c, "b1", an_item(3)),
        lambda c: editions.added(c, "b9", an_item(9)),
        lambda c: editions.taken_out(c, "story:9"),
        lambda c: editions.moved(c, "story:9", 1),
        lambda c: editions.block_moved(c, "b9", 1),
        lambda c: editions.rewritten(c, "story:1", headline=" ", standfirst=""),
    ],
)
def test_what_cannot_be_is_refused_in_words(change):
    with pytest.raises(EditionRefused, match=r"\.$"):
        change(two_blocks())


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(ITEMS, max_size=4)), max_size=4))
def test_what_is_stored_is_read_again(told):
    content = Content(
        tuple(
            Block(key=f"b{n}", kind="section", title=title, items=tuple(items))
            for n, (title, items) in enumerate(told)
        )
    )
    assert content_of(content.to_json()) == content


def test_fields_of_a_later_version_are_left_out():
    stored = two_blocks().to_json()
    stored["blocks"][0]["colour"] = "red"
    stored["blocks"][0]["items"][0]["mood"] = "good"
    assert content_of(stored) == two_blocks()
    assert content_of({}) == Content()


def test_empty_blocks_are_those_with_a_title_and_nothing_below():
    content = Content(
        (
            Block(key="b1", kind="section"),
            Block(key="b2", kind="text"),
            Block(key="b3", kind="offer"),
            Block(key="b4", kind="jobs", items=(an_item(1, key="job:4"),)),
        )
    )
    assert [block.key for block in editions.empty_blocks(content)] == ["b1", "b2"]
    assert content.story_ids == ()
    assert not editions.is_empty(content)
    assert editions.is_empty(Content())


def test_a_reader_gets_a_block_for_everybody_and_one_whose_rule_is_broken():
    reader = Segment("en", "Asia/Tokyo")
    for rule, gets in (("", True), ("zone:Asia", True), ("zone:Asia/Tokyo", True), ("odd", True),
                       ("zone:Europe", False), ("language:en", True), ("language:ja", False)):  # fmt: skip
        assert reader.gets(Block(key="b1", kind="text", only_for=rule)) is gets, rule


def test_rows_say_what_they_are(edition, stories, nao):
    recipe = edition.newsletter.recipe
    note = models.EditionNote(edition=edition, verb="say", at=edition.made_at)
    assert [str(row) for row in (recipe, recipe.blocks.first(), edition, note)] == [
        f"recipe of {edition.newsletter_id}", f"{recipe.pk}/1 text",
        f"{edition.newsletter_id} no. 1", f"say {edition.pk} at 2026-11-19 21:00",
    ]  # fmt: skip
    assert str(edition.carried.first()).startswith("story ")


def test_items_of_a_title_that_is_gone_may_not_be_shown(edition):
    assert material.still_open([an_item(1, site="gone")], at=edition.made_at) == {}
