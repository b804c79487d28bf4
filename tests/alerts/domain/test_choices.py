"""Caps and quiet hours hold for every follower, in every zone, on every day that clocks change."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.domain.choices import CAPPED, QUIET, SEND, Choices, Clocks, Quiet, decide
from dateline.alerts.domain.kinds import AlertClass

NIGHT = Quiet(22 * 60, 7 * 60)
CAPS = {AlertClass.BREAKING: 2, AlertClass.TOPIC: 1, AlertClass.STORY: 0}
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "America/Anchorage",
    "America/Asuncion",
    "America/Caracas",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Gaza",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]
# Each begins 30 hours before some of these zones change their clocks, in 2026.
DST_DAYS = [
    datetime(2026, *day, tzinfo=UTC)
    for day in ((3, 7), (3, 21), (3, 26), (3, 28), (4, 3), (4, 23), (9, 5), (9, 26), (10, 3),
                (10, 24), (10, 30), (10, 31))
]  # fmt: skip
READERS_QUICK, READERS_SOAK = 3_000, 1_000_000


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def verdict(moment, alert_class=AlertClass.TOPIC, *, quiet=NIGHT, earlier=(), confirmed=False,
            zone="Asia/Tokyo"):  # fmt: skip
    return decide(
        Choices(zone, CAPS, quiet), alert_class,
        clocks=Clocks(at(moment)), earlier=[at(one) for one in earlier], confirmed=confirmed,
    )  # fmt: skip


def test_an_alert_by_day_is_sent_and_one_by_night_is_held():
    assert verdict("2026-11-20T03:00") == SEND
    assert verdict("2026-11-20T13:00") == QUIET  # 22:00 in Tokyo
    assert verdict("2026-11-20T21:59") == QUIET
    assert verdict("2026-11-20T22:00") == SEND  # 7:00
    assert verdict("2026-11-20T13:00", quiet=None) == SEND
    assert verdict("2026-11-20T13:00", quiet=Quiet(0, 0)) == SEND


def test_only_a_confirmed_breaking_alert_breaks_the_night():
    midnight = "2026-11-20T15:00"

    assert verdict(midnight, AlertClass.BREAKING) == QUIET
    assert verdict(midnight, AlertClass.BREAKING, confirmed=True) == SEND
    assert verdict(midnight, AlertClass.TOPIC, confirmed=True) == QUIET


def test_a_cap_is_a_day_long_in_the_zone_of_its_reader():
    late, next_day = "2026-11-20T14:59", "2026-11-20T15:00"  # midnight in Tokyo between them

    assert verdict(late, quiet=None, earlier=["2026-11-20T03:00"]) == CAPPED
    assert verdict(next_day, quiet=None, earlier=["2026-11-20T03:00"]) == SEND
    assert verdict(late, AlertClass.STORY, quiet=None) == CAPPED


def test_the_clocks_of_a_zone_are_read_once():
    clocks = Clocks(at("2026-11-20T15:00"))

    assert clocks.here("Asia/Tokyo") is clocks.here("Asia/Tokyo")
    assert clocks.here("Asia/Tokyo")[1] == 0


def test_even_what_a_second_person_confirmed_does_not_break_a_cap():
    two = ["2026-11-20T01:00", "2026-11-20T02:00"]

    assert verdict("2026-11-20T03:00", AlertClass.BREAKING, earlier=two, confirmed=True) == CAPPED


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-03-29T00:30", QUIET),  # 1:30, the last half hour before clocks are put forward
        ("2026-03-29T01:00", SEND),  # 3:00: the hour in which the quiet ends does not come
        ("2026-10-25T00:15", QUIET),  # 2:15, for the first time
        ("2026-10-25T00:45", SEND),  # 2:45
        ("2026-10-25T01:15", QUIET),  # 2:15 again
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_read_off_the_wall(moment, said):
    assert verdict(moment, quiet=Quiet(0, 2 * 60 + 30), zone="Europe/Berlin") == said


@given(start=st.integers(0, 1439), end=st.integers(0, 1439), minute=st.integers(0, 1439))
def test_every_minute_is_quiet_as_often_as_the_hours_say(start, end, minute):
    quiet = Quiet(start, end)

    assert quiet.covers(minute) == ((minute - start) % 1440 < (end - start) % 1440)
    assert sum(map(quiet.covers, range(1440))) == (end - start) % 1440


@pytest.mark.soak
def test_no_reader_of_any_zone_is_woken_or_told_too_often(soaking):
    dice = random.SystemRandom()  # other lives each time; a failure tells its own
    readers = READERS_SOAK if soaking else READERS_QUICK
    violations = [one for number in range(readers) if (one := a_life(dice, number))]

    assert len(ZONES) == 40
    assert violations == []


def a_life(dice, number):
    """Forty-eight hours of one reader around a change of clocks; what went wrong, or nothing."""
    zone = ZONES[number % len(ZONES)]
    quiet = Quiet(dice.randrange(1440), dice.randrange(1440)) if dice.random() < 0.8 else None
    choices = Choices(zone, {one: dice.randrange(4) for one in AlertClass}, quiet)
    moment, sent = dice.choice(DST_DAYS) + timedelta(seconds=dice.randrange(3_600)), []
    for _ in range(20):
        moment += timedelta(seconds=dice.randrange(60, 9_000))
        alert_class, confirmed = dice.choice(list(AlertClass)), dice.random() < 0.5
        earlier = [when for when, kind, _ in sent if kind is alert_class]
        said = decide(choices, alert_class, clocks=Clocks(moment), earlier=earlier,
                      confirmed=confirmed)  # fmt: skip
        if said.send:
            sent.append((moment, alert_class, confirmed))
        elif not held_rightly(choices, moment, alert_class, sent):
            return f"{choices}: held for nothing at {moment}, after {sent}"
    return wrong_with(choices, sent)


def held_rightly(choices, moment, alert_class, sent):
    """Whether something spoke against an alert, judged in another way than the product does."""
    wall = moment.astimezone(ZoneInfo(choices.time_zone))
    same = [w for w, kind, _ in sent if kind is alert_class and wall_day(choices, w) == wall.date()]
    return is_quiet(choices, moment) or len(same) >= choices.caps[alert_class]


def wrong_with(choices, sent):
    """What an alert that left broke, or nothing."""
    told = {}
    for moment, alert_class, confirmed in sent:
        if is_quiet(choices, moment) and not (confirmed and alert_class is AlertClass.BREAKING):
            return f"{choices}: woken at {moment}"
        day = (wall_day(choices, moment), alert_class)
        told[day] = told.get(day, 0) + 1
        if told[day] > choices.caps[alert_class]:
            return f"{choices}: {told[day]} {alert_class} alerts on {day[0]}"
    return ""


def wall_day(choices, moment):
    return moment.astimezone(ZoneInfo(choices.time_zone)).date()


def is_quiet(choices, moment):
    if choices.quiet is None:
        return False
    wall = moment.astimezone(ZoneInfo(choices.time_zone))
    since = (wall.hour * 60 + wall.minute - choices.quiet.start) % 1440
    return since < (choices.quiet.end - choices.quiet.start) % 1440
