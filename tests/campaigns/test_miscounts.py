"""Each number that a thread keeps is looked at: whichever is wrong, the campaign would say so."""

import pytest
from django.db import connection

from dateline.discussion.domain.status import ReportReason
from dateline.discussion.models import Comment, RankMove, Revision, Thread, Vote
from dateline.discussion.services import authors, voting
from dateline.outbox.models import FactRecord
from tests.campaigns.miscounts import miscounts, record
from tests.factories.discussion import NOON, a_comment, a_reader, house
from tests.factories.newsroom import a_masthead, a_story

pytestmark = pytest.mark.django_db
HOLD_AT = 2


def wrong(story):
    """What is not as the rows say, by name."""

    def rows(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), values)
            return cursor.fetchall()

    return {what for what, *_ in miscounts(record(rows, story.pk), hold_at_reports=HOLD_AT)}


@pytest.fixture
def story():
    """A thread with a comment, a reply to it, one to that, votes, an edit and reports."""
    masthead = a_masthead()
    house(masthead, hold_at_reports=HOLD_AT)
    story = a_story(at=NOON)
    first = a_comment(story, masthead)
    reply = a_comment(story, masthead, answers_id=first.pk)
    third = a_comment(story, masthead, answers_id=reply.pk)
    for value in (1, 1, -1):
        voting.vote(first.pk, by=a_reader().pk, value=value, at=NOON)
    authors.edit_comment(reply.pk, by=reply.author_id, text="Another thought.", at=NOON)
    for _ in range(HOLD_AT):
        voting.report(third.pk, by=a_reader().pk, reason=ReportReason.SPAM, at=NOON)
    return story


def test_what_the_services_keep_is_what_the_rows_say(story):
    assert wrong(story) == set()


@pytest.mark.parametrize(
    "column",
    [
        "ups", "downs", "below", "reports", "version", "revision", "moved_best", "moved_discussed",
    ],
)  # fmt: skip
def test_a_number_that_is_one_too_many_is_named(story, column):
    first = Comment.objects.get(number=1)
    Comment.objects.filter(pk=first.pk).update(**{column: getattr(first, column) + 1})

    assert column in wrong(story)


@pytest.mark.parametrize("column", ["rank_best", "rank_discussed", "path"])
def test_a_place_that_is_another_is_named(story, column):
    Comment.objects.filter(number=3).update(**{column: b"elsewhere"})

    assert column in wrong(story)


@pytest.mark.parametrize(
    ("column", "value"), [("html", "<p>x</p>"), ("fingerprint", "0" * 16), ("status", "visible")]
)
def test_what_follows_from_words_and_reports_is_named(story, column, value):
    Comment.objects.filter(number=3).update(**{column: value})

    assert column in wrong(story)


@pytest.mark.parametrize("column", ["visible", "numbers", "moves"])
def test_a_thread_that_counts_wrongly_is_named(story, column):
    thread = Thread.objects.get(story=story)
    Thread.objects.filter(pk=thread.pk).update(**{column: getattr(thread, column) + 1})

    assert wrong(story) == {column}


def test_a_row_that_nobody_counted_is_named(story):
    first = Comment.objects.get(number=1)
    Vote.objects.create(comment=first, user=a_reader(), value=1, at=NOON)
    Revision.objects.create(comment=first, number=1, text="Before.", until=NOON)

    assert {"ups", "rank_best", "fact voted", "revision", "version", "fact edited"} <= wrong(story)


def test_a_move_or_a_fact_that_is_missing_is_named(story):
    RankMove.objects.filter(move=1).delete()
    FactRecord.objects.filter(name="comment.posted").first().delete()

    assert {"moves", "places", "fact posted"} <= wrong(story)
