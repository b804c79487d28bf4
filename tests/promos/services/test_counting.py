"""Counts are exact: every real event once, nothing forged, nothing of what is not shown."""

from datetime import timedelta

import pytest

from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.domain.kinds import Event, Slot, Verb
from dateline.promos.services.counting import Happened, count
from dateline.promos.services.running import move
from tests.factories.newsroom import a_masthead
from tests.factories.promos import NOON, a_campaign, a_creative, a_draft, forge

HOUR = timedelta(hours=1)


def numbers(row):
    return (row.chances, row.viewable, row.clicks, row.copies)


def name_of(campaign, slot="body"):
    return links.sign(campaign.pk, campaign.creatives.get().pk, slot)


def test_events_are_added_to_their_hour_and_slot(kei, masthead):
    campaign = a_campaign(kei, creatives=(a_creative(slots=frozenset({Slot.BODY, Slot.RAIL})),))
    body, rail = name_of(campaign), name_of(campaign, "rail")
    told = [(Event.CHANCE, body)] * 3 + [(Event.VIEWABLE, body)] * 2 + [(Event.COPY, rail)]

    assert count([Happened(*one, masthead.pk) for one in told], at=NOON) == 6
    assert count([Happened(Event.CLICK, body, masthead.pk)], at=NOON + HOUR / 2) == 1
    assert count([Happened(Event.VIEWABLE, body, masthead.pk)], at=NOON + HOUR) == 1

    rows = models.Count.objects.order_by("hour", "slot")
    assert [(r.slot, r.hour, *numbers(r)) for r in rows] == [
        ("body", NOON, 3, 2, 1, 0),
        ("rail", NOON, 0, 0, 0, 1),
        ("body", NOON + HOUR, 0, 1, 0, 0),
    ]


def test_nothing_forged_is_counted(kei, masthead):
    campaign = a_campaign(kei)
    name = name_of(campaign)
    wrong = [
        forge(name), "", "x", "é" * 9, "9" * 200, f"{campaign.pk}.1.body", links.sign(0, 1, "body"),
        links.sign(campaign.pk, 999_999, "body"), links.sign(999_999, 1, "body"),
        name_of(campaign, "rail"), links.sign_report(campaign.pk),
    ]  # fmt: skip

    assert count([Happened(Event.VIEWABLE, one, masthead.pk) for one in wrong], at=NOON) == 0
    assert not models.Count.objects.exists()


def test_nothing_is_counted_on_a_masthead_where_it_does_not_stand(kei):
    other = a_masthead("kinako")

    assert count([Happened(Event.VIEWABLE, name_of(a_campaign(kei)), other.pk)], at=NOON) == 0


@pytest.mark.parametrize("verb", [Verb.PAUSE, Verb.KILL, None])
def test_what_is_not_shown_is_not_counted(kei, masthead, verb):
    campaign = a_campaign(kei) if verb else a_draft(kei)
    if verb:
        move(campaign.pk, verb, by=kei.pk, reason="No.", at=NOON)

    assert count([Happened(Event.VIEWABLE, name_of(campaign), masthead.pk)], at=NOON) == 0


def test_a_report_is_named_by_its_campaign_and_by_nothing_else():
    name = links.sign_report(12)

    assert links.read_report(name) == 12
    assert links.read_report(forge(name)) is None
    assert links.read(name) is None
