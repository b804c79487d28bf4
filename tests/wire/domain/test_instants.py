"""Times as agencies write them: read exactly, or with the doubt and its outer bound."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain.instants import Doubt, read_instant

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T12:00:00Z",
        "2026-11-20T12:00:00.000Z",
        "2026-11-20T12:00Z",
        "2026-11-20T21:00:00+09:00",
        "2026-11-20T21:00:00+0900",
        "2026-11-20T21:00:00+09",
        "20261120T070000-0500",
        "2026-11-20 12:00:00 Z",
        " 2026-11-20T12:00:00z\n",
    ],
)
def test_reads_every_way_of_writing_one_moment(text):
    read = read_instant(text, zone="Asia/Tokyo", late=True)

    assert (read.at, read.doubt) == (NOON, None)


def test_keeps_fractions_of_a_second():
    read = read_instant("2026-11-20T12:00:00.123456789Z", zone=None, late=True)

    assert read.at == NOON + timedelta(microseconds=123456)


def test_reads_a_time_without_offset_in_the_providers_zone():
    assert read_instant("2026-11-20T21:00:00", zone="Asia/Tokyo", late=True).at == NOON
    assert read_instant("2026-11-20T21:00:00", zone="Asia/Tokyo", late=True).doubt is None


@pytest.mark.parametrize(
    ("late", "at"), [(True, timedelta(hours=12)), (False, timedelta(hours=-14))]
)
def test_a_time_without_any_zone_is_bounded_by_the_zones_of_the_earth(late, at):
    read = read_instant("2026-11-20T12:00:00", zone=None, late=late)

    assert (read.at, read.doubt) == (NOON + at, Doubt.NO_ZONE)


@pytest.mark.parametrize(
    ("text", "zone", "late", "at"),
    [
        ("2026-11-20", None, True, datetime(2026, 11, 21, 12, tzinfo=UTC)),
        ("2026-11-20", None, False, datetime(2026, 11, 19, 10, tzinfo=UTC)),
        ("2026-11-20", "Asia/Tokyo", True, datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("20261120", "Asia/Tokyo", False, datetime(2026, 11, 19, 15, tzinfo=UTC)),
        ("2026-11-20+01:00", "Asia/Tokyo", True, datetime(2026, 11, 20, 23, tzinfo=UTC)),
        ("2026-11-20Z", None, False, datetime(2026, 11, 20, tzinfo=UTC)),
    ],
)
def test_a_day_without_an_hour_is_bounded_by_that_day(text, zone, late, at):
    read = read_instant(text, zone=zone, late=late)

    assert (read.at, read.doubt) == (at, Doubt.DAY_ONLY)


def test_an_hour_that_comes_twice_is_the_later_for_an_embargo_and_the_earlier_for_an_expiry():
    twice = "2026-10-25T02:30:00"  # clocks go back in Berlin

    late = read_instant(twice, zone="Europe/Berlin", late=True).at
    early = read_instant(twice, zone="Europe/Berlin", late=False).at

    assert late - early == timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "Next Monday", "YYYYMMDD000000-HHMM", "0001-01-01T00:00:00", "0001-01-01",
        "2026-02-31T00:00:00Z", "2026-02-31", "2026-11-20T25:00:00Z", "2026-11-20T12:00:00+99:00",
        "2026-11", "2026", "12:00", "2026-11-20T12", "9999-12-31T23:59:59-12:00", "9999-12-31",
        "٢٠٢٦-11-20T12:00:00Z", "2026-11-20T12:00:00Z!", "now",
    ],
)  # fmt: skip
def test_anything_else_is_unreadable(text):
    read = read_instant(text, zone=None, late=True)

    assert (read.at, read.doubt) == (None, Doubt.UNREADABLE)


@given(st.text(max_size=40), st.booleans())
def test_no_text_at_all_raises(text, late):
    read = read_instant(text, zone="Asia/Tokyo", late=late)

    assert read.at is None or read.at.tzinfo is UTC
    assert (read.at is None) == (read.doubt is Doubt.UNREADABLE)


@given(st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2999, 1, 1)))  # noqa: DTZ001 - wall times
def test_the_bounds_hold_for_every_zone_that_may_be_meant(wall):
    text = wall.isoformat()

    early = read_instant(text, zone=None, late=False).at
    late = read_instant(text, zone=None, late=True).at

    for zone in ("Pacific/Kiritimati", "Asia/Tokyo", "Etc/GMT+12"):
        assert early <= read_instant(text, zone=zone, late=True).at <= late
