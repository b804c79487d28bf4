"""Approving, pausing, ending and killing: each move once, with its fact, its note, its reason."""

from datetime import timedelta

import pytest

from dateline.mastheads import models as mastheads
from dateline.outbox.models import FactRecord
from dateline.promos import models
from dateline.promos.domain.errors import NotYours, PromoRefused, Unfit
from dateline.promos.domain.kinds import Verb
from dateline.promos.services import running
from dateline.promos.services.booking import change
from dateline.promos.services.running import move, move_on
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.promos import NOON, a_campaign, a_draft, a_manager, terms

DAY = timedelta(days=1)


def test_a_campaign_goes_from_draft_to_its_end(kei):
    row = a_draft(kei)
    seen = []
    for verb in (Verb.SUBMIT, Verb.APPROVE, Verb.PAUSE, Verb.RESUME, Verb.END):
        move(row.pk, verb, by=kei.pk, at=NOON)
        row.refresh_from_db()
        seen.append(row.state)

    assert seen == ["submitted", "approved", "paused", "approved", "ended"]
    assert [n.verb for n in row.notes.order_by("pk")] == [
        "book", "submit", "approve", "pause", "resume", "end",
    ]  # fmt: skip


def test_a_fact_says_from_where_to_where_and_on_which_mastheads(kei, masthead):
    row = a_draft(kei)

    move(row.pk, Verb.SUBMIT, by=kei.pk, at=NOON)

    told = FactRecord.objects.get(name="campaign.moved").payload
    assert (told["verb"], told["was"], told["became"]) == ("submit", "draft", "submitted")
    assert (told["mastheads"], told["house"], told["by"]) == ([masthead.pk], False, str(kei.pk))


def test_a_kill_is_for_good_and_keeps_its_reason(kei):
    row = a_campaign(kei, tier="house", label="house")

    move(row.pk, Verb.KILL, by=kei.pk, reason=" The offer is a fraud. ", at=NOON)

    row.refresh_from_db()
    assert (row.state, row.killed_at) == ("killed", NOON)
    assert row.notes.latest("pk").reason == "The offer is a fraud."
    assert FactRecord.objects.get(name="campaign.killed").payload["house"] is True
    with pytest.raises(PromoRefused, match="is killed; you cannot kill it"):
        move(row.pk, Verb.KILL, by=kei.pk, reason="Again.")


def submitted(by, **fields):
    row = a_draft(by, **fields)
    move(row.pk, Verb.SUBMIT, by=by.pk, at=NOON)
    return row


def test_who_wrote_a_campaign_leaves_its_approval_to_somebody_else(kei, masthead):
    ren, row = a_manager(masthead, "Ren Ueda"), submitted(kei)

    with pytest.raises(PromoRefused, match=f"You wrote this campaign. It is for {ren} to approve."):
        move(row.pk, Verb.APPROVE, by=kei.pk, at=NOON)
    move(row.pk, Verb.APPROVE, by=ren.pk, at=NOON)

    row.refresh_from_db()
    assert row.state == "approved"


def test_who_changed_it_last_is_who_wrote_it(kei, masthead):
    ren, row = a_manager(masthead, "Ren Ueda"), submitted(kei)
    change(row.pk, terms(by=ren), by=ren.pk, at=NOON)
    move(row.pk, Verb.SUBMIT, by=kei.pk, at=NOON)

    with pytest.raises(PromoRefused, match="You wrote"):
        move(row.pk, Verb.APPROVE, by=ren.pk, at=NOON)
    move(row.pk, Verb.APPROVE, by=kei.pk, at=NOON)


def test_who_is_alone_approves_what_they_wrote(kei, masthead):
    """A colleague who has left, or who books for one of its two titles only, is nobody to ask."""
    a_masthead("kinako")
    models.Manager.objects.create(user=kei, masthead=mastheads.Masthead.objects.get(slug="kinako"))
    gone = a_manager(masthead, "Ren Ueda")
    gone.is_active = False
    gone.save()
    a_manager(masthead, "Jo Sato")
    row = submitted(kei, on=("musashi", "kinako"))

    move(row.pk, Verb.APPROVE, by=kei.pk, at=NOON)


def test_an_administrator_approves_also_what_they_wrote(kei):
    boss = an_editor()
    row = submitted(boss)

    move(row.pk, Verb.APPROVE, by=boss.pk, at=NOON)


@pytest.mark.parametrize("verb", [Verb.KILL, Verb.RETURN])
def test_what_is_taken_back_needs_a_reason(kei, verb):
    row = a_campaign(kei)

    with pytest.raises(PromoRefused, match="Say why"):
        move(row.pk, verb, by=kei.pk, reason="  ")


def test_a_draft_is_not_approved_unread(kei):
    row = a_draft(kei)

    with pytest.raises(PromoRefused, match="is draft; you cannot approve it"):
        move(row.pk, Verb.APPROVE, by=kei.pk)


def test_what_could_not_run_any_more_is_not_approved(kei):
    row = a_draft(kei)
    models.Campaign.objects.filter(pk=row.pk).update(sections=["closed"])

    with pytest.raises(Unfit, match="section 'closed'"):
        move(row.pk, Verb.SUBMIT, by=kei.pk)


def test_nobody_moves_a_campaign_of_another_masthead(kei):
    row = a_draft(kei)

    with pytest.raises(NotYours):
        move(row.pk, Verb.SUBMIT, by=a_reader().pk)


def test_the_clock_starts_and_ends_campaigns(kei):
    row, paused = a_campaign(kei), a_campaign(kei)
    move(paused.pk, Verb.PAUSE, by=kei.pk, at=NOON)

    assert move_on(at=NOON - 3 * DAY) == 0
    assert move_on(at=NOON) == 1
    assert move_on(at=NOON) == 0
    row.refresh_from_db()
    assert row.state == "running"

    assert move_on(at=NOON + 3 * DAY) == 2
    assert set(models.Campaign.objects.values_list("state", flat=True)) == {"ended"}
    assert row.notes.latest("pk").by is None
    assert FactRecord.objects.filter(name="campaign.moved").latest("pk").payload["by"] == ""


def test_a_campaign_whose_days_were_taken_from_it_stays_where_it_is(kei):
    row = a_campaign(kei)
    models.Campaign.objects.filter(pk=row.pk).update(day_parts=[[[0], 0, 60]])

    assert move_on(at=NOON) == 0


def test_a_campaign_that_somebody_paused_meanwhile_is_not_started(kei):
    row = a_campaign(kei)
    move(row.pk, Verb.PAUSE, by=kei.pk, at=NOON)

    assert running._by_clock(row.pk, Verb.START, at=NOON) is False
