"""Letters that come by themselves: once a day, in time, and not when the day is over."""

from datetime import time, timedelta

import pytest

from dateline.newsletters import models
from dateline.newsletters.services import rhythm
from tests.factories.editions import SEVEN, SIX, a_recipe
from tests.factories.newsletters import a_subscriber

DAY = timedelta(days=1)


@pytest.fixture
def daily(morning, stories, nao):
    morning.sender_address = "letters@musashi.localhost"
    morning.save()

    def made(**fields):
        told = {"days": "01234", "at": SIX - DAY, **fields}
        return a_recipe(morning, by=nao, **told)

    return made


def states():
    return list(models.Edition.objects.order_by("pk").values_list("number", "state"))


def test_a_draft_is_made_an_hour_before_once(daily):
    daily()
    assert rhythm.run(at=SIX - timedelta(minutes=1)) == 0
    assert rhythm.run(at=SIX) == 1
    assert rhythm.run(at=SIX + timedelta(minutes=1)) == 0
    assert states() == [(1, "draft")]
    assert str(models.Edition.objects.get().day) == "2026-11-20"


def test_one_that_sends_itself_is_checked_scheduled_and_leaves(daily, morning):
    daily(by_itself=True)
    a_subscriber(morning)
    rhythm.run(at=SIX)
    assert states() == [(1, "scheduled")]
    assert models.Edition.objects.get().due_at == SEVEN
    rhythm.run(at=SEVEN)
    assert states() == [(1, "sending")]


def test_one_that_preflight_keeps_back_waits_for_a_person(daily, morning, dns_names):
    morning.sender_address = "letters@paper.co.jp"
    morning.save()
    daily(by_itself=True)
    rhythm.run(at=SIX, ask=dns_names.ask)
    assert states() == [(1, "draft")]
    assert models.EditionNote.objects.filter(verb="blocked").exists()


def test_a_morning_that_was_slept_through_is_made_up_for_within_two_hours(daily):
    daily(by_itself=True)
    rhythm.run(at=SEVEN + timedelta(hours=1))
    assert states() == [(1, "sending")] or states() == [(1, "sent")]


def test_later_it_is_not(daily):
    daily()
    rhythm.run(at=SEVEN + timedelta(hours=3))
    assert states() == []


def test_no_letter_on_other_days_nor_before_the_recipe_nor_without_one(daily):
    daily(days="5")
    assert rhythm.run(at=SIX) == 0
    daily(days="")
    assert rhythm.run(at=SIX) == 0
    daily(active=False)
    assert rhythm.run(at=SIX) == 0
    daily(at=SEVEN)
    assert rhythm.run(at=SIX) == 0


def test_by_each_readers_clock_it_begins_where_the_day_begins(daily):
    daily(each_zone=True, by_itself=True, time=time(7), days="4")
    in_kiritimati = SEVEN - timedelta(hours=5)
    assert rhythm.run(at=in_kiritimati - timedelta(hours=1)) == 1
    assert models.Edition.objects.get().due_at == in_kiritimati
