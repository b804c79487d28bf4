"""Deciding on the desk: with and without its script, never over another moderator's head."""

import pytest
from lxml import html

from dateline.discussion import models
from dateline.discussion.domain.status import ReportReason
from dateline.discussion.services import decisions
from dateline.discussion.services.voting import report
from tests.factories.discussion import NOON, a_comment, a_moderator, a_reader
from tests.factories.newsroom import an_editor
from tests.factories.web import one

from .conftest import AS_SCRIPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(story, masthead):
    return a_comment(story, masthead, "Of the ferry.")


def status_of(row):
    row.refresh_from_db()
    return row.status


@pytest.mark.parametrize(
    ("verb", "fields", "status", "said"),
    [
        ("approved", {}, "visible", "Approved."),
        ("held", {"reason": "Ask the author."}, "held", "Held."),
        ("removed", {"rule": 3, "reason": "A number."}, "removed", "Removed under rule 3."),
    ],
)
def test_a_decision_leaves_a_thin_line_to_undo_it_by(mio, row, act, verb, fields, status, said):
    answer = act(mio, row, verb, **fields)

    assert (answer.status_code, answer.json()["said"]) == (200, said)
    assert status_of(row) == status
    (decision,) = models.Decision.objects.all()
    assert (decision.verb, decision.reason) == (verb, fields.get("reason", ""))
    line = html.fromstring(answer.json()["html"])
    assert line.get("class") == "mod-done"
    assert line.cssselect("[name=decision]")[0].get("value") == str(decision.pk)


def test_an_undo_brings_the_row_back_as_it_was(mio, row, act):
    report(row.pk, by=a_reader().pk, reason=ReportReason.HATE, text="Look.", at=NOON)
    act(mio, row, "removed", rule=1)
    decision = models.Decision.objects.get()

    answer = mio.post(
        f"/comments/{row.pk}/undo/?queue=new", {"decision": decision.pk}, headers=AS_SCRIPT
    )

    assert answer.json()["said"] == "Undone."
    assert answer.json()["waiting"] == {"held": 0, "reported": 1}
    assert "Reported: hate" in one(html.fromstring(answer.json()["html"]), ".mod-why")
    assert status_of(row) == "visible"


def test_a_featured_comment_stays_in_its_place(mio, row, act):
    first = act(mio, row, "featured")
    row.refresh_from_db()
    second = act(mio, row, "unfeatured")

    assert "Feature no longer" in first.json()["html"]
    assert second.json()["said"] == "Featured no longer."
    assert 'value="featured"' in second.json()["html"]


def test_of_two_moderators_the_second_is_told_what_the_first_did(enter, mio, masthead, row, act):
    ren = enter(a_moderator(masthead, "Ren Ueda"))
    act(ren, row, "removed", rule=2)

    answer = act(mio, row, "approved")

    assert answer.status_code == 409
    assert answer.json()["said"] == (
        "Ren Ueda decided before you, at 12:00:00 UTC: removed. It is removed now; look again."
    )
    told = html.fromstring(answer.json()["html"])
    assert one(told, ".mod-problem") == answer.json()["said"]
    assert "removed" in one(told, ".mod-state")
    assert status_of(row) == "removed"
    assert models.Decision.objects.count() == 1


def test_an_undo_comes_too_late_when_somebody_decided_since(enter, mio, masthead, row, act):
    act(mio, row, "removed", rule=2)
    mine = models.Decision.objects.get()
    row.refresh_from_db()
    act(enter(a_moderator(masthead, "Ren Ueda")), row, "approved")

    answer = mio.post(f"/comments/{row.pk}/undo/", {"decision": mine.pk}, headers=AS_SCRIPT)

    assert answer.status_code == 409
    assert "Ren Ueda decided before you" in answer.json()["said"]
    assert status_of(row) == "visible"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verb": "removed", "version": 1}, "Say which house rule it is."),
        ({"verb": "removed", "version": 1, "rule": 12}, "Select a valid choice"),
        ({"verb": "burnt", "version": 1}, "Select a valid choice"),
        ({"verb": "approved", "version": "x"}, "Enter a whole number."),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(mio, row, fields, said):
    answer = mio.post(f"/comments/{row.pk}/decide/?queue=new", fields, headers=AS_SCRIPT)

    assert answer.status_code == 422
    assert said in answer.json()["said"]
    assert 'class="mod-row"' in answer.json()["html"]
    assert models.Decision.objects.count() == 0
    undo = mio.post(f"/comments/{row.pk}/undo/", {"decision": "x"}, headers=AS_SCRIPT)
    assert (undo.status_code, undo.json()["said"]) == (422, "Say which decision to undo.")


@pytest.mark.parametrize("verb", ["approved", "held", "removed", "featured"])
def test_the_moderator_of_another_title_can_do_nothing_and_learns_nothing(
    enter, other, row, act, verb
):
    ren = enter(other.mod)

    answer = act(ren, row, verb, rule=1)

    assert answer.status_code == 403
    assert answer.json()["html"] == ""
    assert "ferry" not in answer.content.decode()
    assert status_of(row) == "visible"
    assert models.Decision.objects.count() == 0


def test_the_moderator_of_another_title_can_undo_nothing(enter, mod, other, row):
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    mine = a_comment(other.story, other.title)

    answer = enter(other.mod).post(
        f"/comments/{mine.pk}/undo/", {"decision": done.decision_id}, headers=AS_SCRIPT
    )

    assert answer.status_code == 403
    assert status_of(row) == "removed"


def test_who_moderates_nothing_is_refused_as_the_script_can_hear(enter, row, act):
    ed = enter(an_editor("ed@dateline.example", superuser=False))

    assert act(ed, row).status_code == 403
    assert models.Decision.objects.count() == 0


def test_an_administrator_moderates_everything(enter, row, act):
    assert act(enter(an_editor()), row).status_code == 200


def test_without_the_script_one_comes_back_to_the_page_one_was_on(mio, row):
    at = "queue=new&masthead=musashi&after=900"
    answer = mio.post(f"/comments/{row.pk}/decide/?{at}", {"verb": "approved", "version": 1})

    assert answer["Location"] == "/comments/queue/new/?masthead=musashi&after=900"
    said = mio.get(answer["Location"]).content.decode()
    assert "Comment: approved." in said
    assert f'href="/comments/{row.pk}/"' in said


def test_without_the_script_a_refusal_is_told_on_the_page(mio, row):
    decisions.hold(row.pk, by=a_moderator(None, "Ren Ueda").pk, expected=1, at=NOON)
    alone = mio.post(f"/comments/{row.pk}/decide/", {"verb": "approved", "version": 1})
    undone = mio.post(f"/comments/{row.pk}/undo/", {"decision": models.Decision.objects.get().pk})

    assert alone["Location"] == undone["Location"] == f"/comments/{row.pk}/"
    assert "Ren Ueda decided before you" in mio.get(alone["Location"]).content.decode()
    assert status_of(row) == "visible"


@pytest.mark.parametrize("at", ["queue=//evil.example", "queue=https://evil.example", "next=//x"])
def test_no_action_leads_off_the_desk(mio, row, at):
    answer = mio.post(f"/comments/{row.pk}/decide/?{at}", {"verb": "approved", "version": 1})

    assert answer["Location"] == f"/comments/{row.pk}/"


def test_a_look_decides_nothing(mio, row):
    assert mio.get(f"/comments/{row.pk}/decide/").status_code == 405
    assert mio.get(f"/comments/{row.pk}/undo/").status_code == 405


def test_a_decision_without_a_token_of_the_page_is_refused(mod, enter, row):
    client = enter(mod)
    client.handler.enforce_csrf_checks = True

    answer = client.post(
        f"/comments/{row.pk}/decide/", {"verb": "approved", "version": 1}, headers=AS_SCRIPT
    )

    assert answer.status_code == 403
    assert models.Decision.objects.count() == 0
