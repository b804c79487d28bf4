"""Addresses of places, and when they are visited again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import pickups
from dateline.wire.domain.pickups import (
    EXAMPLES,
    LONGEST_WAIT,
    NEEDS,
    OPTIONS,
    SCHEMES,
    Kind,
    Place,
    PlaceRefused,
    next_visit,
    parts_of,
)
from tests.wire.conftest import NOON


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_spoken_of_everywhere(kind):
    place = Place(kind=kind, parts=parts_of(kind, EXAMPLES[kind]))

    assert place.parts.scheme == SCHEMES[kind][0]
    assert place.host
    assert set(NEEDS[kind]) - {"user"} <= OPTIONS[kind]


def test_a_place_names_its_port_and_its_folder():
    usual = Place(kind=Kind.SFTP, parts=parts_of(Kind.SFTP, "sftp://KNA.example/a%20b/c"))
    named = Place(kind=Kind.IMAP, parts=parts_of(Kind.IMAP, "imaps://kna.example:9993"))

    assert (usual.host, usual.port, usual.path) == ("kna.example", 22, "a b/c")
    assert (named.port, named.path) == (9993, "")
    assert "secret" not in repr(Place(kind=Kind.S3, parts=usual.parts, secret="s3cret"))


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("kna.example/news", "does not begin with https://"),
        ("file:///etc/passwd", "does not begin with https://"),
        ("https:///news", "names no host"),
        ("https://me:s3cret@kna.example/", "into their own fields"),
        ("https://kna.example/#top", "has a #"),
        ("https://kna.example:many/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://kna.example/a%0d%0ab", "has a sign that no path has"),
        ("https://kna.example/a%00b", "has a sign that no path has"),
    ],
)
def test_what_is_no_address_is_refused_with_an_example(address, problem):
    with pytest.raises(PlaceRefused, match=problem):
        parts_of(Kind.FEED, address)


@given(
    every_s=st.integers(1, 10**6), failures=st.integers(0, 10**6),
    wait=st.none() | st.timedeltas(timedelta(), timedelta(days=9)),
)  # fmt: skip
def test_a_place_is_visited_again_later_with_each_failure_and_always_again(every_s, failures, wait):
    due = next_visit(every_s=every_s, failures=failures, wait=wait, at=NOON) - NOON
    usual = max(timedelta(seconds=every_s), timedelta(seconds=pickups.SHORTEST))

    assert usual <= due <= max(LONGEST_WAIT, usual)
    assert due >= min(wait or timedelta(), LONGEST_WAIT)
    earlier = next_visit(every_s=every_s, failures=max(failures - 1, 0), wait=wait, at=NOON) - NOON
    assert earlier <= due
