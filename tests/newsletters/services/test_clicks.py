"""Clicks are judged a minute later, summed up by the hour, and forgotten after two days."""

from datetime import timedelta

import pytest

from dateline.newsletters import models
from dateline.newsletters.domain.clicks import Worth
from dateline.newsletters.services import clicks
from tests.factories.editions import SIX, a_recipe, an_edition
from tests.factories.newsroom import a_story

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NINE = SIX + 3 * HOUR

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(morning):
    for number in range(1, 7):
        a_story(f"Ferry number {number}", at=SIX - HOUR)
    a_recipe(morning)
    row = an_edition(morning)
    row.ended_at = SIX
    row.save()
    for place in range(1, 7):
        models.EditionLink.objects.create(
            edition=row, name=f"{place:020}", kind="story", masthead=morning.masthead,
            path=f"/world/ferry-{place}", place=place,
        )  # fmt: skip
    models.EditionLink.objects.create(
        edition=row, name="h" * 20, kind="hidden", masthead=morning.masthead, path="/", place=7
    )
    return row


@pytest.fixture
def follow(edition, monkeypatch):
    """A reader by number follows a link by place, some seconds after nine."""
    monkeypatch.setattr(clicks, "_copy_of", lambda _, copy: int(copy or 0))

    def done(reader, place, seconds=0.0, worth=Worth.PERHAPS):
        name = "h" * 20 if place == "hidden" else f"{place:020}"
        at = NINE + timedelta(seconds=seconds)
        assert clicks.follow(name, str(reader), worth=worth, at=at)

    return done


def judge(at=NINE + 24 * HOUR):
    return clicks.judge_due(at=at)


def sums(place):
    rows = models.LinkCount.objects.filter(link__place=place).order_by("hour")
    return list(rows.values_list("clicks", "people", "firsts", "machines"))


def test_a_click_counts_when_nothing_can_come_that_tells_more_of_it(follow):
    follow(1, 1)
    assert judge(NINE + 64 * SECOND) == 0
    assert judge(NINE + 65 * SECOND) == 1
    assert sums(1) == [(1, 1, 1, 0)]
    assert models.LinkCount.objects.get().hour == NINE
    assert judge() == 0
    assert clicks._judge(models.Edition.objects.get().pk, at=NINE) == 0  # another worker did


def test_a_reader_counts_once_for_each_link_and_once_for_the_letter(follow):
    for seconds, place in ((0, 1), (60, 2), (120, 1), (180, 1)):
        follow(1, place, seconds)
    follow(2, 2, 200)
    assert judge() == 5
    assert (sums(1), sums(2)) == ([(3, 1, 1, 0)], [(2, 2, 1, 0)])


def test_they_count_once_too_when_they_come_back_in_another_hour(follow):
    follow(1, 1)
    judge(NINE + 30 * MINUTE)
    follow(1, 1, 7200)
    judge()
    assert sums(1) == [(1, 1, 1, 0), (1, 0, 0, 0)]


def test_what_a_scanner_did_is_kept_and_kept_apart(follow):
    for place in range(1, 7):
        follow(1, place, place / 2)
    follow(2, 3, 1)
    assert judge() == 7
    assert sums(3) == [(1, 1, 1, 1)]
    assert [sums(place) for place in (1, 6)] == [[(0, 0, 0, 1)]] * 2


def test_a_click_that_was_judged_still_speaks_against_the_next(follow):
    follow(1, "hidden", 0)
    judge(NINE + 70 * SECOND)
    follow(1, 1, 50)
    judge()
    assert sums(1) == [(0, 0, 0, 1)]


def test_a_burst_that_is_judged_in_two_parts_is_one(follow):
    for place, seconds in ((1, 0), (2, 1), (3, 2), (4, 3)):
        follow(1, place, seconds)
    judge(NINE + 66 * SECOND)
    judge()
    assert [sums(place) for place in (1, 2, 3, 4)] == [[(0, 0, 0, 1)]] * 4


def test_however_many_requests_of_ten_seconds_are_one_row(follow):
    for tenth in range(99):
        follow(1, 1, tenth / 10)
        follow(0, 1, tenth / 10)  # a copy that is nobody's
    assert models.LinkClick.objects.count() == 2
    judge()
    assert sums(1) == [(1, 1, 1, 1)]


def test_what_is_worth_nothing_leaves_nothing(follow):
    follow(1, 1, worth=Worth.NOTHING)
    assert not models.LinkClick.objects.exists()


def test_after_two_days_nothing_says_whose_click_it_was_and_the_sums_stay(follow):
    follow(1, 1)
    assert clicks.forget(at=NINE + 48 * HOUR) == 0  # nobody has judged it yet
    judge()
    assert clicks.forget(at=NINE + 47 * HOUR) == 0
    assert clicks.forget(at=NINE + 48 * HOUR) == 1
    assert not models.LinkClick.objects.exists()
    assert sums(1) == [(1, 1, 1, 0)]


def test_many_are_judged_in_parts_of_five_hundred(follow, monkeypatch):
    monkeypatch.setattr(clicks, "AT_ONCE", 3)
    for reader in range(1, 6):
        follow(reader, 1)
    assert [judge() for _ in range(3)] == [3, 2, 0]
    assert sums(1) == [(5, 5, 5, 0)]


def test_judging_asks_as_few_questions_for_many_as_for_one(follow, django_assert_max_num_queries):
    for reader in range(1, 80):
        follow(reader, 1)
    with django_assert_max_num_queries(16):
        assert judge() == 79


@pytest.mark.parametrize("gone", ["link", "masthead"])
def test_a_link_without_its_row_leads_nowhere(edition, follow, monkeypatch, gone):
    if gone == "link":
        models.EditionLink.objects.all().delete()
    else:
        monkeypatch.setattr(clicks.mastheads, "by_id", lambda _: None)
    assert clicks.follow(f"{1:020}", "1", worth=Worth.PERHAPS, at=NINE) is None
