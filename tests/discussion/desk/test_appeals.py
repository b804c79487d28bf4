"""Appeals on the desk: answered once, by who moderates there, and undone where they were right."""

import pytest
from lxml import html

from dateline.discussion import models
from dateline.discussion.services import appeals, decisions, readers
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.web import every, one

pytestmark = pytest.mark.django_db


def page(client, path="/comments/appeals/", status=200, **fields):
    answer = client.post(path, fields) if fields else client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return html.document_fromstring(answer.content) if answer.content else answer


@pytest.fixture
def asked(story, masthead, mod):
    """The appeal of Rin, whose comment Mio removed."""
    row = a_comment(story, masthead, "You are late.", author=a_reader("Rin Abe"))
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, reason="Rude.", at=NOON)
    appeals.appeal(done.decision_id, by=row.author_id, text="The ferry, not you!", at=NOON)
    return models.Appeal.objects.get()


def test_an_appeal_stands_with_what_was_decided_and_about_what(mio, asked):
    found = page(mio)

    assert one(found, ".mod-row h2") == "Rin Abe asks for another look"
    words = one(found, ".mod-main")
    assert "Removed by Mio Sato" in words
    assert "Rule 1: Insult or threat against a person. “Rude.”" in words
    assert every(found, ".mod-text") == ["You are late.", "The ferry, not you!"]
    assert "Appeals (1)" in one(found, ".mod-rooms")


def test_who_was_right_gets_their_comment_back(mio, asked):
    answer = mio.post(f"/comments/appeals/{asked.pk}/", {"upheld": "yes", "answer": "Sorry."})

    assert "Upheld" in mio.get(answer["Location"]).content.decode()
    asked.refresh_from_db()
    assert (asked.upheld, asked.answer) == (True, "Sorry.")
    assert asked.decision.comment.status == "visible"
    assert one(page(mio), ".mod-empty") == "No appeal waits for an answer."


def test_a_dismissed_appeal_leaves_what_was_decided(mio, asked):
    answer = mio.post(f"/comments/appeals/{asked.pk}/", {"upheld": "no", "answer": "It was rude."})

    assert "Dismissed." in mio.get(answer["Location"]).content.decode()
    asked.refresh_from_db()
    assert asked.upheld is False
    assert asked.decision.comment.status == "removed"


def test_an_appeal_is_answered_in_words_and_once(mio, asked):
    address = f"/comments/appeals/{asked.pk}/"

    found = page(mio, address, 422, upheld="no", answer="  ")
    assert one(found, ".mod-problem") == "An appeal needs an answer for the reader."
    mio.post(address, {"upheld": "no", "answer": "It was rude."})
    again = page(mio, address, 422, upheld="yes", answer="Sorry.")

    assert one(again, ".mod-problem") == "It was answered at 12:00 UTC, 20 November."
    asked.refresh_from_db()
    assert asked.upheld is False
    assert mio.post(address, {"upheld": "maybe"}).status_code == 404


def test_the_moderator_of_another_title_neither_sees_nor_answers_it(enter, other, asked):
    ren = enter(other.mod)

    assert every(page(ren), ".mod-row") == []
    refused = page(ren, f"/comments/appeals/{asked.pk}/", 422, upheld="yes", answer="Fine.")
    assert "You do not moderate" in one(refused, ".mod-problem")
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_an_appeal_against_a_ban_in_the_network_is_for_who_leads(enter, mio, mod, masthead):
    lead, rin = a_moderator(None, "Aya Ono"), a_reader("Rin Abe")
    decision = readers.suspend(
        rin.pk, masthead_id=None, by=lead.pk, rule=5, until=NOON + MINUTE, at=NOON
    )
    appeals.appeal(decision, by=rin.pk, text="Why?", at=NOON)
    decision = readers.ban(rin.pk, masthead_id=masthead.pk, by=mod.pk, rule=5, at=NOON)
    appeals.appeal(decision, by=rin.pk, text="And why here?", at=NOON)

    assert every(page(mio), ".mod-text") == ["And why here?"]
    found = page(enter(lead))
    assert every(found, ".mod-text") == ["Why?", "And why here?"]
    assert "the whole network" in one(found, "#a1 .mod-head")
    assert "until 20 Nov 2026, 12:01 UTC" in one(found, "#a1")


def test_an_appeal_of_somebody_who_left_can_still_be_answered(mio, asked):
    asked.decision.reader.delete()

    assert one(page(mio), ".mod-row h2") == "Former member asks for another look"
