"""Nobody counts much, and what is remembered has a fixed size."""

from dateline.trending.domain.limits import Once, Rates

NOON = 1_796_000_000.0


def test_an_address_counts_so_often_in_a_minute():
    rates = Rates(3)

    assert [rates.allow("203.0.113.9", NOON + n) for n in range(5)] == [True] * 3 + [False] * 2
    assert rates.allow("203.0.113.10", NOON)
    assert rates.allow("203.0.113.9", NOON + 60)


def test_a_minute_ends_also_where_the_clock_is_set_back():
    rates = Rates(1)

    assert [rates.allow("a", NOON), rates.allow("a", NOON - 3600)] == [True, True]


def test_a_reader_counts_once_for_a_story_and_kind():
    once = Once()

    assert once.is_new(1, 4711, 1, NOON)
    assert not once.is_new(1, 4711, 1, NOON + 1799)
    assert once.is_new(1, 4711, 2, NOON)
    assert once.is_new(1, 4712, 1, NOON)
    assert once.is_new(2, 4711, 1, NOON)


def test_a_replay_is_known_for_half_an_hour_and_forgotten_after_an_hour():
    once = Once()
    once.is_new(9, 9, 1, NOON)
    once.is_new(1, 4711, 1, NOON + 1790)

    assert not once.is_new(1, 4711, 1, NOON + 1790 + 1800)
    assert once.is_new(1, 4711, 1, NOON + 7200)


def test_the_first_event_after_a_long_rest_finds_an_empty_memory():
    once = Once()
    once.is_new(1, 4711, 1, NOON)

    assert once.is_new(2, 1, 1, NOON + 86_400)
    assert once.is_new(1, 4711, 1, NOON + 86_400)


def test_the_memory_holds_the_newest_and_does_not_grow():
    once = Once(most=10)
    for story in range(1, 26):
        assert once.is_new(1, story, 1, NOON)

    assert not once.is_new(1, 25, 1, NOON)
    assert not once.is_new(1, 16, 1, NOON)
    assert once.is_new(1, 1, 1, NOON)
    assert len(once._now) + len(once._before) <= 20
