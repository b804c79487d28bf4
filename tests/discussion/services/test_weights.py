"""Votes and reports weigh by the record of who gives them, where the house asks for it."""

from datetime import timedelta

import pytest

from dateline.discussion.domain.status import ReportReason, Status
from dateline.discussion.domain.weights import Record, counts
from dateline.discussion.services import decisions, readers
from dateline.discussion.services.voting import Voted, report, vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
FINE = {"joined_at": NOON - 24 * HOUR, "shut_out": False, "judged": 20, "removed": 5}


@pytest.fixture
def row(story, masthead):
    house(
        masthead, weigh_after_hours=24, hold_at_reports=2, hold_removed_percent=30,
        seconds_between=0, most_in_minute=0,
    )  # fmt: skip
    return a_comment(story, masthead)


def a_member(age, **fields):
    return a_reader(date_joined=NOON - age, **fields)


@pytest.mark.parametrize(
    ("changes", "weighs"),
    [
        ({}, True),
        ({"joined_at": NOON - 24 * HOUR + MINUTE}, False),
        ({"shut_out": True}, False),
        ({"removed": 6}, False),
        ({"judged": 4, "removed": 4}, True),
    ],
)
def test_a_record_decides(changes, weighs):
    record = Record(**(FINE | changes))

    assert counts(record, hours=24, removed_percent=30, at=NOON) is weighs


def test_a_house_that_holds_nobody_for_removals_weighs_none_by_them():
    assert counts(Record(**(FINE | {"removed": 20})), hours=24, removed_percent=0, at=NOON)


def test_a_new_account_s_vote_is_kept_and_moves_nothing_until_it_is_old_enough(row):
    new = a_member(23 * HOUR)

    assert vote(row.pk, by=new.pk, value=1, at=NOON) == Voted(0, 0, 1, counts=False)
    row.refresh_from_db()
    assert (row.ups, row.votes.get().value) == (0, 1)
    later = NOON + HOUR
    assert vote(row.pk, by=new.pk, value=-1, at=later) == Voted(0, 1, -1)
    assert vote(row.pk, by=new.pk, value=0, at=later) == Voted(0, 0, 0)


def test_a_vote_that_counted_is_taken_back_when_its_giver_counts_no_more(row, masthead, mod):
    rin = a_member(48 * HOUR)
    vote(row.pk, by=rin.pk, value=1, at=NOON)
    told = {"masthead_id": masthead.pk, "by": mod.pk, "rule": 1, "at": NOON}
    readers.suspend(rin.pk, until=NOON + HOUR, **told)

    assert vote(row.pk, by=rin.pk, value=-1, at=NOON) == Voted(0, 0, -1, counts=False)
    assert vote(row.pk, by=rin.pk, value=1, at=NOON + HOUR) == Voted(1, 0, 1)


def test_somebody_banned_in_the_network_counts_nowhere(row):
    lead, rin = a_moderator(None), a_member(48 * HOUR)
    readers.ban(rin.pk, masthead_id=None, by=lead.pk, rule=9, at=NOON)

    assert vote(row.pk, by=rin.pk, value=1, at=NOON).counts is False


def test_whose_comments_were_often_removed_counts_for_nothing(row, story, masthead, mod):
    rin = a_member(48 * HOUR)
    for number in range(5):
        mine = a_comment(story, masthead, author=rin, at=NOON - (9 - number) * MINUTE)
        if number < 2:
            decisions.remove(mine.pk, by=mod.pk, expected=1, rule=6, at=NOON)

    assert vote(row.pk, by=rin.pk, value=1, at=NOON).counts is False


def test_reports_without_weight_are_read_and_hold_nothing(row):
    def reported_by(person):
        return report(row.pk, by=person.pk, reason=ReportReason.SPAM, at=NOON)

    assert {reported_by(a_member(HOUR)) for _ in range(3)} == {Status.VISIBLE}
    row.refresh_from_db()
    assert row.reports == 3
    assert reported_by(a_member(48 * HOUR)) == Status.VISIBLE
    assert reported_by(a_member(48 * HOUR)) == Status.HELD
    assert row.decisions.get().reason == "2 readers reported it."


def test_where_the_house_does_not_weigh_everybody_counts(row, masthead):
    house(masthead, weigh_after_hours=0)

    assert vote(row.pk, by=a_member(MINUTE).pk, value=1, at=NOON) == Voted(1, 0, 1)
