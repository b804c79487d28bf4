"""When a letter is due: by a wall clock, on every day of every zone, also where clocks leap."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsletters.domain.timing import due_at, moment, next_slot, zone_of

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
WALLS = st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0))
LONGEST_LEAP = timedelta(hours=24)  # Samoa left out a whole day, in 2011


@given(DAYS, WALLS, ZONES)
def test_clocks_show_that_time_then_or_it_is_a_time_they_never_show(day, wall, name):
    zone = ZoneInfo(name)
    due = moment(day, wall, zone)
    shown = due.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, wall)

    if shown != wanted:  # it falls into a leap: after it, by no more than the leap
        leap = shown - wanted
        assert timedelta(0) < leap <= LONGEST_LEAP
        before = (due - leap - timedelta(seconds=1)).astimezone(zone).utcoffset()
        assert zone.utcoffset(shown) - before == leap
    else:  # and it is the first time that they show it
        earlier = [due - timedelta(minutes=m) for m in (30, 60, 120)]
        assert wanted not in [e.astimezone(zone).replace(tzinfo=None) for e in earlier]


@given(WALLS, ZONES, ZONES, DAYS)
def test_a_reader_gets_it_by_their_own_clock_whatever_the_lists_is(wall, name, other, day):
    assert due_at(day, wall, reader_zone=name, list_zone=other) == moment(day, wall, ZoneInfo(name))
    assert due_at(day, wall, reader_zone="", list_zone=name) == moment(day, wall, ZoneInfo(name))


@pytest.mark.parametrize(
    ("day", "wall", "zone", "due"),
    [
        (date(2026, 11, 20), time(7), "Asia/Tokyo", "2026-11-19T22:00"),
        (date(2026, 3, 8), time(2, 30), "America/New_York", "2026-03-08T07:30"),  # never shown
        (date(2026, 11, 1), time(1, 30), "America/New_York", "2026-11-01T05:30"),  # shown twice
        (date(2026, 4, 5), time(2, 15), "Australia/Lord_Howe", "2026-04-04T15:45"),
    ],
)
def test_known_days(day, wall, zone, due):
    assert moment(day, wall, ZoneInfo(zone)) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "../etc/passwd",
        pytest.param("a\0b", id="NUL"),
        pytest.param("x" * 5000, id="long"),
    ],
)
def test_a_zone_nobody_knows_is_the_lists_and_then_utc(name):
    assert zone_of(name, "Asia/Tokyo").key == "Asia/Tokyo"
    assert zone_of(name, name).key == "UTC"


@given(
    st.tuples(DAYS, WALLS).map(lambda told: datetime.combine(*told, tzinfo=UTC)),
    st.sets(st.integers(0, 6), min_size=1),
    WALLS,
    ZONES,
)
def test_the_next_day_of_a_rhythm_is_the_first_after(after, days, wall, name):
    zone = ZoneInfo(name)
    day, due = next_slot(after, days=days, wall=wall, zone=zone)

    assert day.weekday() in days
    assert due == moment(day, wall, zone)
    assert after < due <= after + timedelta(days=8)


def test_a_rhythm_without_a_day_is_none():
    with pytest.raises(ValueError, match="needs a day"):
        next_slot(datetime(2026, 1, 1, tzinfo=UTC), days=(), wall=time(7), zone=ZoneInfo("UTC"))
