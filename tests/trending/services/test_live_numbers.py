"""What the worker hands to the desk, and how often."""

from datetime import timedelta

import pytest

from benchmarks.trending.world import seeded
from dateline.trending.domain.views import Kind
from dateline.trending.models import LiveNumbers
from dateline.trending.services import ranking
from tests.factories.newsroom import a_story
from tests.factories.trending import LATER, told
from tests.factories.web import NOON

pytestmark = pytest.mark.django_db


def turn(seconds=0):
    ranking.fold_and_rank(at=NOON + timedelta(seconds=seconds), chance=seeded(1))


def of(masthead):
    return LiveNumbers.objects.get(pk=masthead.pk)


def test_the_desk_is_told_of_readers_clicks_and_nothing_that_is_no_story(titles):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    turn()  # the story stands in the blocks of the others now
    told(story.pk, titles["kinako"].pk, 5, kind=Kind.SHOWN)
    told(story.pk, titles["kinako"].pk, 3, kind=Kind.READ)
    told(story.pk, titles["musashi"].pk, 2, kind=Kind.CLICK)
    told(story.pk, titles["kinako"].pk, 2, kind=Kind.CLICK)  # it is its own
    told(story.pk, titles["rails"].pk, 4, kind=Kind.SHOWN)  # it does not stand there
    told(10**15, titles["kinako"].pk, 4, kind=Kind.SHOWN)
    turn(10)

    row = of(titles["kinako"])
    assert (row.reading, row.left_out) == (5, 0)
    (one,) = row.stories
    assert (one["story"], one["now"], sum(one["sources"]), one["read"]) == (story.pk, 5, 5, 3)
    assert [(o["story"], o["clicks"]) for o in of(titles["musashi"]).stories] == [(story.pk, 2)]
    assert of(titles["rails"]).stories == []
    assert str(row) == f"5 read on masthead {row.pk}"


def test_what_is_the_same_is_written_once_a_minute(titles):
    turn()
    assert of(titles["rails"]).at == NOON
    turn(50)
    assert of(titles["rails"]).at == NOON
    turn(60)
    assert of(titles["rails"]).at == NOON + timedelta(seconds=60)


def test_a_restarted_worker_tells_the_same(titles):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, titles["kinako"].pk, 5, kind=Kind.SHOWN)
    turn()
    turn(40)  # saves
    before = of(titles["kinako"]).stories
    told(story.pk, titles["kinako"].pk, 1, first=9, kind=Kind.SHOWN)
    ranking.forget_process()
    turn(50)

    after = of(titles["kinako"]).stories
    assert (before[0]["now"], after[0]["now"], sum(after[0]["sources"])) == (5, 6, 6)


def test_a_new_story_that_was_looked_at_first_is_still_judged_by_the_time_it_was_there(titles):
    story = a_story("New", on=("kinako",), at=NOON - LATER)
    site = titles["kinako"].pk
    told(story.pk, site, 3, kind=Kind.SHOWN)
    turn()
    told(story.pk, site, 3, kind=Kind.READ)
    turn(10)

    (counting,) = ranking._kept.values()
    assert counting.heat.sites[site].young == {story.pk: (NOON - LATER).timestamp()}
