"""A promised number is spent evenly: what is due when, and the share that takes it."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.promos.domain.pacing import plan_of, share
from dateline.promos.domain.windows import Span

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_even_plan_is_due_in_step_with_its_time():
    plan = plan_of(1000, [Span(NINE, NINE + HOUR), Span(NINE + 3 * HOUR, NINE + 4 * HOUR)])

    due = [plan.at(NINE + hours * HOUR) for hours in (-1, 0, 0.5, 1, 2, 3, 3.5, 4, 9)]
    assert due == [0, 0, 250, 500, 500, 500, 750, 1000, 1000]


def test_a_plan_by_hours_of_the_day_is_due_when_readers_come():
    weights = [0.0] * 24
    weights[9], weights[10] = 1, 3
    plan = plan_of(800, [Span(NINE + HOUR / 2, NINE + 2.5 * HOUR)], weights)

    # Half of nine o'clock, ten o'clock, and half of eleven, which weighs nothing.
    due = [plan.at(NINE + hours * HOUR) for hours in (0.5, 1, 1.5, 2, 2.25)]
    assert due == pytest.approx([0, 800 / 7, 800 * 4 / 7, 800, 800])


@pytest.mark.parametrize(("times", "hours"), [([], ()), ([Span(NINE, NINE + HOUR)], [0.0] * 24)])
def test_a_plan_without_time_is_refused(times, hours):
    with pytest.raises(ValueError, match="needs time"):
        plan_of(10, times, hours)


@pytest.mark.parametrize(
    ("due_soon", "delivered", "chances", "over_s", "expected"),
    [
        (130, 100, 300, 60, 0.1),  # thirty wanted of three hundred
        (130, 100, 1800, 60, 30 / 1800),  # six times the readers: a sixth of the share
        (130, 100, 150, 30, 0.1),  # the last look was half a minute ago
        (130, 100, 20, 60, 1.0),  # not enough readers: every one of them
        (130, 100, 0, 60, 1.0),  # nobody came: take who comes
        (130, 100, 5, 0, 1.0),
        (100, 100, 300, 60, 0.0),
        (90, 100, 300, 60, 0.0),  # ahead of the plan
    ],
)
def test_the_share_is_what_is_wanted_over_the_chances_there_are(
    due_soon, delivered, chances, over_s, expected
):
    got = share(due_soon=due_soon, delivered=delivered, chances=chances, over_s=over_s)

    assert got == pytest.approx(expected)
