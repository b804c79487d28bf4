"""What a render records: hard and soft tags, the earliest moments, and nothing twice."""

from datetime import UTC, datetime

import pytest

from dateline.edge.domain.collector import Collector
from dateline.edge.domain.note import PageNote

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ONE = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_everything_recorded_stands_in_the_note_once_and_sorted():
    collector = Collector(start=7)
    collector.depend(["s:2", "s:1"])
    with collector.softly():
        collector.depend(["l:1:0", "s:1"])
        with collector.softly():
            collector.depend(["l:2:0"])
        collector.depend(["l:3:0"])
    collector.depend_softly(["t:sea"])
    collector.depend(["s:2"])

    assert collector.note(ttl=5) == PageNote(
        start=7,
        hard=("r:code", "s:1", "s:2"),
        soft=("l:1:0", "l:2:0", "l:3:0", "t:sea"),
        ttl=5,
    )


def test_soft_ends_with_its_block_even_after_an_error():
    collector = Collector(start=7)
    with pytest.raises(ValueError, match="rail"), collector.softly():
        raise ValueError("rail")
    collector.depend(["s:1"])

    assert "s:1" in collector.note().hard


def test_the_earliest_moment_counts():
    collector = Collector(start=7)
    for moment in (ONE, NOON, ONE):
        collector.opens_at(moment)
        collector.closes_at(moment)

    note = collector.note()

    assert (note.opens, note.closes) == (NOON.timestamp(), NOON.timestamp())


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        Collector(start=7).closes_at(NOON.replace(tzinfo=None))


def test_without_counters_there_is_no_note():
    assert Collector(start=None).note() is None
