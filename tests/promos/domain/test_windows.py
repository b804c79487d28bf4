"""When a campaign runs: whole days and parts of days, also where clocks are changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dateline.promos.domain.windows import (
    DayPart,
    Span,
    Window,
    is_open,
    next_change,
    problems_of,
    spans,
)

TOKYO, NEW_YORK, CAIRO, HAVANA = "Asia/Tokyo", "America/New_York", "Africa/Cairo", "America/Havana"
ALL = frozenset(range(7))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def a_day(day, zone, *parts):
    return spans(Window(day, day, zone, parts))


def test_days_run_from_midnight_to_midnight_of_the_masthead():
    window = Window(date(2026, 11, 20), date(2026, 11, 21), TOKYO)

    assert spans(window) == (Span(utc(2026, 11, 19, 15), utc(2026, 11, 21, 15)),)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 7, 1), 24)],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day, hours):
    (span,) = a_day(day, NEW_YORK)

    assert span.seconds == hours * 3600


def test_parts_of_days_are_on_the_chosen_weekdays_only():
    evenings = DayPart(frozenset({4, 5}), 18 * 60, 22 * 60)  # Friday and Saturday
    window = Window(date(2026, 11, 16), date(2026, 11, 22), TOKYO, (evenings,))

    assert spans(window) == (
        Span(utc(2026, 11, 20, 9), utc(2026, 11, 20, 13)),
        Span(utc(2026, 11, 21, 9), utc(2026, 11, 21, 13)),
    )


def test_parts_that_touch_or_overlap_are_one_span():
    morning, noon, wide = DayPart(ALL, 360, 540), DayPart(ALL, 540, 720), DayPart(ALL, 400, 450)

    assert a_day(date(2026, 11, 20), TOKYO, noon, wide, morning) == (
        Span(utc(2026, 11, 19, 21), utc(2026, 11, 20, 3)),
    )


def test_a_part_within_the_hour_that_is_left_out_does_not_happen():
    assert a_day(date(2026, 3, 8), NEW_YORK, DayPart(ALL, 130, 150)) == ()


def test_a_part_that_begins_in_the_hour_left_out_begins_with_the_change():
    (span,) = a_day(date(2026, 3, 8), NEW_YORK, DayPart(ALL, 150, 240))

    assert span == Span(utc(2026, 3, 8, 7), utc(2026, 3, 8, 8))


def test_a_part_has_both_of_an_hour_that_comes_twice():
    (span,) = a_day(date(2026, 11, 1), NEW_YORK, DayPart(ALL, 60, 120))

    assert span == Span(utc(2026, 11, 1, 5), utc(2026, 11, 1, 7))


def test_days_meet_without_gap_where_midnight_is_left_out():
    window = Window(date(2026, 4, 23), date(2026, 4, 24), CAIRO)  # clocks go from 0:00 to 1:00

    assert spans(window) == (Span(utc(2026, 4, 22, 22), utc(2026, 4, 24, 21)),)


def test_a_day_ends_with_the_first_midnight_where_there_are_two():
    first, second = a_day(date(2026, 10, 31), HAVANA), a_day(date(2026, 11, 1), HAVANA)

    assert first[0].end == second[0].start == utc(2026, 11, 1, 4)


@pytest.mark.parametrize(
    ("window", "problem"),
    [
        (Window(date(2026, 1, 2), date(2026, 1, 1), TOKYO), "before it begins"),
        (Window(date(2026, 1, 1), date(2027, 12, 1), TOKYO), "more than 400 days"),
        (
            Window(
                date(2026, 11, 16),
                date(2026, 11, 16),
                TOKYO,
                (DayPart(frozenset({2}), 0, 60),),
            ),
            "It has no days",
        ),
        (
            Window(date(2026, 1, 1), date(2026, 1, 1), TOKYO, (DayPart(frozenset(), 0, 60),)),
            "weekdays",
        ),
        (
            Window(date(2026, 1, 1), date(2026, 1, 1), TOKYO, (DayPart(frozenset({9}), 0, 60),)),
            "weekdays",
        ),
        (
            Window(date(2026, 1, 1), date(2026, 1, 1), TOKYO, (DayPart(ALL, 1380, 60),)),
            "two parts",
        ),
        (
            Window(date(2026, 1, 1), date(2026, 1, 1), TOKYO, (DayPart(ALL, 0, 1441),)),
            "1440",
        ),
    ],
)
def test_a_window_that_cannot_be_is_refused_with_its_reason(window, problem):
    (found,) = problems_of(window)

    assert problem in found


def test_a_window_of_one_day_is_sound():
    assert problems_of(Window(date(2026, 1, 1), date(2026, 1, 1), TOKYO)) == []


def test_a_campaign_is_open_from_its_first_moment_up_to_its_last():
    (span,) = times = a_day(date(2026, 11, 20), TOKYO)
    second = timedelta(seconds=1)

    assert [is_open(times, at) for at in (span.start - second, span.start, span.end)] == [
        False,
        True,
        False,
    ]
    assert next_change(times, span.start - second) == span.start
    assert next_change(times, span.start) == span.end
    assert next_change(times, span.end) is None
