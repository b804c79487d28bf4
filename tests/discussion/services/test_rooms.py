"""Doors, house rules, word lists and moderators: who may change them, and that they hold at once."""

from datetime import timedelta

import pytest
from django.forms import model_to_dict

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import CommentRefused, NothingToDecide, NotYours
from dateline.discussion.domain.status import Door, WordKind
from dateline.discussion.domain.text import SANITISER
from dateline.discussion.queries import doors, people, words
from dateline.discussion.services import moderators, rooms, upkeep
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_masthead, an_editor
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


def test_a_thread_is_closed_held_and_left_to_the_house(story, masthead, mod):
    rooms.set_door(story.pk, masthead.pk, door=Door.CLOSED, by=mod.pk, reason="Heated.", at=NOON)
    with pytest.raises(CommentRefused, match=r"A moderator closed this thread\."):
        a_comment(story, masthead)
    rooms.set_door(story.pk, masthead.pk, door=Door.HELD, by=mod.pk, at=NOON)
    assert a_comment(story, masthead).status == "held"
    rooms.set_door(story.pk, masthead.pk, door=None, by=mod.pk, at=NOON)
    assert a_comment(story, masthead).status == "visible"

    assert [(f["door"], f["reason"]) for f in facts("thread.door_changed")] == [
        ("closed", "Heated."), ("held", ""), ("", ""),
    ]  # fmt: skip
    with pytest.raises(NotYours):
        rooms.set_door(story.pk, masthead.pk, door=Door.OPEN, by=a_reader().pk)


def test_what_a_house_asks_holds_from_the_next_comment_on(story, masthead, mod):
    author = a_reader()
    a_comment(story, masthead, author=author)

    rooms.save_house(masthead.pk, changes={"seconds_between": 0, "door": "held"}, by=mod.pk)
    rooms.save_house(masthead.pk, changes={"most_links": 5}, by=mod.pk)

    assert a_comment(story, masthead, author=author).status == "held"
    assert [f["fields"] for f in facts("house.changed")] == [
        ["door", "seconds_between"], ["most_links"],
    ]  # fmt: skip
    with pytest.raises(NotYours):
        rooms.save_house(masthead.pk, changes={}, by=author.pk)


@pytest.mark.parametrize("asked", [{}, {"close_after_days": 1, "most_links": 7}])
def test_a_house_and_its_door_are_asked_for_together(
    asked, story, masthead, django_assert_num_queries
):
    if asked:
        house(masthead, **asked)
    thread = models.Thread(story_id=story.pk, masthead_id=masthead.pk)

    for at in (clock.now(), clock.now() + timedelta(days=2)):
        with django_assert_num_queries(1):
            found, door = doors.house_and_door(thread, at=at)

        apart = doors.house_on(masthead.pk)
        assert (model_to_dict(found), found.pk) == (model_to_dict(apart), apart.pk)
        assert door == doors.door_of(thread, apart, at=at)
    nowhere = models.Thread(story_id=story.pk + 1, masthead_id=masthead.pk)
    assert doors.house_and_door(nowhere, at=clock.now()) is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"words_version": 1},
            "A house has no field 'words_version'. Give one of close_after_days",
        ),
        ({"door": "ajar"}, "door: expected open, held or closed, found 'ajar'."),
        ({"down_votes": 1}, "down_votes: expected true or false, found 1."),
        ({"most_links": -1}, "most_links: expected a whole number from 0 to 32767, found -1."),
        ({"most_links": True}, "most_links: expected a whole number from 0 to 32767, found True."),
        ({"hold_score_percent": 101}, "hold_score_percent: expected a whole number from 0 to 100"),
    ],
)
def test_a_house_refuses_what_it_cannot_keep(changes, message, masthead, mod):
    with pytest.raises(NothingToDecide) as refused:
        rooms.save_house(masthead.pk, changes=changes, by=mod.pk)

    assert str(refused.value).startswith(message)
    assert models.House.objects.count() == 0


def test_listed_words_hold_at_once_on_the_title_and_in_the_network(story, masthead, mod):
    lead, other = a_moderator(None), a_masthead("kinako")
    house(masthead, seconds_between=0, most_in_minute=0)
    here = {"masthead_id": masthead.pk, "by": mod.pk}

    assert rooms.list_words([" lout ", "", "rumour"], kind=WordKind.SUSPECT, **here) == 2
    assert a_comment(story, masthead, "That lout.").status == "held"
    assert rooms.list_words(["lout", "cad"], kind=WordKind.BANNED, **here) == 1
    with pytest.raises(CommentRefused):
        a_comment(story, masthead, "Such a LOUT.")
    assert rooms.list_words(["hoax"], masthead_id=None, kind=WordKind.BANNED, by=lead.pk) == 1
    with pytest.raises(CommentRefused):
        a_comment(story, masthead, "A hoax.")
    assert rooms.unlist_words(["lout", "unknown"], **here) == 1
    assert a_comment(story, masthead, "What a lout.").status == "visible"

    houses = {h.masthead_id: h.words_version for h in models.House.objects.all()}
    assert set(houses) == {masthead.pk, other.pk}
    assert houses[masthead.pk] != houses[other.pk]
    assert [line.word for line in words.listed(other.pk)] == ["hoax"]
    assert [(f["added"], f["dropped"]) for f in facts("words.changed")] == [
        (2, 0), (1, 0), (1, 0), (0, 1),
    ]  # fmt: skip
    with pytest.raises(NotYours):
        rooms.list_words(["lout"], masthead_id=None, kind=WordKind.BANNED, by=mod.pk)


@pytest.mark.parametrize("line", ["!?", "a" * 201])
def test_a_line_that_is_no_word_is_refused_by_name(line, masthead, mod):
    with pytest.raises(NothingToDecide, match="is no word to look for"):
        rooms.list_words([line], masthead_id=masthead.pk, kind=WordKind.BANNED, by=mod.pk)


def test_a_list_is_built_once_for_each_version(masthead, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(words, "KEPT", 2)
    first = words.word_list(masthead.pk, 11)

    with django_assert_num_queries(0):
        assert words.word_list(masthead.pk, 11) is first
    for version in (12, 13):
        words.word_list(masthead.pk, version)
    with django_assert_num_queries(1):
        words.word_list(masthead.pk, 11)
    assert len(words._built) == 2


def test_who_leads_appoints_and_dismisses(masthead, mod):
    lead, person = an_editor(), a_reader()

    for _ in range(2):
        moderators.appoint(person.pk, masthead_id=masthead.pk, by=lead.pk)
    assert people.moderates(person.pk, masthead.pk)
    assert not people.moderates(person.pk, None)
    moderators.dismiss(person.pk, masthead_id=masthead.pk, by=lead.pk)
    assert not people.moderates(person.pk, masthead.pk)
    with pytest.raises(NotYours, match="Only who moderates the whole network"):
        moderators.appoint(person.pk, masthead_id=masthead.pk, by=mod.pk)

    assert [f["on"] for f in facts("moderators.changed")] == [True, True, False]


def test_html_of_an_older_sanitiser_is_made_again(story, masthead):
    rows = [a_comment(story, masthead, text) for text in ("One <i>", "Two", "Three")]
    models.Comment.objects.exclude(pk=rows[2].pk).update(html="<i>", sanitiser=SANITISER - 1)

    assert [upkeep.make_html_again(limit=1) for _ in range(3)] == [1, 1, 0]
    assert set(models.Comment.objects.values_list("html", "sanitiser")) == {
        ("<p>One &lt;i&gt;</p>", SANITISER), ("<p>Two</p>", SANITISER), ("<p>Three</p>", SANITISER),
    }  # fmt: skip


def test_past_ranks_are_dropped_when_nobody_can_ask_for_them(story, masthead):
    root = a_comment(story, masthead)
    a_comment(story, masthead, answers_id=root.pk, at=NOON)

    assert upkeep.prune_moves(at=NOON + 13 * 60 * MINUTE) == 0
    assert upkeep.prune_moves(at=NOON + 13 * 61 * MINUTE) == 1
    assert upkeep.prune_moves() == 0
