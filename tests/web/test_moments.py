"""When what a page says of time turns: at midnight where its readers are, or when it is old."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.domain.moments import FRESH, fresh_until, is_fresh, next_midnight
from dateline.web.domain.words import words_for
from dateline.web.templatetags.reading import moment

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.integers(1_577_836_800, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
zones = st.sampled_from([TOKYO, ZoneInfo("Europe/London"), ZoneInfo("America/Sao_Paulo")])


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (NOON - 2 * timedelta(hours=1), datetime(2026, 11, 20, 15, tzinfo=UTC)),
        (NOON - 11 * timedelta(hours=1), datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ],
    ids=["midnight comes first", "it grows old first"],
)
def test_a_time_becomes_a_date_at_midnight_or_after_eighteen_hours(at, until):
    assert is_fresh(at, NOON, TOKYO)
    assert fresh_until(at, NOON, TOKYO) == until


def test_yesterday_is_never_fresh():
    at = datetime(2026, 11, 19, 14, 59, tzinfo=UTC)

    assert not is_fresh(at, at + 2 * timedelta(minutes=1), TOKYO)


@pytest.mark.parametrize(
    ("zone", "language", "shown"),
    [
        (TOKYO, "en", "21 Nov"),
        (ZoneInfo("America/Sao_Paulo"), "en", "20 Nov"),
        (TOKYO, "ja", ">11/21<"),
    ],
)
def test_one_moment_is_told_in_the_zone_and_the_words_of_each_masthead(zone, language, shown):
    at, w = datetime(2026, 11, 20, 16, tzinfo=UTC), words_for(language)

    with timezone.override(zone), translation.override(language):
        told = moment({"w": w, "now": at + 2 * FRESH}, at)

    assert shown in told
    assert at.astimezone(zone).isoformat() in told


@given(moments, zones)
def test_midnight_begins_the_next_day_and_not_before(now, zone):
    midnight = next_midnight(now, zone)

    assert now < midnight <= now + timedelta(hours=25)
    assert midnight.astimezone(zone).date() > now.astimezone(zone).date()


@given(
    moments,
    st.timedeltas(timedelta(0), FRESH - SECOND),
    zones,
)
def test_what_is_fresh_stays_so_until_the_moment_told(at, age, zone):
    now = at + age
    if is_fresh(at, now, zone):
        until = fresh_until(at, now, zone)
        assert is_fresh(at, max(now, until - SECOND), zone)
        assert not is_fresh(at, until, zone)
