"""A person before the moderators: their past, and warn, suspend, ban, lift."""

from uuid import uuid4

import pytest
from lxml import html

from dateline.discussion import models
from dateline.discussion.services import decisions, readers
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.web import every, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def rin(story, masthead):
    person = a_reader("Rin Abe")
    a_comment(story, masthead, "Of the ferry.", author=person)
    return person


def page(client, person, status=200, **fields):
    path = f"/comments/people/{person.pk}/"
    answer = client.post(path, fields) if fields else client.get(path)
    assert answer.status_code == status
    return html.document_fromstring(answer.content) if status != 302 else answer


def test_a_card_tells_the_past_and_never_the_address(mio, mod, story, masthead, rin):
    gone = a_comment(story, masthead, "Nonsense.", author=rin, at=NOON + MINUTE)
    decisions.remove(gone.pk, by=mod.pk, expected=1, rule=6, at=NOON)
    here = {"masthead_id": masthead.pk, "by": mod.pk, "at": NOON}
    readers.warn(rin.pk, rule=1, reason="Be kind.", **here)
    readers.suspend(rin.pk, rule=1, until=NOON + MINUTE, **here)
    readers.ban(rin.pk, rule=1, **here)

    found = page(mio, rin)

    assert "2 comments on what you moderate: 1 visible, 0 held, 1 removed." in one(
        found, ".mod-person section"
    )
    assert every(found, ".mod-text") == ["Nonsense.", "Of the ferry."]
    judged = every(found, "ol.mod-lines li")
    assert [line.split()[0] for line in judged] == ["banned", "suspended", "warned"]
    assert "until 20 Nov 2026, 12:01 UTC" in judged[1]
    assert "Be kind." in judged[2]
    assert "Musashi banned since" in one(found, "ul.mod-lines")
    assert rin.email not in html.tostring(found).decode()


@pytest.mark.parametrize(
    ("verb", "fields", "column"),
    [
        ("warned", {"rule": 1}, "warned_at"),
        ("suspended", {"rule": 1, "days": 3}, "suspended_until"),
        ("banned", {"rule": 9}, "banned_at"),
    ],
)
def test_a_person_is_told_off_on_one_title(mio, masthead, rin, verb, fields, column):
    page(mio, rin, 302, verb=verb, where=masthead.pk, reason="Be kind.", **fields)

    row = models.Standing.objects.get(masthead=masthead)
    assert getattr(row, column) is not None
    decision = models.Decision.objects.get()
    assert (decision.verb, decision.reason, decision.reader_id) == (verb, "Be kind.", rin.pk)
    if verb == "suspended":
        assert (decision.until - NOON).days == 3


def test_a_ban_is_lifted_again(mio, mod, masthead, rin):
    readers.ban(rin.pk, masthead_id=masthead.pk, by=mod.pk, rule=1, at=NOON)

    page(mio, rin, 302, verb="lifted", where=masthead.pk)

    assert models.Standing.objects.get(masthead=masthead).banned_at is None
    refused = page(mio, rin, 422, verb="lifted", where=masthead.pk)
    assert one(refused, ".mod-judge .mod-problem").startswith("Neither a ban")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verb": "banned"}, "Say which house rule it is."),
        ({"verb": "suspended", "rule": 1, "days": ""}, "Say for how many days."),
    ],
)
def test_half_a_decision_is_asked_for_the_rest_and_loses_no_word(mio, masthead, rin, fields, said):
    found = page(mio, rin, 422, where=masthead.pk, reason="Be kind.", **fields)

    assert said in every(found, ".mod-problem")
    assert one(found, "textarea#judge-reason") == "Be kind."
    assert models.Decision.objects.count() == 0


def test_only_who_moderates_the_network_decides_for_the_network(enter, mio, other, rin):
    found = page(mio, rin, 422, verb="banned", where="network", rule=1)
    elsewhere = page(mio, rin, 422, verb="banned", where=other.title.pk, rule=1)
    assert "Select a valid choice" in one(found, ".mod-problem")
    assert "Select a valid choice" in one(elsewhere, ".mod-problem")
    assert models.Standing.objects.exclude(banned_at=None).count() == 0

    lead = enter(a_moderator(None))
    page(lead, rin, 302, verb="banned", where="network", rule=1)

    assert models.Standing.objects.get(masthead=None).banned_at == NOON
    assert "the whole network" in one(page(lead, rin), "ol.mod-lines")
    assert "The whole network banned since" in one(page(mio, rin), "ul.mod-lines")


def test_a_person_who_never_wrote_here_is_nobody_here(mio, enter, other, rin):
    assert mio.get(f"/comments/people/{uuid4()}/").status_code == 404
    assert mio.get(f"/comments/people/{a_reader().pk}/").status_code == 404
    assert enter(other.mod).get(f"/comments/people/{rin.pk}/").status_code == 404


def test_a_person_without_comments_who_was_judged_here_is_known(mio, mod, masthead):
    quiet = a_reader("Yui Mori")
    readers.ban(quiet.pk, masthead_id=masthead.pk, by=mod.pk, rule=1, at=NOON)

    assert one(page(mio, quiet), ".mod-empty") == "None on what you moderate."
