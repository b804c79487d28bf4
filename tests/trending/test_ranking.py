"""What the worker does every ten seconds: reads the journal, ranks, stores, has pages drawn again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.trending.world import seeded
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import models as masthead_models
from dateline.stories.services import kills, publishing
from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.rank import ListKind, Reason, RuleKind
from dateline.trending.domain.views import Kind, Seen, Source
from dateline.trending.models import EditorsRule, RankedList
from dateline.trending.queries import lists
from dateline.trending.services import ranking
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATELINE_DATA_DIR = tmp_path
    ranking.forget_process()
    yield tmp_path
    ranking.forget_process()


@pytest.fixture
def network(folder):
    """Three titles in English and one in Japanese."""
    for slug in ("musashi", "kinako", "rails"):
        a_masthead(slug, sections=("world", "food"))
    a_masthead("fukurou", language="ja", sections=("world",))
    return {row.slug: row.pk for row in masthead_models.Masthead.objects.all()}


def told(story, site, count, *, at=NOON, first=1, kind=Kind.READ, source=None):
    """Put events into the journal, as a front does."""
    ways = (Source.SEARCH, Source.DIRECT, Source.SOCIAL)
    events = [
        Seen(at.timestamp(), site, story, kind, first + n, source or ways[n % 3], 10, 90)
        for n in range(count)
    ]
    journal = Journal(Path(settings.DATELINE_DATA_DIR) / ranking.JOURNAL, clock=at.timestamp)
    journal.append(events)
    journal.close()


def turn(at=NOON):
    return ranking.fold_and_rank(at=at, chance=seeded(1))


def block_of(masthead_id):
    return [item.story for item in lists.ranked(masthead_id, ListKind.BLOCK)]


def test_what_people_read_on_one_site_is_listed_on_the_others(network):
    hot = a_story("Hot", on=("kinako",), at=NOON - LATER)
    a_story("Dull", on=("rails",), at=NOON - 3 * LATER)
    told(hot.pk, network["kinako"], 30)

    assert turn() == 30

    assert block_of(network["musashi"])[0] == hot.pk
    assert block_of(network["rails"])[0] == hot.pk
    assert hot.pk not in block_of(network["kinako"])
    assert hot.pk in block_of(network["fukurou"])  # in English, for want of others
    (item,) = lists.ranked(network["kinako"], ListKind.READ)
    assert (item.story, item.readers, item.sources) == (hot.pk, 30, 3)
    assert lists.network(kind=ListKind.READ) == [item]


def test_of_two_that_are_read_alike_the_one_just_published_is_hotter(network):
    old = a_story("Old", on=("kinako",), at=NOON - 12 * LATER)
    new = a_story("New", on=("kinako",), at=NOON - LATER / 6)
    for n, story in enumerate((old, new)):
        told(story.pk, network["kinako"], 30, first=1 + 50 * n)

    assert turn() == 60

    found = {item.story: item for item in lists.ranked(network["kinako"], ListKind.READ)}
    assert found[new.pk].heat > 2 * found[old.pk].heat


def test_a_story_that_stands_on_the_host_too_is_not_promoted_there(network):
    both = a_story("Both", on=("kinako", "musashi"), at=NOON - LATER)
    told(both.pk, network["kinako"], 30)
    turn()

    assert both.pk not in block_of(network["musashi"])
    assert both.pk in block_of(network["rails"])


def test_a_story_whose_licence_does_not_cover_the_host_is_not_promoted_there(network):
    ours = a_story("Ours", on=("kinako",), at=NOON - LATER, licensed_mastheads=("kinako", "rails"))
    told(ours.pk, network["kinako"], 30)
    turn()

    assert ours.pk not in block_of(network["musashi"])
    assert ours.pk in block_of(network["rails"])


def test_numbers_that_are_no_story_of_the_site_are_dropped(network):
    story = a_story("There", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["musashi"], 5)
    told(10**15, network["kinako"], 5)
    told(2**63 + 5, network["kinako"], 5)

    assert turn() == 0


def test_what_is_dated_in_the_future_is_dropped(network):
    story = a_story("There", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 5, at=NOON + timedelta(hours=2))

    assert turn() == 0


@pytest.mark.parametrize("verb", ["kill", "embargo"])
def test_what_may_not_be_shown_is_not_ranked(network, verb):
    story = a_story("Gone", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 30)
    turn()
    assert block_of(network["musashi"]) == [story.pk]

    if verb == "kill":
        kills.kill_story(story.pk, reason="Wrong.", by="ana")
    else:
        publishing.embargo_story(story.pk, until=NOON + timedelta(days=9999), by="ana")
    turn(NOON + LATER)

    assert block_of(network["musashi"]) == []
    assert lists.of_site(network["kinako"], ListKind.READ, at=NOON + LATER) == []


def test_an_editor_s_ban_holds_until_its_moment(network):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 30)
    EditorsRule.objects.create(
        masthead_id=network["musashi"], story=story, kind=RuleKind.BAN, until=NOON + LATER, at=NOON,
        reason="An advertiser's own story.",
    )  # fmt: skip
    turn()
    assert block_of(network["musashi"]) == []
    assert block_of(network["rails"]) == [story.pk]

    turn(NOON + LATER)
    assert block_of(network["musashi"]) == [story.pk]


def test_the_exploring_slot_learns_from_its_host(network, folder):
    new = a_story("New", on=("kinako",), at=NOON - LATER)
    turn()
    (item,) = lists.ranked(network["musashi"], ListKind.BLOCK)
    assert item.reason is Reason.TRIED or item.reason == "tried"

    told(7, network["musashi"], 3, kind=Kind.DEPTH)
    told(new.pk, network["musashi"], 2, kind=Kind.CLICK)
    turn(NOON + LATER)

    (counting,) = ranking._kept.values()
    assert counting.heat.trials[network["musashi"], new.pk] == [3, 2]


def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(network, folder):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 10)
    turn()
    told(story.pk, network["kinako"], 10, first=50)
    turn(NOON + timedelta(minutes=1))  # saves
    told(story.pk, network["kinako"], 10, first=90)
    assert turn(NOON + timedelta(seconds=70)) == 10

    ranking.forget_process()  # kill -9
    assert turn(NOON + timedelta(seconds=80)) == 10  # those after the snapshot, once more

    (counting,) = ranking._kept.values()
    site = counting.heat.sites[network["kinako"]]
    assert site.readers[site.places[story.pk]] == 30


def test_without_a_snapshot_the_journal_is_read_from_its_beginning(network, folder):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 10)
    turn()
    ranking.forget_process()

    assert not (folder / ranking.SNAPSHOT).exists()
    assert turn() == 10


def test_old_segments_go_once_the_snapshot_holds_them(network, folder):
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 4)
    turn()
    assert list((folder / ranking.JOURNAL).iterdir())
    turn(NOON + timedelta(hours=2))  # forgets what is cold, and saves

    assert (folder / ranking.SNAPSHOT).exists()
    assert not list((folder / ranking.JOURNAL).iterdir())


def test_pages_are_drawn_again_softly_when_other_stories_are_listed(network, monkeypatch):
    purged = []
    monkeypatch.setattr(edge, "purge_softly", lambda tags, **_: purged.extend(tags))
    first = a_story("First", on=("kinako",), at=NOON - LATER)
    told(first.pk, network["kinako"], 5)
    turn()
    assert keys.trending(network["musashi"]) in purged
    purged.clear()

    turn(NOON + timedelta(seconds=10))
    assert purged == []

    a_story("Second", on=("rails",), at=NOON - LATER)
    turn(NOON + timedelta(seconds=20))
    assert keys.trending(network["musashi"]) not in purged  # a minute is not over
    turn(NOON + timedelta(seconds=60))
    assert keys.trending(network["musashi"]) in purged


def test_a_list_that_is_the_same_is_not_written(network, django_assert_num_queries):
    a_story("First", on=("kinako",), at=NOON - LATER)
    turn()
    made = RankedList.objects.get(masthead_id=network["musashi"], kind=ListKind.BLOCK).made_at
    turn(NOON + LATER)

    row = RankedList.objects.get(masthead_id=network["musashi"], kind=ListKind.BLOCK)
    assert row.made_at == made == NOON
    assert str(row) == f"block of masthead {network['musashi']}"
    rule = EditorsRule(masthead_id=1, story_id=2, kind="pin")
    assert str(rule) == "pin of story 2 on masthead 1"


def test_most_read_is_told_for_sections_too(network):
    world = a_story("World", on=("kinako",), at=NOON - LATER)
    food = a_story("Food", on=("kinako",), section="food", at=NOON - LATER)
    told(world.pk, network["kinako"], 9)
    told(food.pk, network["kinako"], 6, first=100)
    turn()
    section = masthead_models.Section.objects.get(masthead__slug="kinako", slug="food")

    def read(**more):
        return [
            c.headline for c in lists.of_site(network["kinako"], ListKind.READ, at=NOON, **more)
        ]

    assert read() == ["World", "Food"]
    assert read(limit=1) == ["World"]
    assert read(sections=[section.pk]) == ["Food"]


def test_a_long_journal_is_read_in_several_turns(network, monkeypatch):
    monkeypatch.setattr(ranking, "AT_ONCE", 1)
    monkeypatch.setattr("dateline.trending.adapters.journal.READ_BYTES", 5 * 40)
    story = a_story("Hot", on=("kinako",), at=NOON - LATER)
    told(story.pk, network["kinako"], 8)

    first, second, third = turn(), turn(), turn()

    assert 0 < first < 8
    assert (first + second, third) == (8, 0)
