"""Days as a paper counts them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dateline.web.domain import days

ZONES = ("Asia/Tokyo", "America/New_York", "America/Havana", "Asia/Beirut", "America/Sao_Paulo")


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.sampled_from(ZONES))
def test_a_day_begins_when_the_one_before_it_ends(day, name):
    zone = ZoneInfo(name)
    begin, end = days.begins(day, zone), days.begins(day + timedelta(days=1), zone)

    assert begin.astimezone(zone).date() == day
    assert (begin - timedelta(microseconds=1)).astimezone(zone).date() < day
    assert timedelta(hours=22) <= end - begin <= timedelta(hours=26)


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_the_weeks_of_a_month_hold_each_of_its_days_once(day):
    first = day.replace(day=1)
    weeks = days.weeks_of(first)
    shown = [one for week in weeks for one in week if one]

    assert all(len(week) == 7 for week in weeks)
    assert shown == days.days_of(first, last=date.max)
    assert (shown[0], shown[-1] + timedelta(days=1)) == (first, days.month_after(first))
    assert all(week[one.weekday()] == one for week in weeks for one in week if one)


def test_days_and_months_to_come_are_left_out():
    assert days.days_of(date(2026, 11, 1), last=date(2026, 11, 2))[-1] == date(2026, 11, 2)
    assert days.months_of(2026, last=date(2026, 2, 1)) == [date(2026, 1, 1), date(2026, 2, 1)]
    assert days.day_of(2026, 2, 30) is None
    assert days.day_of(1599) is None
    assert days.day_of(1600) == date(1600, 1, 1)


def test_runs_of_a_day_stand_under_it():
    moments = [datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (16, 15, 14)]

    found = days.by_day(moments, lambda one: one, ZoneInfo("Asia/Tokyo"))

    assert found == [(date(2026, 11, 21), moments[:2]), (date(2026, 11, 20), moments[2:])]


@given(st.dates(date(1900, 2, 1), date(2090, 1, 1)))
def test_the_month_before_is_the_one_after_which_this_one_comes(day):
    first = day.replace(day=1)

    assert days.month_after(days.month_before(first)) == first
