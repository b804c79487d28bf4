"""Readers get an alert once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dateline.alerts.domain.duplicates import WINDOW, Sent, refuse_twice
from dateline.alerts.domain.errors import Duplicate
from dateline.alerts.domain.kinds import AlertClass

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = Sent(uuid4(), 7, AlertClass.BREAKING, NOON)


def test_the_same_key_is_refused_for_ever():
    again = Sent(FIRST.key, 8, AlertClass.TOPIC, NOON + timedelta(days=400))

    with pytest.raises(Duplicate, match=r"^This alert is on its way since 12:00 UTC\.$"):
        refuse_twice(again, [FIRST])


@pytest.mark.parametrize("away", [timedelta(), WINDOW - timedelta(seconds=1), -timedelta(hours=1)])
def test_the_same_story_and_class_is_refused_for_six_hours(away):
    with pytest.raises(Duplicate, match=r"^Readers had a breaking alert .* 12:00 UTC, 20 November"):
        refuse_twice(Sent(uuid4(), 7, AlertClass.BREAKING, NOON + away), [FIRST])


def test_another_story_class_or_day_is_another_alert():
    for story, kind, away in (
        (8, AlertClass.BREAKING, timedelta()),
        (7, AlertClass.TOPIC, timedelta()),
        (7, AlertClass.BREAKING, WINDOW),
    ):
        refuse_twice(Sent(uuid4(), story, kind, NOON + away), [FIRST])
