"""Rows have names by which people tell them apart in a log, and the database keeps their rules."""

import pytest
from django.db import IntegrityError, transaction

from dateline.discussion import models
from dateline.discussion.services import appeals, authors, decisions, following
from dateline.discussion.services.voting import report, vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house

pytestmark = pytest.mark.django_db


def test_every_row_has_a_name(story, masthead, mod):
    row = a_comment(story, masthead)
    reader, lead = a_reader(), a_moderator(None)
    vote(row.pk, by=reader.pk, value=1, at=NOON)
    authors.edit_comment(row.pk, by=row.author_id, text="Other words.", at=NOON + MINUTE)
    report(row.pk, by=reader.pk, reason="hate", at=NOON)
    removed = decisions.remove(row.pk, by=mod.pk, expected=2, rule=1).decision_id
    appeals.appeal(removed, by=row.author_id, text="Why?")
    following.mute(reader.pk, muted_id=mod.pk)
    following.follow_thread(story.pk, masthead.pk, by=reader.pk, at=NOON)
    house(masthead)
    models.Word.objects.create(masthead=masthead, word="lout", kind="banned")
    models.Letter.objects.create(decision_id=removed, about="decision")
    models.Notice.objects.create(reference="N2026-AB", masthead=masthead, kind="other", at=NOON)
    told_and_asked(row, reader)
    thread = row.thread_id

    assert {kind.__name__: str(kind.objects.first()) for kind in KINDS} == {
        "AnswerChoice": f"{reader.pk}: soon",
        "AnswerNote": f"{reader.pk} of {row.pk}",
        "Appeal": f"appeal against {removed}",
        "Comment": f"comment 1 of thread {thread}",
        "Decision": f"removed #{removed}",
        "Follow": f"{reader.pk} follows {thread}",
        "House": f"house rules of {masthead.pk}",
        "Letter": f"letter of decision {removed}",
        "Mute": f"{reader.pk} mutes {mod.pk}",
        "Notice": "N2026-AB",
        "OutsideAsk": f"about comment {row.pk}",
        "OutsideTrouble": "2 since 12:00 UTC, 20 November",
        "RankMove": f"move 1 of thread {thread}",
        "Report": f"hate on {row.pk}",
        "Revision": f"{row.pk} r1",
        "Standing": f"{row.author_id} on the network",
        "Thread": f"thread of story {story.pk} on {masthead.pk}",
        "Vote": f"+1 on {row.pk}",
        "Word": "lout (banned)",
    }
    assert str(mod.moderates.get()) == f"{mod.pk} on {masthead.pk}"
    assert str(lead.moderates.get()) == f"{lead.pk} on the network"


def told_and_asked(row, reader):
    """The reader is to be told of the comment, and the outside service was asked about it."""
    models.AnswerChoice.objects.create(user=reader, pace="soon", at=NOON)
    models.AnswerNote.objects.create(reader=reader, comment=row, why="answer", due_at=NOON)
    models.OutsideAsk.objects.create(comment=row, version=1, at=NOON)
    models.OutsideTrouble.objects.create(since=NOON, latest_at=NOON, comments=2)


KINDS = [getattr(models, name) for name in sorted(models.__all__) if name != "Moderator"]


@pytest.mark.parametrize(
    "broken",
    [{"status": "shadow"}, {"depth": 16}, {"depth": 1}, {"parent_id": 1}],
    ids=lambda broken: next(iter(broken)),
)
def test_the_database_refuses_what_no_service_would_write(broken, story, masthead):
    row = a_comment(story, masthead)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.Comment.objects.filter(pk=row.pk).update(**broken)
