"""The share of the next minute, from what was counted in the last."""

from datetime import timedelta

import pytest

from dateline.promos import models
from dateline.promos.domain.windows import DayPart
from dateline.promos.services.pacing import pace
from tests.factories.promos import NOON, a_campaign, a_draft

SECOND = timedelta(seconds=1)
GOAL = 4 * 24 * 60 * 10  # over four days: ten a minute


@pytest.fixture
def campaign(kei):
    return a_campaign(kei, tier="guaranteed", goal=GOAL)


def counted(campaign, **numbers):
    row, _ = models.Count.objects.get_or_create(
        campaign=campaign, creative=campaign.creatives.get(), masthead=campaign.home, slot="body",
        hour=NOON,
    )  # fmt: skip
    models.Count.objects.filter(pk=row.pk).update(**numbers)


def share(campaign):
    campaign.refresh_from_db()
    return campaign.share


def test_the_first_look_only_begins_to_count(campaign):
    assert pace(at=NOON) == 1
    assert share(campaign) == 0


def test_the_share_is_what_the_plan_wants_over_the_chances_there_were(campaign):
    due = (36 * 60 + 2) * 10  # 36 hours and two minutes of ten
    counted(campaign, chances=50_000, viewable=due - 40)
    pace(at=NOON)
    counted(campaign, chances=50_100, viewable=due - 20)

    assert pace(at=NOON + 60 * SECOND) == 1
    assert share(campaign) == pytest.approx(0.2)  # twenty wanted, a hundred came


def test_a_campaign_that_is_ahead_of_its_plan_rests(campaign):
    counted(campaign, chances=50_000, viewable=GOAL)
    pace(at=NOON)
    pace(at=NOON + 30 * SECOND)

    assert share(campaign) == 0


def test_two_workers_at_once_measure_one_minute_not_none(campaign):
    assert [pace(at=NOON), pace(at=NOON + SECOND)] == [1, 0]


def test_only_guaranteed_campaigns_that_run_now_are_paced(kei):
    a_campaign(kei)
    a_draft(kei, tier="guaranteed", goal=9)
    a_campaign(kei, tier="guaranteed", goal=9, parts=(DayPart(frozenset(range(7)), 0, 60),))

    assert pace(at=NOON) == 0
