"""What mail knows alerts by, and when what was held is due, by its reader's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.domain.by_mail import DIGEST, Held, Scope, is_due, read_scope, scope_of
from dateline.alerts.domain.choices import Clocks, Quiet
from dateline.alerts.domain.kinds import AlertClass

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo
TOKYO = "Asia/Tokyo"
HOUR = timedelta(hours=1)
NIGHT = Quiet(22 * 60, 7 * 60)
ZONES = ["Asia/Tokyo", "Europe/London", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"]


@given(
    kind=st.sampled_from([*AlertClass, DIGEST]),
    masthead=st.integers(1, 2**31),
    subject=st.none() | st.integers(1, 2**31),
)
def test_a_scope_is_read_as_it_was_written(kind, masthead, subject):
    assert read_scope(scope_of(masthead, kind, subject)) == Scope(kind, masthead, subject)


@pytest.mark.parametrize(
    "scope", ["", "answers", "newsletter:3", "alerts:breaking", "alerts:all:3", "alerts:topic:3:x"]
)
def test_scopes_of_others_are_none_of_ours(scope):
    assert read_scope(scope) is None


def held(why, since=NOON, *, zone=TOKYO, quiet=None, last=None):
    return Held(why, since, zone, quiet, last)


@pytest.mark.parametrize(
    ("one", "at", "due"),
    [
        (held("hourly"), NOON + 59 * HOUR / 60, False),
        (held("hourly"), NOON + HOUR, True),
        (held("hourly", quiet=Quiet(12 * 60, 14 * 60)), NOON + HOUR, False),
        (held("daily"), NOON + 19 * HOUR, False),
        (held("daily"), NOON + 20 * HOUR, True),
        (held("daily", NOON - 5 * HOUR), NOON - 4 * HOUR, True),  # from 7:00, at 8:00
        (held("quiet", NOON + 11 * HOUR, quiet=NIGHT), NOON + 18 * HOUR, False),
        (held("quiet", NOON + 11 * HOUR, quiet=NIGHT), NOON + 19 * HOUR, True),
        (held("quiet", last=NOON - HOUR), NOON + HOUR, False),
        (held("quiet", last=NOON - 24 * HOUR), NOON + HOUR, True),
        (held("cap"), NOON + 11 * HOUR, False),
        (held("cap"), NOON + 20 * HOUR, True),
    ],
)
def test_each_reason_has_its_moment(one, at, due):
    assert is_due(one, Clocks(at)) is due


@given(
    why=st.sampled_from(["hourly", "daily", "quiet", "cap"]),
    zone=st.sampled_from(ZONES),
    quiet=st.none() | st.builds(Quiet, st.integers(0, 1_439), st.integers(0, 1_439)),
    since=st.integers(0, 366 * 24 * 60).map(lambda minute: NOON + minute * HOUR / 60),
)
def test_nothing_comes_in_quiet_hours_and_all_of_it_within_two_days(why, zone, quiet, since):
    one = held(why, since, zone=zone, quiet=quiet)
    moments = [since + step * timedelta(minutes=10) for step in range(6 * 49)]
    due = [at for at in moments if is_due(one, Clocks(at))]

    for at in due:
        _, minute, _ = Clocks(at).here(zone)
        assert not (quiet and quiet.covers(minute))
    longest = 24 * 60 - 20  # minutes: whoever is never awake gets nothing
    length = (quiet.end - quiet.start) % 1_440 if quiet else 0
    assert due or length > longest
