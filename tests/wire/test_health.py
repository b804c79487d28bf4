"""How each provider's feed does, and whether its silence is strange."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from dateline.wire import models
from dateline.wire.domain import quiet
from dateline.wire.queries import health
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MINUTE, HOUR, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=7)
NUMBER = count(1)


@pytest.fixture
def kna():
    return a_provider()


def came(provider, at, **fields):
    """A delivery that came at a moment."""
    number = next(NUMBER)
    return models.RawDelivery.objects.create(
        provider=provider, file_name=f"{number}.xml", sha256=str(number), size=1, received_at=at,
        **{"state": "read", **fields},
    )  # fmt: skip


def weeks_of(provider, *, weeks, files=3):
    """So many files in the hour before noon of each of the last weeks, and one long before."""
    for back in range(1, weeks + 1):
        for number in range(files):
            came(provider, NOON - back * WEEK - number * 10 * MINUTE)
    came(provider, NOON - (weeks + 1) * WEEK - HOUR)


def usually(at=NOON):
    return [one.usually for one in health.of_providers(at=at)]


def test_it_counts_what_waits_and_what_failed(kna):
    a_provider("silent", "Silent", active=False)
    came(kna, NOON, state="quarantined", reason="It is no format the wire knows.")
    for number in (1, 2):
        came(kna, NOON + number * MINUTE, state="received")
    first, second = health.of_providers(at=NOON + 3 * MINUTE)

    assert (first.slug, first.waiting, first.waiting_since) == ("kna", 2, NOON + MINUTE)
    assert (first.last_at, first.quarantined, first.active) == (NOON + 2 * MINUTE, 1, True)
    assert (second.slug, second.last_at, second.waiting_since) == ("silent", None, None)
    assert (second.waiting, second.quarantined, second.active) == (0, 0, False)


def test_silence_where_files_came_at_this_time_of_every_week_is_strange(kna):
    weeks_of(kna, weeks=4)
    came(kna, NOON - HOUR)

    assert usually() == [3]


def test_the_week_in_which_fewest_came_is_the_measure(kna):
    weeks_of(kna, weeks=4, files=6)
    models.RawDelivery.objects.filter(
        received_at__lte=NOON - 3 * WEEK, received_at__gt=NOON - 3 * WEEK - 20 * MINUTE
    ).delete()
    came(kna, NOON - HOUR)

    assert usually() == [4]


@pytest.mark.parametrize("ago", [timedelta(0), quiet.SHORTEST - timedelta(seconds=1)])
def test_a_few_minutes_are_no_silence(kna, ago):
    weeks_of(kna, weeks=4, files=60)
    came(kna, NOON - ago)

    assert usually() == [0]


def test_a_quiet_hour_of_the_week_is_not_strange(kna):
    weeks_of(kna, weeks=4)
    came(kna, NOON - HOUR)

    assert usually(NOON + 20 * HOUR) == [3]  # it has lasted since before noon
    came(kna, NOON + 10 * HOUR)
    assert usually(NOON + 20 * HOUR) == [0]


def test_two_files_a_week_are_too_few_to_miss(kna):
    weeks_of(kna, weeks=4, files=2)
    came(kna, NOON - HOUR)

    assert usually() == [0]


def test_a_new_provider_is_not_judged_before_it_is_known(kna):
    weeks_of(kna, weeks=1)
    came(kna, NOON - HOUR)
    assert usually() == [0]

    weeks_of(kna, weeks=3)
    assert usually() == [3]


def test_one_that_stopped_altogether_is_strange_for_two_weeks(kna):
    weeks_of(kna, weeks=4)

    assert usually() == [3]
    assert usually(NOON + 6 * timedelta(days=1)) == [3]
    assert usually(NOON + 2 * WEEK) == [0]


def test_one_that_is_switched_off_or_never_sent_is_quiet_by_right(kna):
    a_provider("new", "New")
    weeks_of(kna, weeks=4)
    came(kna, NOON - HOUR)
    models.Provider.objects.filter(pk=kna.pk).update(active=False)

    assert usually() == [0, 0]


def test_embargoes_that_end_within_a_day_are_counted(kna):
    other = a_provider("efe", "EFE")
    for hours in (1, 23, 25, -1):
        a_wire_item(kna, embargo_until=NOON + hours * HOUR)
    a_wire_item(other, embargo_until=NOON + HOUR, usability="held", reason="Embargo unclear.")
    first, second = sorted(health.of_providers(at=NOON), key=lambda one: one.slug, reverse=True)

    assert (first.embargoes, first.opens_at) == (2, NOON + HOUR)
    assert (second.embargoes, second.opens_at) == (0, None)


def test_any_number_of_providers_costs_two_queries(kna, django_assert_num_queries):
    for one in (kna, a_provider("efe", "EFE"), a_provider("ats", "ATS")):
        weeks_of(one, weeks=4)
        came(one, NOON - HOUR)
    with django_assert_num_queries(2):
        assert usually() == [3, 3, 3]
