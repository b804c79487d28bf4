"""Posting: stored once, counted exactly, in its place in the tree, or refused with a reason."""

from datetime import timedelta

import pytest

from dateline.discussion import models
from dateline.discussion.domain import paths
from dateline.discussion.domain.errors import CommentRefused, NothingToDecide, ThreadUnavailable
from dateline.discussion.services.posting import AGAIN, LATEST, WAITS, post_comment
from dateline.stories.services.kills import kill_story
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def post(story, masthead, author, text="The ferry was late again.", at=NOON, **fields):
    return post_comment(
        story_id=story.pk, masthead_id=masthead.pk, author_id=author.pk, text=text, at=at, **fields
    )


def test_a_comment_is_stored_shown_and_told(story, masthead):
    author = a_reader()

    posted = post(story, masthead, author, "  Was it <b>late</b>?\r\n\r\nYes.\x00 ")

    row = models.Comment.objects.get(pk=posted.comment_id)
    assert (posted.number, posted.status, posted.note, posted.again) == (1, "visible", "", False)
    assert row.text == "Was it <b>late</b>?\n\nYes."
    assert row.html == "<p>Was it &lt;b&gt;late&lt;/b&gt;?</p><p>Yes.</p>"
    assert (row.author, row.depth, row.parent, row.root, row.answers) == (
        author,
        0,
        None,
        None,
        None,
    )
    assert [name for name, answer, _ in row.ran if answer == "allow"] == [n for n, _, _ in row.ran]
    assert row.thread.visible == row.thread.numbers == 1
    assert facts("comment.posted") == [
        {
            "comment_id": row.pk, "story_id": story.pk, "masthead_id": masthead.pk,
            "author_id": str(author.pk), "answers_id": None, "status": "visible",
            "at": NOON.isoformat(),
        }
    ]  # fmt: skip


def test_the_same_key_is_the_same_comment_however_late(story, masthead):
    author = a_reader()
    house(masthead, most_in_minute=0, seconds_between=0)
    first = post(story, masthead, author, key="k1")
    for n in range(LATEST):
        post(story, masthead, author, f"Another thought, the {n}th.", at=NOON + n * MINUTE)

    later = post(story, masthead, author, "Quite another text.", key="k1", at=NOON + 60 * MINUTE)
    soon = post(story, masthead, author, "Other words again.", key="k2", at=NOON + 61 * MINUTE)
    again = post(story, masthead, author, "And more.", key="k2", at=NOON + 61 * MINUTE)

    assert (later.comment_id, later.again, later.note) == (first.comment_id, True, AGAIN)
    assert (again.comment_id, again.again) == (soon.comment_id, True)
    assert models.Comment.objects.count() == LATEST + 2


def test_the_same_text_within_a_minute_is_one_row_and_a_friendly_note(story, masthead):
    author = a_reader()
    first = post(story, masthead, author)

    again = post(story, masthead, author, "the  FERRY was late, again", at=NOON + 59 * SECOND)
    other = post(story, masthead, a_reader(), at=NOON + 59 * SECOND)

    assert (again.comment_id, again.note) == (first.comment_id, AGAIN)
    assert other.comment_id != first.comment_id
    assert models.Thread.objects.get().visible == 2


def test_the_same_text_later_that_day_is_refused(story, masthead):
    author = a_reader()
    post(story, masthead, author)

    with pytest.raises(CommentRefused, match=r"You posted this text today already\.") as refused:
        post(story, masthead, author, at=NOON + 2 * MINUTE)

    assert refused.value.phase == "repeat"
    assert post(story, masthead, author, at=NOON + timedelta(days=1)).number == 2


def test_nothing_of_a_refused_comment_is_kept(story, masthead):
    with pytest.raises(CommentRefused, match=r"That is 5,001 characters; the limit is 5,000\."):
        post(story, masthead, a_reader(), "a" * 5_001)

    assert models.Comment.objects.count() == models.Thread.objects.count() == 0
    assert facts("comment.posted") == []


def test_replies_stand_below_what_they_answer_and_are_counted_there(story, masthead):
    root = a_comment(story, masthead)
    reply = a_comment(story, masthead, answers_id=root.pk)
    deeper = a_comment(story, masthead, answers_id=reply.pk)
    other = a_comment(story, masthead)

    assert (reply.parent, reply.root, reply.depth) == (root, root, 1)
    assert (deeper.parent, deeper.root, deeper.depth) == (reply, root, 2)
    assert paths.numbers(bytes(deeper.path)) == [root.number, reply.number, deeper.number]
    for row in (root, reply, deeper, other):
        row.refresh_from_db()
    assert [row.below for row in (root, reply, deeper, other)] == [2, 1, 0, 0]
    assert bytes(root.rank_discussed) < bytes(other.rank_discussed)


def test_below_the_greatest_depth_a_reply_stands_beside_what_it_answers(story, masthead):
    rows = [a_comment(story, masthead)]
    for _ in range(paths.DEEPEST + 2):
        rows.append(a_comment(story, masthead, answers_id=rows[-1].pk))

    assert [row.depth for row in rows] == [*range(paths.DEEPEST + 1), 15, 15]
    cap, beside, last = rows[-3:]
    assert beside.parent == last.parent == cap.parent
    assert (beside.answers, last.answers, last.root) == (cap, beside, rows[0])
    rows[0].refresh_from_db()
    cap.refresh_from_db()
    assert (rows[0].below, cap.below) == (paths.DEEPEST + 2, 0)


def test_nobody_answers_what_is_not_there(story, masthead):
    elsewhere = a_comment(a_story("Another ferry", at=NOON - MINUTE), masthead)
    gone = a_comment(story, masthead)
    models.Comment.objects.filter(pk=gone.pk).update(status="removed")

    for answered in (elsewhere.pk, gone.pk, 999):
        with pytest.raises(NothingToDecide, match=rf"Comment {answered} is not here any more\."):
            post(story, masthead, a_reader(), answers_id=answered)


def test_a_quote_is_the_words_of_what_it_answers(story, masthead):
    root = a_comment(story, masthead, "The ferry\ncame back at noon.")

    reply = a_comment(story, masthead, answers_id=root.pk, quote="ferry came  back")
    bare = a_comment(story, masthead, quote="nobody said this")

    assert (reply.quote, bare.quote) == ("ferry came  back", "")
    for wrong in ("ferry left", "came " * 101):
        with pytest.raises(CommentRefused, match=r"The quote is not in comment 1") as refused:
            a_comment(story, masthead, answers_id=root.pk, quote=wrong)
        assert refused.value.phase == "quote"


def test_what_a_rule_holds_waits_and_is_not_counted(story, masthead):
    posted = post(
        story, masthead, a_reader(), "https://a.example https://b.example https://c.example"
    )

    row = models.Comment.objects.get(pk=posted.comment_id)
    assert (posted.status, posted.note, row.thread.visible) == ("held", WAITS, 0)
    decision = row.decisions.get()
    assert (decision.verb, decision.automatic, decision.by, decision.revision) == (
        "held", True, None, 1,
    )  # fmt: skip
    assert decision.reason.startswith("3 links; 2 are let through.")
    assert facts("comment.posted")[0]["status"] == "held"


def test_a_moderator_of_the_title_is_not_held(story, masthead, mod):
    links = "https://a.example https://b.example https://c.example"
    elsewhere = a_moderator(a_masthead("kinako"))

    assert post(story, masthead, mod, links).status == "visible"
    assert post(story, masthead, elsewhere, links).status == "held"


def test_new_readers_are_read_first_until_enough_were_approved(story, masthead):
    house(masthead, premoderate_first=2)
    author = a_reader()
    statuses = []
    for n in range(4):
        row = a_comment(story, masthead, author=author, at=NOON + n * MINUTE)
        statuses.append(row.status)
        models.Comment.objects.filter(pk=row.pk).update(status="visible")

    assert statuses == ["held", "held", "visible", "visible"]


def test_whose_comments_were_often_removed_is_read_first(story, masthead):
    author = a_reader()
    for n in range(5):
        row = a_comment(story, masthead, author=author, at=NOON + n * MINUTE)
        gone = "removed" if n < 2 else "deleted" if n == 4 else "visible"
        models.Comment.objects.filter(pk=row.pk).update(status=gone)

    assert a_comment(story, masthead, author=author, at=NOON + 9 * MINUTE).status == "visible"
    assert a_comment(story, masthead, author=author, at=NOON + 10 * MINUTE).status == "held"


def test_a_wave_of_the_same_text_is_held(story, masthead):
    rows = [a_comment(story, masthead, "Buy my soup, it is good.") for _ in range(4)]

    assert [row.status for row in rows] == ["visible"] * 3 + ["held"]


def test_banned_and_suspended_readers_are_told(story, masthead):
    banned, suspended, free = a_reader(), a_reader(), a_reader()
    models.Standing.objects.create(user=banned, masthead=None, banned_at=NOON)
    models.Standing.objects.create(user=suspended, masthead=masthead, suspended_until=NOON + MINUTE)
    other = a_masthead("kinako")
    models.Standing.objects.create(user=free, masthead=other, banned_at=NOON)

    with pytest.raises(CommentRefused, match=r"You may not comment here any more\."):
        post(story, masthead, banned)
    with pytest.raises(CommentRefused, match=r"here again from 20 November 2026, 12:01 UTC\."):
        post(story, masthead, suspended)
    assert post(story, masthead, free).status == "visible"
    assert post(story, masthead, suspended, at=NOON + MINUTE).status == "visible"


def test_a_burst_of_one_person_is_slowed(story, masthead):
    author = a_reader()
    for n in range(6):
        post(story, masthead, author, f"Thought {n} of this minute.", at=NOON + n * 5 * SECOND)

    with pytest.raises(CommentRefused, match=r"6 comments within a minute are the limit\."):
        post(story, masthead, author, "One more.", at=NOON + 40 * SECOND)
    with pytest.raises(CommentRefused, match=r"Wait 3 seconds, then post again\."):
        post(story, masthead, author, "One more.", at=NOON + 27 * SECOND)
    assert post(story, masthead, author, "One more.", at=NOON + 61 * SECOND).number == 7


def test_a_thread_of_a_story_that_readers_do_not_see_takes_nothing(story, masthead):
    elsewhere, draft = a_masthead("kinako"), a_draft("Not yet")
    post(story, masthead, a_reader())
    kill_story(story.pk, reason="Names a minor.", by="Ana", at=NOON)

    for where, title in ((story, masthead), (story, elsewhere), (draft, masthead)):
        with pytest.raises(ThreadUnavailable, match="so nobody can comment"):
            post(where, title, a_reader(), "Too late, or too early.", at=NOON + MINUTE)
    assert models.Thread.objects.count() == 1


def test_a_closed_thread_says_so(story, masthead):
    house(masthead, close_after_days=3)

    with pytest.raises(CommentRefused, match=r"Comments close 3 days after a story\.") as refused:
        post(story, masthead, a_reader(), at=NOON + timedelta(days=3))

    assert refused.value.phase == "closed"


def test_a_comment_costs_few_statements(story, masthead, django_assert_max_num_queries):
    author, root = a_reader(), a_comment(story, masthead)
    a_comment(story, masthead, author=author)

    with django_assert_max_num_queries(12):  # two of them open and close the transaction
        post(story, masthead, author, "A comment on its own.", at=NOON + MINUTE)
    with django_assert_max_num_queries(18):
        post(story, masthead, author, "A reply to it.", at=NOON + 2 * MINUTE, answers_id=root.pk)
