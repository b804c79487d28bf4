"""Mail leaves as fast as it may, and slower when a receiver says so."""

from collections import deque
from types import SimpleNamespace

import pytest

from dateline.mail.domain.bucket import Bucket
from dateline.mail.services import pacing
from dateline.mail.services.pacing import Paces


def taken(bucket, seconds, start=0.0, every=0.001):
    """The moments at which a bucket let a mail go, asked a thousand times a second."""
    steps = range(int(seconds / every))
    return [now for step in steps if bucket.take(now := start + step * every)]


@pytest.mark.parametrize("rate", [7.0, 50.0, 400.0])
def test_the_rate_is_kept_within_two_in_a_hundred_and_no_second_has_a_tenth_more(rate):
    moments = taken(Bucket(rate, 0.0), 20.0)

    assert abs(len(moments) - 20 * rate) <= max(2, 0.02 * 20 * rate)
    worst = max(sum(1 for one in moments if at <= one < at + 1.0) for at in range(19))
    assert worst <= max(rate + 1, 1.1 * rate)


def test_no_says_slower_and_it_recovers_within_a_minute():
    bucket = Bucket(100.0, 0.0)
    taken(bucket, 1.0)

    assert bucket.hold(1.0)
    assert not bucket.hold(1.5)  # the same moment's
    assert 45 <= len(taken(bucket, 1.0, start=1.0)) <= 55
    assert not bucket.is_whole
    taken(bucket, 31.0, start=2.0)
    assert bucket.is_whole
    bucket.give_back()
    for now in range(40, 60):
        bucket.hold(float(now))
    assert bucket.rate == pytest.approx(pacing.SLOW_AT_FIRST / 100, rel=50)


def test_a_receivers_own_rate_holds_for_it_alone():
    paces = Paces(route_rate=0.0, rates={"slow.test": 1.0}, since=0.0)

    assert paces.may_leave("slow.test", 0.0)
    assert not paces.may_leave("slow.test", 0.1)
    assert paces.may_leave("fast.test", 0.1)


def test_the_route_is_not_charged_for_a_mail_its_receiver_does_not_take():
    paces = Paces(route_rate=1.0, rates={"slow.test": 1.0}, since=0.0)
    paces.buckets["slow.test"].tokens = 0.0

    assert not paces.may_leave("slow.test", 0.0)
    assert not paces.is_route_full
    assert paces.may_leave("fast.test", 0.0)
    assert not paces.may_leave("fast.test", 0.0)
    assert paces.is_route_full


def test_who_stood_back_goes_first_when_it_may():
    paces = Paces(rates={"slow.test": 1.0}, since=0.0)
    one, two = SimpleNamespace(), SimpleNamespace()
    parked = {"slow.test": deque([one, two])}

    assert paces.first_of(parked, 0.0) is one
    assert paces.first_of(parked, 0.5) is None
    assert paces.first_of(parked, 1.6) is two
    assert parked == {}


def test_a_receiver_that_says_later_gets_half_of_what_it_took():
    paces = Paces(since=0.0)
    for _ in range(400):
        paces.left("busy.test")
    paces.tidy(4.0)

    paces.hold("busy.test", 4.5)
    paces.hold("", 4.5)

    assert paces.buckets["busy.test"].rate == pytest.approx(50.0)
    assert paces.buckets[""].rate == pytest.approx(50.0)
    paces.tidy(5.0)
    assert set(paces.buckets) == {"busy.test", ""}
    for bucket in paces.buckets.values():
        bucket.take(70.0)
    paces.tidy(70.0)
    assert paces.buckets == {}


def test_a_rate_that_was_set_stays():
    paces = Paces(route_rate=5.0, rates={"slow.test": 1.0}, since=0.0)

    paces.tidy(1.0)

    assert set(paces.buckets) == {"", "slow.test"}
