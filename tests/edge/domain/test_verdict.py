"""May a page be shown: never after a hard purge, never again after a kill or a closed right."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edge.domain.verdict import CLOCK_STEP_S, Held, Moved, Verdict, judge, judge_time

FLOOR = 100
NUMBERS = st.just(0) | st.integers(FLOOR, FLOOR + 20)
MOMENTS = st.none() | st.integers(0, 20).map(float)
HELD = st.builds(
    Held,
    start=st.integers(FLOOR - 5, FLOOR + 25),
    stored_at=st.integers(0, 20).map(float),
    opens=MOMENTS,
    closes=MOMENTS,
    ttl=MOMENTS,
)
MOVED = st.builds(
    Moved,
    sequence=st.integers(FLOOR, FLOOR + 20),
    floor=st.just(FLOOR),
    gone=NUMBERS,
    hard=NUMBERS,
    soft=NUMBERS,
)
CALM = Moved(sequence=FLOOR + 5, floor=FLOOR, gone=0, hard=0, soft=0)
FRESH = Held(start=FLOOR + 5, stored_at=1_000.0)


@given(HELD, MOVED, st.integers(0, 25).map(float))
def test_a_page_is_a_hit_only_when_nothing_moved_and_no_moment_passed(held, moved, now):
    verdict = judge(held, moved, now=now)

    if verdict in {Verdict.HIT, Verdict.SOFT}:
        assert max(moved.gone, moved.hard) <= held.start
        assert moved.floor <= held.start <= moved.sequence
        assert held.opens is None or now < held.opens
        assert held.closes is None or now < held.closes
        assert held.ttl is None or now < held.stored_at + held.ttl
        assert now >= held.stored_at - CLOCK_STEP_S
    if verdict is Verdict.HIT:
        assert moved.soft <= held.start


@given(HELD, MOVED, st.integers(0, 25).map(float))
def test_what_is_gone_or_closed_is_dead_whatever_else_holds(held, moved, now):
    lost = moved.gone > held.start or not moved.floor <= held.start <= moved.sequence
    closed = held.closes is not None and now >= held.closes

    assert (judge(held, moved, now=now) is Verdict.DEAD) == (lost or closed)


@given(HELD, MOVED, st.integers(0, 25).map(float))
def test_another_purge_never_makes_a_page_better(held, moved, now):
    order = [Verdict.HIT, Verdict.SOFT, Verdict.EXPIRED, Verdict.DEAD]
    before = order.index(judge(held, moved, now=now))

    for field in ("gone", "hard", "soft"):
        newest = replace(moved, sequence=moved.sequence + 1, **{field: moved.sequence + 1})
        if held.start <= moved.sequence:
            assert order.index(judge(held, newest, now=now)) >= before


@pytest.mark.parametrize(
    ("held", "moved", "verdict"),
    [
        ({}, {}, Verdict.HIT),
        ({}, {"hard": FLOOR + 5, "soft": FLOOR + 5, "gone": FLOOR + 5}, Verdict.HIT),
        ({}, {"sequence": FLOOR + 6, "soft": FLOOR + 6}, Verdict.SOFT),
        ({}, {"sequence": FLOOR + 6, "hard": FLOOR + 6}, Verdict.EXPIRED),
        ({}, {"sequence": FLOOR + 7, "hard": FLOOR + 6, "soft": FLOOR + 7}, Verdict.EXPIRED),
        ({}, {"sequence": FLOOR + 6, "gone": FLOOR + 6}, Verdict.DEAD),
        ({"start": FLOOR - 1}, {}, Verdict.DEAD),  # of another file of counters
        ({"start": FLOOR + 6}, {}, Verdict.DEAD),  # as above, from its future
        ({"opens": 1_001.0}, {}, Verdict.EXPIRED),
        ({"opens": 1_001.5}, {}, Verdict.HIT),
        ({"closes": 1_001.0}, {}, Verdict.DEAD),
        ({"closes": 1_000.5, "opens": 1_000.1}, {"hard": FLOOR + 6}, Verdict.DEAD),
        ({"ttl": 1.0}, {}, Verdict.EXPIRED),
        ({"ttl": 1.5}, {}, Verdict.HIT),
        ({"ttl": 1.0}, {"sequence": FLOOR + 6, "soft": FLOOR + 6}, Verdict.EXPIRED),
        ({"stored_at": 1_002.9}, {}, Verdict.HIT),  # within what clocks are corrected by
        ({"stored_at": 1_004.0}, {}, Verdict.EXPIRED),  # the clock was set back
    ],
    ids=str,
)
def test_each_case_at_ten_oclock(held, moved, verdict):
    assert judge(replace(FRESH, **held), replace(CALM, **moved), now=1_001.0) is verdict


def test_time_alone_can_be_asked_on_every_hit():
    assert judge_time(replace(FRESH, closes=1_001.0), now=1_001.0) is Verdict.DEAD
    assert judge_time(replace(FRESH, ttl=2.0), now=1_001.0) is Verdict.HIT
