"""Votes: one for each reader and comment, counted exactly; reports: once, and enough of them hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion import models
from dateline.discussion.domain import ranks
from dateline.discussion.domain.errors import NothingToDecide, ThreadUnavailable, VoteRefused
from dateline.discussion.domain.status import ReportReason
from dateline.discussion.services.voting import Voted, report, vote
from dateline.stories.services.kills import kill_story
from tests.factories.discussion import NOON, a_comment, a_reader, house
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(story, masthead):
    return a_comment(story, masthead)


def test_a_vote_is_set_changed_and_taken_back(row):
    reader, other = a_reader().pk, a_reader().pk

    assert vote(row.pk, by=other, value=1, at=NOON) == Voted(1, 0, 1)
    assert vote(row.pk, by=reader, value=1, at=NOON) == Voted(2, 0, 1)
    assert vote(row.pk, by=reader, value=1, at=NOON) == Voted(2, 0, 1)
    assert vote(row.pk, by=reader, value=-1, at=NOON) == Voted(1, 1, -1)
    assert vote(row.pk, by=reader, value=0, at=NOON) == Voted(1, 0, 0)
    row.refresh_from_db()
    assert (row.ups, row.downs, row.votes.count()) == (1, 0, 2)
    assert [(f["was"], f["value"]) for f in facts("comment.voted")] == [
        (0, 1), (0, 1), (1, -1), (-1, 0),
    ]  # fmt: skip


def test_counts_and_rank_are_what_the_rows_say(row):
    readers = [a_reader().pk for _ in range(5)]

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 1)), max_size=12))
    def cast(votes):
        for reader, value in votes:
            vote(row.pk, by=readers[reader], value=value, at=NOON)
        row.refresh_from_db()
        kept = list(row.votes.values_list("value", flat=True))
        assert (row.ups, row.downs) == (kept.count(1), kept.count(-1))
        assert bytes(row.rank_best) == ranks.best(row.ups, row.downs, row.number)

    cast()


def test_taking_back_what_was_never_cast_is_kept_and_moves_nothing(row):
    vote(row.pk, by=a_reader().pk, value=0, at=NOON)

    assert models.RankMove.objects.count() == 0


def test_nobody_votes_on_their_own(row):
    with pytest.raises(VoteRefused, match=r"You cannot vote on your own comment\."):
        vote(row.pk, by=row.author_id, value=1, at=NOON)


def test_a_title_may_have_no_votes_against(row, masthead):
    house(masthead, down_votes=False)

    with pytest.raises(VoteRefused, match=r"This title takes no votes against a comment\."):
        vote(row.pk, by=a_reader().pk, value=-1, at=NOON)
    assert vote(row.pk, by=a_reader().pk, value=1, at=NOON).ups == 1


def test_a_vote_has_three_values(row):
    with pytest.raises(ValueError, match=r"2 is no vote\. Give -1, 0 or 1\."):
        vote(row.pk, by=a_reader().pk, value=2)


def test_what_is_closed_gone_or_killed_takes_no_vote(row, story, masthead):
    reader = a_reader().pk
    house(masthead, door="closed")
    with pytest.raises(VoteRefused, match="This title takes no comments"):
        vote(row.pk, by=reader, value=1, at=NOON)
    models.Comment.objects.filter(pk=row.pk).update(status="held")
    for verb in (lambda: vote(row.pk, by=reader, value=1, at=NOON), lambda: tell(row)):
        with pytest.raises(NothingToDecide, match=r"Comment 1 is not here any more\."):
            verb()
    kill_story(story.pk, reason="Hoax.", by="Ana", at=NOON)
    for verb in (lambda: vote(row.pk, by=reader, value=1, at=NOON), lambda: tell(row)):
        with pytest.raises(ThreadUnavailable):
            verb()


def test_a_vote_costs_few_statements(row, django_assert_max_num_queries):
    reader = a_reader()
    with django_assert_max_num_queries(14):
        vote(row.pk, by=reader.pk, value=1, at=NOON)


def test_a_report_is_kept_once_for_each_reader(row):
    reader = a_reader()

    assert tell(row, by=reader, text="He shouts.") == "visible"
    assert tell(row, by=reader, reason=ReportReason.SPAM) == "visible"

    row.refresh_from_db()
    kept = row.reported.get()
    assert (kept.reason, kept.note, kept.revision, kept.at) == ("abuse", "He shouts.", 1, NOON)
    assert (row.reports, len(facts("comment.reported"))) == (1, 1)


def test_enough_reports_hold_a_comment(row, masthead):
    house(masthead, hold_at_reports=3)

    assert [tell(row), tell(row), tell(row)] == ["visible", "visible", "held"]

    row.refresh_from_db()
    assert (row.status, row.version, row.thread.visible) == ("held", 2, 0)
    decision = row.decisions.get()
    assert (decision.verb, decision.automatic, decision.reason) == (
        "held", True, "3 readers reported it.",
    )  # fmt: skip
    assert (decision.was, decision.became) == ("visible", "held")
    assert [f["status"] for f in facts("comment.reported")] == ["visible", "visible", "held"]


def test_where_the_house_wants_no_number_of_reports_holds(row, masthead):
    house(masthead, hold_at_reports=0)

    assert {tell(row) for _ in range(7)} == {"visible"}


def test_a_report_has_room_for_some_words(row):
    with pytest.raises(NothingToDecide, match=r"That is 1,001 characters; the limit is 1,000\."):
        tell(row, text="a" * 1_001)


def tell(row, *, by=None, reason=ReportReason.ABUSE, text=""):
    return report(row.pk, by=(by or a_reader()).pk, reason=reason, text=text, at=NOON)
