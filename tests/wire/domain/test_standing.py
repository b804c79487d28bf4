"""One version among the others: what is newest, what a kill reaches, in whatever order they come."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import standing
from dateline.wire.domain.item import Usability
from dateline.wire.domain.standing import Effect, Standing

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ARRIVALS = count(1)
USABLE, HELD, KILLED = Usability.USABLE, Usability.HELD, Usability.KILLED
HIDDEN = Usability.NOT_FOR_READERS


def one(version=1, *, minute=0, usability=USABLE, recalls=False, timed=True):
    made_at = NINE + timedelta(minutes=minute) if timed else None
    return Standing(
        version=version, made_at=made_at, usability=usability, recalls=recalls,
        arrival=next(ARRIVALS),
    )  # fmt: skip


def kill(version, **fields):
    return one(version, usability=KILLED, recalls=True, **fields)


def test_versions_compare_as_numbers_and_may_be_skipped():
    family = [one(978556838), one(9), one(1542761538), one(10)]

    assert standing.newest_of(family).version == 1542761538
    assert standing.newest_of([one(9), one(10)]).version == 10


def test_nothing_is_newest_of_nothing():
    assert standing.newest_of([]) is None


@pytest.mark.parametrize("arrives", ["first", "last"])
def test_under_one_number_the_later_time_is_newer(arrives):
    late = one(1, minute=5)
    early = one(1, minute=1)
    family = [late, early] if arrives == "first" else [early, late]

    assert standing.newest_of(family) == late


def test_under_one_number_and_time_the_stricter_wins():
    family = [one(1), one(1, usability=HELD), one(1, usability=HIDDEN)]

    assert standing.newest_of(family).usability is HELD


@pytest.mark.parametrize(
    ("recall", "version", "reached"),
    [
        (kill(2), one(1), True),
        (kill(2), one(2, minute=30), True),  # the same number: the kill stands
        (kill(2, minute=5), one(3, minute=9), False),  # made after it: usable again
        (kill(2, minute=5), one(3, minute=4), True),  # made before it, with a larger number
        (kill(2, timed=False), one(3), False),  # no time: it came before the version
        (kill(2), one(3, timed=False), False),
    ],
)
def test_how_far_a_kill_reaches(recall, version, reached):
    assert standing.reaches(recall, version) is reached


def test_a_kill_without_a_time_reaches_what_was_there_before_it():
    live = one(3)

    assert standing.reaches(kill(1, timed=False), live) is True


@pytest.mark.parametrize(
    ("new", "before", "effect"),
    [
        (one(1), [], Effect.NEWEST),
        (one(2), [one(1)], Effect.NEWEST),
        (one(1), [one(2)], Effect.HISTORY),
        (kill(2), [one(1)], Effect.KILLS),
        (kill(2), [], Effect.KILLS),  # a kill of what nobody has heard of
        (one(1), [kill(2)], Effect.DEAD),  # and its original, which comes late
        (one(2), [kill(2)], Effect.DEAD),
        (one(3, minute=9), [kill(2, minute=5)], Effect.NEWEST),
        (kill(2, minute=5), [one(3, minute=9)], Effect.HISTORY),  # overtaken by the lift
        (kill(1, minute=9), [one(3, minute=5)], Effect.KILLS),  # of version 1, while 3 is live
        (one(2, usability=HELD), [one(1)], Effect.NEEDS_PERSON),
        (one(1, usability=HELD), [one(2)], Effect.HISTORY),
        (one(1, usability=HELD), [kill(2)], Effect.DEAD),
        (one(1, usability=HIDDEN), [], Effect.HISTORY),  # an advisory is no alarm
        (one(2, usability=HIDDEN), [one(1)], Effect.NEEDS_PERSON),  # unless we used the one before
        (one(2, usability=HELD, recalls=True), [one(1)], Effect.KILLS),  # withheld
    ],
)
def test_what_a_version_does_to_its_family(new, before, effect):
    assert standing.effect_of(new, before) is effect


def test_a_withheld_item_is_usable_again_when_a_later_version_says_so():
    family = [one(1), one(2, usability=HELD, recalls=True, minute=5)]
    assert standing.newest_usable(family) is None

    family.append(one(3, minute=9))
    assert standing.newest_usable(family).version == 3


versions = st.builds(
    lambda version, minute, usability: one(
        version, minute=minute, usability=usability, recalls=usability is KILLED
    ),
    st.integers(1, 6),
    st.integers(0, 6),
    st.sampled_from([USABLE, USABLE, HELD, HIDDEN, KILLED]),
)
families = st.lists(versions, min_size=1, max_size=7, unique_by=lambda s: (s.version, s.made_at))


@given(family=families, data=st.data())
def test_any_order_of_arrival_ends_the_same(family, data):
    ordered = data.draw(st.permutations(family))

    assert standing.newest_of(ordered) == standing.newest_of(family)
    assert standing.newest_usable(ordered) == standing.newest_usable(family)


@given(family=families)
def test_what_was_killed_is_never_the_newest_usable(family):
    found = standing.newest_usable(family)

    for recall in (s for s in family if s.recalls):
        assert found is None or not standing.reaches(recall, found)
    if found:
        assert found.usability is USABLE


@given(family=families)
def test_nothing_older_than_a_kill_acts_after_it(family):
    """Each arrival judged against those before it: after a kill only a later version is news."""
    for place, new in enumerate(family):
        before = family[:place]
        effect = standing.effect_of(new, before)
        reached = any(s.recalls and standing.reaches(s, new) for s in before)
        assert not (reached and effect is Effect.NEWEST)
        if effect is Effect.DEAD:
            assert reached
