"""What is decided over people: told, timed, lifted, appealed once, and only where one may."""

from datetime import timedelta

import pytest

from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide, NotYours
from dateline.discussion.services import appeals, authors, decisions, following, readers
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def row_of(reader, masthead=None):
    return models.Standing.objects.get(user=reader, masthead=masthead)


def test_warned_suspended_banned_and_lifted(masthead, mod):
    reader, here = a_reader(), {"masthead_id": masthead.pk, "by": mod.pk, "at": NOON}

    warned = readers.warn(reader.pk, rule=1, reason="Calm down.", **here)
    readers.suspend(reader.pk, rule=1, until=NOON + DAY, **here)
    readers.ban(reader.pk, rule=2, **here)
    row = row_of(reader, masthead)
    assert (row.warned_at, row.suspended_until, row.banned_at) == (NOON, NOON + DAY, NOON)
    readers.lift(reader.pk, reason="They asked nicely.", **here)

    row = row_of(reader, masthead)
    assert (row.warned_at, row.suspended_until, row.banned_at) == (NOON, None, None)
    log = models.Decision.objects.filter(reader=reader).order_by("pk")
    assert [(d.verb, d.rule, d.until) for d in log] == [
        ("warned", 1, None), ("suspended", 1, NOON + DAY), ("banned", 2, None),
        ("lifted", None, None),
    ]  # fmt: skip
    assert (log[0].pk, log[0].reason, log[0].by) == (warned, "Calm down.", mod)
    assert facts("reader.judged")[1] == {
        "reader_id": str(reader.pk), "masthead_id": masthead.pk, "decision_id": log[1].pk,
        "verb": "suspended", "until": (NOON + DAY).isoformat(), "by": str(mod.pk),
        "at": NOON.isoformat(),
    }  # fmt: skip


def test_the_network_is_for_its_own_moderators(masthead, mod):
    reader, lead = a_reader(), a_moderator(None)

    with pytest.raises(NotYours, match=r"You do not moderate the network\."):
        readers.ban(reader.pk, masthead_id=None, by=mod.pk, rule=1)
    readers.ban(reader.pk, masthead_id=None, by=lead.pk, rule=1, at=NOON)

    assert row_of(reader).banned_at == NOON
    with pytest.raises(NotYours):
        readers.lift(reader.pk, masthead_id=None, by=mod.pk)


def test_moderators_do_not_judge_each_other(masthead, mod):
    with pytest.raises(NothingToDecide, match="They moderate there themselves"):
        readers.ban(a_moderator(masthead).pk, masthead_id=masthead.pk, by=mod.pk, rule=1)


def test_there_is_something_to_end_and_a_time_to_come(masthead, mod):
    reader, here = a_reader(), {"masthead_id": masthead.pk, "by": mod.pk}
    readers.suspend(reader.pk, rule=1, until=NOON + DAY, at=NOON, **here)

    with pytest.raises(NothingToDecide, match="Neither a ban nor a suspension is in force"):
        readers.lift(reader.pk, at=NOON + DAY, **here)
    with pytest.raises(NothingToDecide, match=r"12:00 UTC, 20 November has passed\."):
        readers.suspend(reader.pk, rule=1, until=NOON, at=NOON, **here)
    with pytest.raises(ValueError, match="There is no house rule 0"):
        readers.warn(reader.pk, rule=0, **here)


def test_a_removal_is_appealed_once_and_taken_back(story, masthead, mod):
    row = a_comment(story, masthead)
    decided = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    asked = appeals.appeal(decided.decision_id, by=row.author_id, text=" It was a joke. ", at=NOON)
    with pytest.raises(NothingToDecide, match="There is one appeal for each decision"):
        appeals.appeal(decided.decision_id, by=row.author_id, text="Please.")
    with pytest.raises(NothingToDecide, match="An appeal needs an answer"):
        appeals.decide_appeal(asked, by=mod.pk, upheld=True, answer=" ")
    with pytest.raises(NotYours):
        appeals.decide_appeal(asked, by=row.author_id, upheld=True, answer="I say so.")
    appeals.decide_appeal(asked, by=mod.pk, upheld=True, answer="You are right.", at=NOON + MINUTE)
    with pytest.raises(NothingToDecide, match=r"It was answered at 12:01 UTC, 20 November\."):
        appeals.decide_appeal(asked, by=mod.pk, upheld=False, answer="No.")

    row.refresh_from_db()
    assert (row.status, row.version, row.thread.visible) == ("visible", 3, 1)
    kept = models.Appeal.objects.get()
    assert (kept.text, kept.upheld, kept.answer, kept.decided_by) == (
        "It was a joke.", True, "You are right.", mod,
    )  # fmt: skip
    assert row.decisions.latest("pk").verb == "appeal_upheld"
    assert facts("decision.appealed")[0]["appeal_id"] == asked
    assert facts("appeal.decided")[0]["story_id"] == story.pk


@pytest.mark.parametrize("upheld", [True, False])
@pytest.mark.parametrize("verb", ["warn", "suspend", "ban"])
def test_a_judgement_over_a_person_is_appealed(verb, upheld, masthead, mod):
    reader = a_reader()
    more = {"until": NOON + DAY} if verb == "suspend" else {}
    here = {"masthead_id": masthead.pk, "by": mod.pk, "rule": 1, "at": NOON}
    decision = getattr(readers, verb)(reader.pk, **here, **more)
    asked = appeals.appeal(decision, by=reader.pk, text="It was not me.")

    appeals.decide_appeal(asked, by=mod.pk, upheld=upheld, answer="We looked.", at=NOON)

    row = row_of(reader, masthead)
    assert any([row.warned_at, row.suspended_until, row.banned_at]) is not upheld
    latest = models.Decision.objects.latest("pk")
    assert (latest.verb, latest.reader) == ("appeal_upheld" if upheld else "appeal_refused", reader)


@pytest.mark.parametrize("upheld", [True, False])
def test_an_appeal_brings_nothing_back_that_its_author_deleted(upheld, story, masthead, mod):
    row = a_comment(story, masthead)
    decided = decisions.hold(row.pk, by=mod.pk, expected=1)
    asked = appeals.appeal(decided.decision_id, by=row.author_id, text="Why?")
    authors.delete_own(row.pk, by=row.author_id)

    appeals.decide_appeal(asked, by=mod.pk, upheld=upheld, answer="We looked.")

    row.refresh_from_db()
    assert row.status == "deleted"


def test_only_what_went_against_a_reader_is_appealed_by_them_in_words(story, masthead, mod):
    row = a_comment(story, masthead)
    approved = decisions.approve(row.pk, by=mod.pk, expected=1).decision_id
    held = decisions.hold(row.pk, by=mod.pk, expected=2).decision_id

    for nothing in (approved, 999):
        with pytest.raises(NothingToDecide, match=rf"There is no decision {nothing} that can be"):
            appeals.appeal(nothing, by=row.author_id, text="Why?")
    with pytest.raises(NotYours, match="is about somebody else"):
        appeals.appeal(held, by=a_reader().pk, text="Why?")
    for text in (" ", "a" * 5_001):
        with pytest.raises(NothingToDecide, match="Say why in 1 to 5,000 characters"):
            appeals.appeal(held, by=row.author_id, text=text)
    with pytest.raises(NothingToDecide, match=r"There is no appeal 999\."):
        appeals.decide_appeal(999, by=mod.pk, upheld=True, answer="Yes.")


def test_readers_mute_and_follow(story, masthead):
    reader, other = a_reader(), a_reader()

    for _ in range(2):
        following.mute(reader.pk, muted_id=other.pk)
        following.follow_thread(story.pk, masthead.pk, by=reader.pk, at=NOON)
    assert models.Mute.objects.get().muted == other
    assert models.Follow.objects.get().user == reader
    with pytest.raises(NothingToDecide, match=r"You cannot mute yourself\."):
        following.mute(reader.pk, muted_id=reader.pk)
    following.mute(reader.pk, muted_id=other.pk, on=False)
    following.follow_thread(story.pk, masthead.pk, by=reader.pk, on=False, at=NOON)

    assert models.Mute.objects.count() == models.Follow.objects.count() == 0
    assert [f["on"] for f in facts("reader.muted")] == [True, True, False]
    assert [f["on"] for f in facts("thread.followed")] == [True, True, False]
