"""Queues: what waits, in order, for the moderators of that title; and what authors are told."""

import pytest

from dateline.discussion.domain.status import ReportReason
from dateline.discussion.queries import people, queues
from dateline.discussion.queries.queues import Queue, queue
from dateline.discussion.services import appeals, authors, decisions
from dateline.discussion.services.voting import report
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.newsroom import a_masthead, a_story

pytestmark = pytest.mark.django_db

LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture
def rows(story, masthead, mod):
    """Two comments in each queue: reported, held, approved, removed, and plain ones."""
    found = {name: [a_comment(story, masthead) for _ in range(2)] for name in ("reported", "plain")}
    found["held"] = [a_comment(story, masthead, f"{LINKS} {n}") for n in range(2)]
    found["approved"] = [a_comment(story, masthead, f"{LINKS} and {n}") for n in range(2)]
    found["removed"] = [a_comment(story, masthead) for _ in range(2)]
    for row in found["reported"]:
        report(row.pk, by=a_reader().pk, reason=ReportReason.HATE, text="Look.", at=NOON)
    for row in found["approved"]:
        decisions.approve(row.pk, by=mod.pk, expected=1, at=NOON)
    for row in found["removed"]:
        decisions.remove(row.pk, by=mod.pk, expected=1, rule=3, reason="A number.", at=NOON)
    return found


def ids(found):
    return [row.id for row in found]


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        (Queue.REPORTED, ["reported"]),
        (Queue.HELD, ["held"]),
        (Queue.APPROVED, ["approved"]),
        (Queue.REMOVED, ["removed"]),
        (Queue.NEW, ["reported", "plain"]),
    ],
)
def test_a_queue_holds_what_it_says_and_is_paged_without_loss(name, groups, rows, mod):
    wanted = sorted(row.pk for group in groups for row in rows[group])
    wanted = wanted if name in queues.OLDEST_FIRST else wanted[::-1]
    seen, page = [], queue(name, by=mod.pk, size=1)
    while page:
        seen += ids(page)
        page = queue(name, by=mod.pk, after=seen[-1], size=1)

    assert ids(queue(name, by=mod.pk)) == seen == wanted


def test_a_row_says_what_a_moderator_needs(rows, mod, story, masthead):
    reported, held = queue(Queue.REPORTED, by=mod.pk)[0], queue(Queue.HELD, by=mod.pk)[0]

    first = rows["reported"][0]
    assert (reported.id, reported.number, reported.version) == (first.pk, first.number, 1)
    assert (reported.story_id, reported.masthead_id) == (story.pk, masthead.pk)
    assert (reported.text, reported.author, reported.author_id) == (
        first.text, "Rin Abe", first.author_id,
    )  # fmt: skip
    assert (reported.reports, reported.held_for) == ((("hate", "Look."),), ())
    assert held.held_for[0] == "3 links; 2 are let through."
    authors.forget_reader(first.author_id, with_text=False)
    assert queue(Queue.REPORTED, by=mod.pk)[0].author == people.GONE


def test_a_moderator_sees_their_own_titles_only(rows, mod, masthead):
    other = a_masthead("kinako")
    elsewhere, lead = a_moderator(other), a_moderator(None)
    there = a_comment(a_story("Soup", on=("kinako",), at=NOON - MINUTE), other)

    assert ids(queue(Queue.NEW, by=elsewhere.pk)) == [there.pk]
    assert there.pk not in ids(queue(Queue.NEW, by=mod.pk))
    assert there.pk in ids(queue(Queue.NEW, by=lead.pk))
    assert ids(queue(Queue.NEW, by=lead.pk, masthead_id=other.pk)) == [there.pk]
    assert queue(Queue.NEW, by=mod.pk, masthead_id=other.pk) == []
    assert queue(Queue.NEW, by=a_reader().pk) == []
    assert queues.waiting(by=mod.pk) == {Queue.HELD: 2, Queue.REPORTED: 2}
    assert queues.waiting(by=elsewhere.pk) == {Queue.HELD: 0, Queue.REPORTED: 0}


def test_the_log_of_a_comment(rows, mod):
    removed = rows["removed"][0].pk

    (line,) = queues.decisions_of(removed, by=mod.pk)

    assert (line.verb, line.by, line.rule, line.reason) == ("removed", "Mio Sato", 3, "A number.")
    assert (line.was, line.became, line.revision, line.at) == ("visible", "removed", 1, NOON)
    assert queues.decisions_of(rows["held"][0].pk, by=mod.pk)[0].by == ""
    assert queues.decisions_of(removed, by=a_reader().pk) == []
    mod.delete()
    assert queues.decisions_of(removed, by=a_moderator(None).pk)[0].by == ""


def test_appeals_wait_for_the_moderators_of_their_title(rows, mod):
    removed = rows["removed"]
    asked = [
        appeals.appeal(row.decisions.get().pk, by=row.author_id, text="Why?", at=NOON)
        for row in removed
    ]

    first, second = queues.appeals(by=mod.pk)

    assert (first.id, first.text, first.verb, first.rule) == (asked[0], "Why?", "removed", 3)
    assert (first.comment_id, second.id) == (removed[0].pk, asked[1])
    assert [a.id for a in queues.appeals(by=mod.pk, after=asked[0])] == asked[1:]
    assert queues.appeals(by=a_moderator(a_masthead("kinako")).pk) == []
    appeals.decide_appeal(asked[0], by=mod.pk, upheld=False, answer="No.")
    assert [a.id for a in queues.appeals(by=mod.pk)] == asked[1:]


def test_authors_are_told_what_became_of_their_comments(story, masthead, mod):
    author = a_reader()
    rows = [
        a_comment(story, masthead, text, author=author, at=NOON + n * MINUTE)
        for n, text in enumerate(("One thing.", LINKS, "Another thing."))
    ]
    decisions.feature(rows[2].pk, by=mod.pk, expected=1)
    decisions.remove(rows[2].pk, by=mod.pk, expected=2, rule=6, reason="Off topic.")

    told = queues.own_comments(author.pk)

    assert [(t.status, t.rule, t.automatic) for t in told] == [
        ("removed", 6, False), ("held", None, True), ("visible", None, False),
    ]  # fmt: skip
    assert (told[0].text, told[0].reason, told[0].id) == (
        "Another thing.",
        "Off topic.",
        rows[2].pk,
    )
    assert (told[1].reason.split(";")[0], told[2].decision_id) == ("3 links", None)
    assert told[0].decision_id == rows[2].decisions.latest("pk").pk
    assert [t.id for t in queues.own_comments(author.pk, before=rows[1].pk)] == [rows[0].pk]
    assert queues.own_comments(mod.pk) == []
