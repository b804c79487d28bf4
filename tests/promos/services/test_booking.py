"""Booking a campaign: what is kept, who may, and what is refused with its reasons."""

import pytest
from django.db import IntegrityError, transaction

from dateline.outbox.models import FactRecord
from dateline.promos import models
from dateline.promos.domain.errors import NotYours, PromoRefused, Unfit
from dateline.promos.domain.kinds import Slot, Verb
from dateline.promos.domain.windows import DayPart
from dateline.promos.queries import campaigns
from dateline.promos.services.booking import add_advertiser, book, change
from dateline.promos.services.running import move
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.promos import NOON, a_campaign, a_creative, a_draft, a_manager, terms


def test_a_booking_is_kept_as_it_was_agreed(kei):
    wanted = terms(
        by=kei, tier="guaranteed", goal=5_000, sections=frozenset({"world"}),
        topics=frozenset({"travel"}), parts=(DayPart(frozenset({4, 5}), 360, 720),), cap_views=2,
    )  # fmt: skip
    row = campaigns.rows().get(pk=book(wanted, by=kei.pk, at=NOON))
    (creative,) = row.creatives.all()

    got = campaigns.terms_of(row)
    assert row.state == "draft"
    assert got.creatives[0].creative_id == creative.pk
    assert (got.window, got.targets, got.goal, got.cap_views) == (
        wanted.window, wanted.targets, 5_000, 2,
    )  # fmt: skip
    assert facts() == ["campaign.booked"]
    assert [(n.verb, n.became, n.by_id) for n in row.notes.all()] == [("book", "draft", kei.pk)]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"label": ""}, "no label"),
        ({"advertiser": ""}, "no advertiser"),
        ({"home": "nowhere"}, "no masthead 'nowhere' to book it"),
        ({"name": " "}, "needs a name"),
        ({"sections": frozenset({"food"})}, "a section 'food'"),
        ({"creatives": (a_creative(target_url="javascript:alert(1)"),)}, "must begin with https"),
        ({"creatives": (a_creative(slots=frozenset()),)}, "stand nowhere"),
    ],
)
def test_what_could_never_run_is_not_booked(kei, wrong, problem):
    with pytest.raises(Unfit, match=problem):
        book(terms(by=kei, **wrong), by=kei.pk)

    assert not models.Campaign.objects.exists()


def test_nobody_books_for_a_masthead_that_is_not_theirs(kei):
    a_masthead("kinako")

    with pytest.raises(NotYours):
        book(terms(by=kei, on=("musashi", "kinako")), by=kei.pk)
    with pytest.raises(NotYours):
        book(terms(by=kei), by=a_reader().pk)


def test_whoever_books_for_the_network_books_for_every_masthead(boss):
    a_masthead("kinako")

    row = a_draft(boss, on=("musashi", "kinako"))

    assert {one.slug for one in row.mastheads.all()} == {"musashi", "kinako"}


def test_a_submitted_campaign_that_is_changed_is_a_draft_again(kei):
    row = a_draft(kei)
    move(row.pk, Verb.SUBMIT, by=kei.pk, at=NOON)

    change(row.pk, terms(by=kei, name="Other"), by=kei.pk, at=NOON)

    row.refresh_from_db()
    assert (row.name, row.state) == ("Other", "draft")
    assert facts()[-1] == "campaign.changed"


def test_a_creative_that_is_left_out_is_withdrawn_and_keeps_its_counts(kei):
    row = a_draft(kei, creatives=(a_creative(), a_creative(kind="card", code="")))
    first, second = row.creatives.order_by("pk")
    kept = a_creative(creative_id=second.pk, headline="Changed", slots=frozenset({Slot.FRONT}))

    change(row.pk, terms(by=kei, creatives=(kept,)), by=kei.pk)

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.withdrawn_at == NOON
    assert (second.withdrawn_at, second.headline) == (None, "Changed")
    assert [slot.slot for slot in second.slots.all()] == ["front"]


def test_a_creative_of_another_campaign_is_not_taken_over(kei):
    theirs = a_draft(kei).creatives.get()
    row = a_draft(kei)

    change(row.pk, terms(by=kei, creatives=(a_creative(creative_id=theirs.pk),)), by=kei.pk)

    theirs.refresh_from_db()
    assert theirs.campaign_id != row.pk
    assert row.creatives.filter(withdrawn_at=None).count() == 1


def test_a_running_campaign_is_not_changed(kei):
    row = a_campaign(kei)

    with pytest.raises(PromoRefused, match="Return it to draft"):
        change(row.pk, terms(by=kei), by=kei.pk)


def test_nobody_changes_what_stands_on_another_masthead_too(kei, boss):
    a_masthead("kinako")
    row = a_draft(boss, on=("musashi", "kinako"))

    with pytest.raises(NotYours):
        change(row.pk, terms(by=kei), by=kei.pk)


def test_the_database_keeps_no_campaign_without_a_label(kei):
    row = a_draft(kei)

    for wrong in ({"label": ""}, {"label": "none"}, {"state": "killed"}, {"share": 1.5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Campaign.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.creatives.update(target_url="javascript:alert(1)")


def test_a_picture_that_is_gone_keeps_a_campaign_from_running(kei, media_root):
    row = a_draft(kei, creatives=(a_creative(picture_id=a_picture().pk, alt="A quay"),))
    models.Creative.objects.filter(campaign=row).update(alt="")

    with pytest.raises(Unfit, match="says what it shows"):
        move(row.pk, Verb.SUBMIT, by=kei.pk)


def test_an_advertiser_is_written_down_once(kei):
    first = add_advertiser("  Kumo   SIM ", by=kei.pk, contact="ads@kumo.example")

    assert add_advertiser("Kumo SIM", by=kei.pk) == first
    assert models.Advertiser.objects.get().contact == "ads@kumo.example"


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_an_advertiser_needs_a_name_that_fits(kei, name):
    with pytest.raises(Unfit, match="at most 80"):
        add_advertiser(name, by=kei.pk)


def test_only_who_books_offers_writes_advertisers_down(masthead):
    with pytest.raises(NotYours):
        add_advertiser("Kumo", by=a_reader().pk)


def test_rows_say_what_they_are(kei):
    row = a_draft(kei)
    creative, manager = row.creatives.get(), models.Manager.objects.get()

    assert str(row) == f"{row.name} #{row.pk}"
    assert str(creative).endswith(f"#{creative.pk}")
    assert str(creative.slots.get()) == f"{creative.pk} in body"
    assert str(row.advertiser) == "Kumo SIM"
    assert str(manager) == f"{kei.pk} for {manager.masthead_id}"
    assert str(models.Manager(user=kei)).endswith("for the network")
    assert str(row.notes.get()) == f"book {row.pk} at 2026-11-20 03:00"
    assert str(models.AdsTxt(domain="musashi.example")) == "musashi.example"
    assert str(models.Count(creative=creative, slot="body", hour=NOON)).endswith("03:00")
    assert a_manager() is not None


def facts():
    mine = FactRecord.objects.filter(name__startswith="campaign").order_by("pk")
    return list(mine.values_list("name", flat=True))
