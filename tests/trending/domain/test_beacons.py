"""A beacon is six numbers, and nothing else is one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.trending.domain.beacons import MOST_SECONDS, MOST_STORY, parse
from dateline.trending.domain.views import Kind, Source

WHOLE = st.integers(0, 10**20)


def test_a_page_that_was_read_says_which_and_how_far():
    assert parse(b"1.4711.4.2.95.80") == (4711, Kind.LEFT, Source.SEARCH, 95, 80)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"1", b"1.4711.1.1.0", b"1.4711.1.1.0.0.0", b"2.4711.1.1.0.0", b"1..1.1.0.0",
        b"1.0.1.1.0.0", b"1.-1.1.1.0.0", b"1.+1.1.1.0.0", b"1.1_0.1.1.0.0", b"1. 1.1.1.0.0",
        b"1.4711.0.1.0.0", b"1.4711.8.1.0.0", b"1.4711.1.0.0.0", b"1.4711.1.9.0.0",
        b"1.4711.01.1.0.0", b"1.4711.1.1.43201.0", b"1.4711.1.1.0.101", b"1.9223372036854775808.1.1.0.0",
        b"1.4711.1.1.0.1e2", pytest.param("1.\u0661.1.1.0.0".encode(), id="an Arabic one"), b"1.4711.1.1.0.0\n", pytest.param(b"1." + b"4" * 400 + b".1.1.0.0", id="400 digits"),
    ],
)  # fmt: skip
def test_anything_else_is_none(text):
    assert parse(text) is None


def test_a_beacon_cannot_say_when_it_was():
    in_a_year = 1_830_000_000

    assert parse(b"1.4711.1.1.0.0.%d" % in_a_year) is None


@given(st.binary(max_size=600) | st.from_regex(rb"[0-9.]{0,60}", fullmatch=True))
@example(b"1.1.1.1.1.1" + b"0" * 500)
def test_no_bytes_do_harm(text):
    found = parse(text)

    if found is not None:
        story, kind, source, seconds, depth = found
        assert len(text) <= 40
        assert 0 < story <= MOST_STORY
        assert (Kind(kind), Source(source)) == (kind, source)
        assert 0 <= seconds <= MOST_SECONDS
        assert 0 <= depth <= 100


@given(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
def test_what_is_read_is_what_was_written(story, kind, source, seconds, depth):
    found = parse(b"1.%d.%d.%d.%d.%d" % (story, kind, source, seconds, depth))

    assert found is None or found == (story, kind, source, seconds, depth)
