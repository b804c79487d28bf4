"""Notices of illegal content on the desk: decided once, with reasons, by who moderates there."""

import pytest
from lxml import html

from dateline.discussion import models
from dateline.discussion.domain.notices import Given
from dateline.discussion.services import notices
from tests.factories.discussion import NOON, a_comment
from tests.factories.web import every, one

pytestmark = pytest.mark.django_db

WHY = "It names my child and the school."


def page(client, path="/comments/notices/", status=200, **fields):
    answer = client.post(path, fields) if fields else client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return html.document_fromstring(answer.content)


def give(masthead, address="https://musashi.localhost/world/ferry-1", **fields):
    given = {"kind": "privacy", "reasons": WHY, "name": "Yui Mori", "email": "yui@example.test"}
    told = Given(address=address, good_faith=True, **{**given, **fields})
    reference = notices.give_notice(told, masthead_id=masthead.pk, at=NOON)
    return models.Notice.objects.get(reference=reference)


@pytest.fixture
def notice(story, masthead):
    row = a_comment(story, masthead, "The child is Mika.")
    return give(masthead, f"https://musashi.localhost/world/ferry-1/comments/{row.pk}")


def test_a_notice_stands_with_what_it_is_about_and_why(mio, notice):
    found = page(mio)

    assert one(found, ".mod-row h2") == f"{notice.reference} privacy"
    assert every(found, ".mod-text") == ["The child is Mika.", WHY]
    assert "Yui Mori" in one(found, ".mod-side")
    assert "Notices (1)" in one(found, ".mod-rooms")
    assert found.cssselect(".mod-row a[href^='https://musashi.example']") == []


def test_the_comment_is_removed_under_the_rule_that_was_chosen(mio, notice):
    told = {"outcome": "acted", "rule": 3, "answer": "It names a child."}
    answer = mio.post(f"/comments/notices/{notice.pk}/", told)

    assert "Acted on." in mio.get(answer["Location"]).content.decode()
    notice.refresh_from_db()
    assert (notice.comment.status, notice.decision.rule) == ("removed", 3)
    assert one(page(mio), ".mod-empty") == "No notice waits for a decision."


def test_what_is_not_against_the_law_stays(mio, notice):
    told = {"outcome": "kept", "rule": 9, "answer": "She is of age."}
    answer = mio.post(f"/comments/notices/{notice.pk}/", told)

    assert "Left as it is." in mio.get(answer["Location"]).content.decode()
    notice.refresh_from_db()
    assert notice.comment.status == "visible"


def test_a_decision_needs_reasons_and_is_made_once(mio, notice):
    address = f"/comments/notices/{notice.pk}/"

    found = page(mio, address, 422, outcome="acted", rule=9, answer=" ")
    assert one(found, ".mod-problem") == "A decision needs reasons, for those it concerns."
    mio.post(address, {"outcome": "kept", "rule": 9, "answer": "She is of age."})
    again = page(mio, address, 422, outcome="acted", rule=9, answer="No.")

    assert one(again, ".mod-problem") == "It was decided at 12:00 UTC, 20 November."
    assert mio.post(address, {"outcome": "burn", "rule": 9}).status_code == 404
    notice.refresh_from_db()
    assert notice.outcome == "kept"


def test_the_moderator_of_another_title_neither_sees_nor_decides_it(enter, other, notice):
    ren = enter(other.mod)

    assert every(page(ren), ".mod-row") == []
    refused = page(ren, f"/comments/notices/{notice.pk}/", 422, outcome="acted", rule=9, answer="A")
    assert "You do not moderate" in one(refused, ".mod-problem")
    notice.refresh_from_db()
    assert notice.decided_at is None


def test_a_notice_about_no_comment_says_so(mio, masthead):
    give(masthead, kind="child_abuse", name="", email="")

    words = one(page(mio), ".mod-row")

    assert "It is about no comment" in words
    assert "abuse of children" in words
    assert "No name given no address" in words
