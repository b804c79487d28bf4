"""A reader takes what they wrote along, and leaves with it or without."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from dateline.accounts.domain.data import ANONYMOUS, ERASE
from dateline.discussion import models
from dateline.discussion.domain.status import ReportReason
from dateline.discussion.services import authors, decisions
from dateline.discussion.services.following import follow_thread, mute
from dateline.discussion.services.own_data import copy_of_comments, forget_comments
from dateline.discussion.services.voting import report, vote
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(story, masthead):
    person = a_reader()
    row = a_comment(story, masthead, "The ferry was late.", author=person)
    authors.edit_comment(row.pk, by=person.pk, text="The ferry was early.", at=NOON + MINUTE)
    other = a_comment(story, masthead, "Nothing of the reader.")
    vote(other.pk, by=person.pk, value=1, at=NOON)
    report(other.pk, by=person.pk, reason=ReportReason.SPAM, text="Sells ferries.", at=NOON)
    mute(person.pk, muted_id=other.author_id)
    follow_thread(story.pk, masthead.pk, by=person.pk)
    row.refresh_from_db()
    decisions.remove(
        row.pk, by=a_moderator(masthead).pk, rule=2, reason="Off the topic.",
        expected=row.version, at=NOON + 2 * MINUTE,
    )  # fmt: skip
    return person


def test_a_copy_holds_all_that_was_written_and_done_and_nothing_of_others(reader, story):
    found = json.loads(json.dumps(copy_of_comments(str(reader.pk)), cls=DjangoJSONEncoder))

    (comment,) = found["comments"]
    assert (comment["text"], comment["status"]) == ("The ferry was early.", "removed")
    assert comment["thread__story_id"] == story.pk
    assert [text["text"] for text in found["earlier_texts"]] == ["The ferry was late."]
    assert [one["value"] for one in found["votes"]] == [1]
    assert [one["note"] for one in found["reports"]] == ["Sells ferries."]
    assert found["follows"] == [{"thread__story_id": story.pk}]
    assert found["mutes"] == 1
    assert [(one["rule"], one["reason"]) for one in found["decisions"]] == [(2, "Off the topic.")]
    assert "Nothing of the reader." not in json.dumps(found)


@pytest.mark.parametrize(("choice", "text"), [(ERASE, ""), (ANONYMOUS, "The ferry was early.")])
def test_who_leaves_takes_the_name_and_as_they_choose_the_words(reader, choice, text):
    mine = models.Comment.objects.get(author=reader)

    assert forget_comments(str(reader.pk), choice) == {"comments": 1, "votes": 1}
    assert forget_comments(str(reader.pk), choice) == {"comments": 0, "votes": 0}

    mine.refresh_from_db()
    assert (mine.author, mine.text) == (None, text)
    assert not models.Vote.objects.filter(user=reader).exists()
