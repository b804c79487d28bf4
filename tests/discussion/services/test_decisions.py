"""Decisions: kept with reason, rule and text; never over each other; each can be undone."""

import pytest

from dateline.discussion import models
from dateline.discussion.domain.errors import Clash, NothingToDecide, NotYours
from dateline.discussion.services import authors, decisions
from dateline.discussion.services.voting import report, vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.newsroom import a_masthead, an_editor
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(story, masthead):
    return a_comment(story, masthead, "You are a fool.")


def status(row):
    row.refresh_from_db()
    return row.status


def test_a_removal_is_kept_with_who_why_and_over_which_text(row, mod, story, masthead):
    decided = decisions.remove(
        row.pk, by=mod.pk, expected=1, rule=1, reason="An insult.", at=NOON + MINUTE
    )

    assert (status(row), row.version, row.thread.visible) == ("removed", 2, 0)
    assert decided == decisions.Decided(row.decisions.get().pk, 2)
    kept = row.decisions.get()
    assert (kept.verb, kept.by, kept.reader, kept.masthead) == (
        "removed",
        mod,
        row.author,
        masthead,
    )
    assert (kept.rule, kept.reason, kept.revision) == (1, "An insult.", 1)
    assert (kept.was, kept.became, kept.at, kept.automatic) == (
        "visible", "removed", NOON + MINUTE, False,
    )  # fmt: skip
    assert facts("comment.decided") == [
        {
            "comment_id": row.pk, "story_id": story.pk, "masthead_id": masthead.pk,
            "decision_id": kept.pk, "verb": "removed", "was": "visible", "status": "removed",
            "rule": 1, "by": str(mod.pk), "at": (NOON + MINUTE).isoformat(),
        }
    ]  # fmt: skip


def test_a_removal_needs_a_rule_that_there_is(row, mod):
    with pytest.raises(ValueError, match=r"There is no house rule 77\."):
        decisions.remove(row.pk, by=mod.pk, expected=1, rule=77)

    assert status(row) == "visible"


def test_two_moderators_never_clash_in_silence(row, mod, masthead):
    other = a_moderator(None, name="Ken Ito")
    decisions.remove(row.pk, by=other.pk, expected=1, rule=1, at=NOON)

    with pytest.raises(Clash) as clash:
        decisions.approve(row.pk, by=mod.pk, expected=1)

    assert str(clash.value) == (
        "Ken Ito decided before you, at 12:00:00 UTC: removed. It is removed now; look again."
    )
    assert (status(row), row.decisions.count()) == ("removed", 1)


def test_a_text_that_changed_since_is_looked_at_again(row, mod):
    authors.edit_comment(row.pk, by=row.author_id, text="You are no fool.", at=NOON + MINUTE)

    with pytest.raises(Clash, match=r"changed since you looked\. It is visible; look again\."):
        decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)


def test_what_a_rule_held_says_so_to_who_comes_too_late(story, masthead, mod):
    row = a_comment(story, masthead, "https://a.example https://b.example https://c.example")

    with pytest.raises(Clash, match=r"^A rule decided before you, at 12:00:00 UTC: held\."):
        decisions.approve(row.pk, by=mod.pk, expected=0)


def test_moderators_act_on_their_own_titles_only(row, masthead, mod):
    elsewhere = a_moderator(a_masthead("kinako"))
    lapsed = a_moderator(masthead)
    lapsed.is_active = False
    lapsed.save()

    for person in (elsewhere, lapsed, a_reader(), row.author):
        for verb in (decisions.approve, decisions.hold):
            with pytest.raises(NotYours, match=rf"You do not moderate masthead {masthead.pk}\."):
                verb(row.pk, by=person.pk, expected=1)
    for person in (mod, a_moderator(None), an_editor()):
        version = models.Comment.objects.get(pk=row.pk).version
        decisions.hold(row.pk, by=person.pk, expected=version)


@pytest.mark.parametrize("verb", ["approve", "hold", "remove"])
def test_every_decision_can_be_undone_with_its_reports(verb, row, mod):
    for _ in range(2):
        report(row.pk, by=a_reader().pk, reason="abuse", at=NOON)
    more = {"rule": 2} if verb == "remove" else {}
    decided = getattr(decisions, verb)(row.pk, by=mod.pk, expected=1, at=NOON, **more)
    row.refresh_from_db()
    assert (row.reports, row.reported.filter(answered_at=None).count()) == (0, 0)

    undone = decisions.undo(decided.decision_id, by=mod.pk, at=NOON + MINUTE)

    assert (status(row), row.reports, row.version) == ("visible", 2, 3)
    assert (row.thread.visible, undone.version) == (1, 3)
    assert row.reported.filter(answered_at=None).count() == 2
    assert row.decisions.get(pk=undone.decision_id).verb == "undone"


def test_only_the_latest_decision_over_the_same_text_is_undone(row, mod):
    first = decisions.hold(row.pk, by=mod.pk, expected=1)
    second = decisions.approve(row.pk, by=mod.pk, expected=2)

    with pytest.raises(Clash):
        decisions.undo(first.decision_id, by=mod.pk)
    authors.edit_comment(row.pk, by=row.author_id, text="Kinder words.", at=NOON + MINUTE)
    with pytest.raises(Clash):
        decisions.undo(second.decision_id, by=mod.pk)
    undone = decisions.feature(row.pk, by=mod.pk, expected=4)
    for nothing in (undone.decision_id, 999):
        with pytest.raises(NothingToDecide, match=r"no decision \d+ that can be undone\."):
            decisions.undo(nothing, by=mod.pk)


def test_an_undo_is_for_moderators_of_the_title(row, mod):
    decided = decisions.hold(row.pk, by=mod.pk, expected=1)

    with pytest.raises(NotYours):
        decisions.undo(decided.decision_id, by=a_reader().pk)


def test_what_its_author_deleted_stays_deleted(row, mod):
    decided = decisions.hold(row.pk, by=mod.pk, expected=1)
    authors.delete_own(row.pk, by=row.author_id)

    with pytest.raises(NothingToDecide, match=r"The author of comment \d+ deleted it\."):
        decisions.approve(row.pk, by=mod.pk, expected=3)
    with pytest.raises(NothingToDecide):
        decisions.undo(decided.decision_id, by=mod.pk)
    with pytest.raises(NothingToDecide, match=r"There is no comment 999\."):
        decisions.approve(999, by=mod.pk, expected=1)


def test_counts_follow_what_readers_see(story, masthead, mod, row):
    reply = a_comment(story, masthead, answers_id=row.pk)
    deeper = a_comment(story, masthead, answers_id=reply.pk)

    def counts():
        row.refresh_from_db()
        reply.refresh_from_db()
        return row.thread.visible, row.below, reply.below

    assert counts() == (3, 2, 1)
    decisions.hold(deeper.pk, by=mod.pk, expected=1)
    assert counts() == (2, 1, 0)
    decisions.remove(reply.pk, by=mod.pk, expected=1, rule=1)
    assert counts() == (1, 0, 0)
    decisions.approve(deeper.pk, by=mod.pk, expected=2)
    assert counts() == (2, 1, 1)
    decisions.approve(deeper.pk, by=mod.pk, expected=3)
    assert counts() == (2, 1, 1)


def test_editors_point_to_a_visible_comment(row, mod):
    decisions.feature(row.pk, by=mod.pk, expected=1, at=NOON)
    row.refresh_from_db()
    assert row.featured_at == NOON
    decisions.feature(row.pk, by=mod.pk, expected=2, on=False)
    row.refresh_from_db()
    assert row.featured_at is None
    decisions.hold(row.pk, by=mod.pk, expected=3)

    with pytest.raises(NothingToDecide, match=r"Readers do not see comment \d+\. Approve it first"):
        decisions.feature(row.pk, by=mod.pk, expected=4)
    verbs = list(row.decisions.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["featured", "unfeatured", "held"]


def test_a_decision_changes_no_vote(row, mod):
    vote(row.pk, by=a_reader().pk, value=1)
    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)
    decisions.approve(row.pk, by=mod.pk, expected=2)

    row.refresh_from_db()
    assert (row.ups, row.downs) == (1, 0)


def test_a_decision_costs_few_statements(row, mod, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        decisions.remove(row.pk, by=mod.pk, expected=1, rule=1)
