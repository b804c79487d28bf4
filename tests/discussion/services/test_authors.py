"""Authors change and delete their own comments, and leave with or without their words."""

import pytest

from dateline.discussion import models
from dateline.discussion.domain.errors import CommentRefused, NothingToDecide, NotYours
from dateline.discussion.domain.status import WordKind
from dateline.discussion.services import authors, decisions, rooms
from dateline.discussion.services.posting import WAITS
from dateline.discussion.services.voting import report, vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db

LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture
def row(story, masthead):
    return a_comment(story, masthead, "The ferry was late.")


def edit(row, text="The ferry was early.", at=NOON + MINUTE, by=None):
    done = authors.edit_comment(row.pk, by=by or row.author_id, text=text, at=at)
    row.refresh_from_db()
    return done


def test_an_edit_keeps_the_text_before(row):
    done = edit(row, " The ferry\r\nwas early. ")
    edit(row, "No: it was late.")

    assert (done.status, done.note, row.revision, row.version) == ("visible", "", 3, 3)
    assert (row.text, row.html) == ("No: it was late.", "<p>No: it was late.</p>")
    assert row.edited_at == NOON + MINUTE
    assert list(row.revisions.order_by("number").values_list("number", "text", "until")) == [
        (1, "The ferry was late.", NOON + MINUTE),
        (2, "The ferry\nwas early.", NOON + MINUTE),
    ]
    assert [(f["revision"], f["was"], f["status"]) for f in facts("comment.edited")] == [
        (2, "visible", "visible"), (3, "visible", "visible"),
    ]  # fmt: skip


def test_the_same_text_is_no_edit(row):
    assert edit(row, "The ferry was late.").again is True
    assert (row.revision, row.revisions.count(), facts("comment.edited")) == (1, 0, [])


def test_the_window_ends(row, masthead):
    assert edit(row, at=NOON + 4.99 * MINUTE).status == "visible"
    with pytest.raises(NothingToDecide, match=r"A comment can be changed for 5 minutes\."):
        edit(row, "Later.", at=NOON + 5 * MINUTE)
    house(masthead, edit_minutes=0)
    with pytest.raises(NothingToDecide, match="0 minutes"):
        edit(row, "At once.", at=NOON)


def test_a_new_text_passes_the_rules(row, masthead, mod):
    rooms.list_words(["lout"], masthead_id=masthead.pk, kind=WordKind.BANNED, by=mod.pk)

    with pytest.raises(CommentRefused, match="a word in it that this title does not print"):
        edit(row, "What a lout.")
    done = edit(row, LINKS)

    assert (done.status, done.note, row.status, row.thread.visible) == ("held", WAITS, "held", 0)
    assert row.decisions.get().reason.startswith("3 links; 2 are let through.")
    assert edit(row, f"{LINKS} again").status == "held"
    assert row.decisions.count() == 1
    models.Standing.objects.create(user=row.author, masthead=masthead, banned_at=NOON)
    with pytest.raises(CommentRefused, match="You may not comment here any more"):
        edit(row, "I am banned.")


def test_a_moderators_own_edit_is_not_held(story, masthead, mod):
    assert edit(a_comment(story, masthead, author=mod), LINKS).status == "visible"


def test_only_the_author_changes_or_deletes(row):
    for verb in (lambda by: edit(row, by=by), lambda by: authors.delete_own(row.pk, by=by)):
        with pytest.raises(NotYours, match=r"Comment 1 is somebody else's\."):
            verb(a_reader().pk)


def test_a_deleted_comment_leaves_a_place_and_its_words_to_moderators_only(story, masthead, row):
    reply = a_comment(story, masthead, answers_id=row.pk, quote="late")

    authors.delete_own(row.pk, by=row.author_id, at=NOON + MINUTE)

    row.refresh_from_db()
    assert (row.status, row.text, row.html, row.fingerprint) == ("deleted", "", "", "")
    assert (row.version, row.thread.visible, row.below) == (2, 1, 1)
    assert row.revisions.get().text == "The ferry was late."
    assert facts("comment.deleted")[0]["was"] == "visible"
    assert reply.parent == row
    with pytest.raises(NothingToDecide, match=r"Comment 1 is deleted already\."):
        authors.delete_own(row.pk, by=row.author_id)


def test_what_is_removed_cannot_be_rewritten(row, mod):
    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)

    with pytest.raises(NothingToDecide, match=r"Comment 1 is removed already\."):
        edit(row)


@pytest.mark.parametrize("with_text", [True, False])
def test_a_leaving_reader_is_forgotten_and_threads_hold(with_text, story, masthead, row):
    author = row.author
    edit(row, "It was early after all.")
    reply = a_comment(story, masthead, answers_id=row.pk, quote="early")
    other = a_comment(story, masthead)
    vote(other.pk, by=author.pk, value=1, at=NOON)
    report(other.pk, by=author.pk, reason="spam", at=NOON)

    assert authors.forget_reader(author.pk, with_text=with_text, at=NOON) == 1
    assert authors.forget_reader(author.pk, with_text=with_text, at=NOON) == 0

    for one in (row, reply, other):
        one.refresh_from_db()
    assert (row.author, row.key, row.below) == (None, None, 1)
    if with_text:
        assert (row.status, row.text, row.html, row.revisions.count()) == ("deleted", "", "", 0)
        assert (reply.quote, row.thread.visible) == ("", 2)
    else:
        assert (row.status, row.text, row.revisions.count()) == (
            "visible", "It was early after all.", 1,
        )  # fmt: skip
        assert (reply.quote, row.thread.visible) == ("early", 3)
    assert (other.ups, other.votes.get().user, other.reported.get().reporter) == (1, None, None)
    assert facts("reader.forgotten")[0]["threads"] == [[story.pk, masthead.pk]]
    author.delete()
    assert models.Comment.objects.count() == 3


def test_who_moderates_may_leave_too(story, masthead):
    person = a_moderator(masthead)
    assert authors.forget_reader(person.pk, with_text=True) == 0
