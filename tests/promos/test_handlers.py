"""A list of offers is never given again once something of it was taken back."""

import pytest

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.project.schedule import run_campaigns
from dateline.promos import handlers
from dateline.promos.events import AdsTxtChanged, CampaignKilled, CampaignMoved
from tests.factories.promos import NOON, a_campaign

MOVED = {
    "campaign_id": 4,
    "was": "approved",
    "mastheads": (7,),
    "house": False,
    "by": "",
    "at": NOON,
}


@pytest.fixture
def purged(monkeypatch):
    found = []
    monkeypatch.setattr(
        edge, "purge", lambda tags, *, mode, cause: found.append((list(tags), mode, cause))
    )
    return found


def test_a_move_makes_the_list_anew_and_a_kill_takes_it_away(purged):
    handlers.show(CampaignMoved(verb="pause", became="paused", **MOVED))
    handlers.take_out(CampaignKilled(**MOVED))
    handlers.show_ads_txt(AdsTxtChanged(domain="a.example", mastheads=(7, 8), by="", at=NOON))

    assert purged == [
        ([keys.offers(7)], Mode.HARD, "campaign.moved, campaign 4"),
        ([keys.offers(7)], Mode.GONE, "campaign.killed, campaign 4"),
        ([keys.offers(7), keys.offers(8)], Mode.HARD, "ads_txt.changed, a.example"),
    ]


def test_one_of_ours_also_purges_the_pages_that_hold_it(purged):
    handlers.show(CampaignMoved(verb="pause", became="paused", **{**MOVED, "house": True}))
    handlers.take_out(CampaignKilled(**{**MOVED, "house": True}))

    assert [(tags, mode) for tags, mode, _ in purged] == [
        ([keys.offers(7), keys.house_offers(7)], Mode.HARD),
        ([keys.offers(7), keys.house_offers(7)], Mode.GONE),
    ]


def test_a_campaign_without_mastheads_purges_nothing(purged):
    handlers.show(CampaignMoved(verb="pause", became="paused", **{**MOVED, "mastheads": ()}))

    assert purged == []


def test_the_clock_starts_and_paces_campaigns(kei):
    row = a_campaign(kei, tier="guaranteed", goal=10)

    assert run_campaigns() == 0

    row.refresh_from_db()
    assert (row.state, row.paced_at) == ("running", NOON)
