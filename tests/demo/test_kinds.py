"""The demo's stories of a kind: made once, each with what it is made of, and live ones go on."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import kinds
from dateline.polls.models import Tally, Vote
from dateline.stories import models
from dateline.stories.queries import live
from dateline.stories.services import kills
from dateline.stories.services.drafting import save_person
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def titles(folder, media_root, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    wanted = defaultdict(set)
    for told in kinds.written():
        for place in told["in"].split(","):
            title, _, section = place.strip().partition("/")
            wanted[title].add(section.rpartition("/")[2])
    for title, sections in wanted.items():
        a_masthead(title, sections=sorted(sections))
    for slug, told in adapters.table("people").items():
        save_person(slug=slug, name=told["name"])
    drawn = a_picture("drawing")
    return defaultdict(lambda: drawn)


@pytest.fixture
def made(titles):
    return kinds.make(at=NOON, drawn=titles)


def story(slug):
    return models.Story.objects.get(placements__slug=slug, placements__canonical=True)


def headlines(slug):
    return [entry.headline for entry in live.part(story(slug).pk).entries]


def test_each_is_made_once_and_public(made, titles):
    assert made == len(kinds.written())
    assert kinds.make(at=NOON, drawn=titles) == 0
    assert models.Story.objects.filter(live=True).count() == made
    shown = set(models.Story.objects.values_list("kind", flat=True))
    assert shown == {
        "article", "live", "poll", "quote", "picture", "digest", "event", "press_release",
    }  # fmt: skip


def test_a_live_blog_has_its_correction_its_pinned_entry_and_its_end(made):
    part = live.part(story("winter-storm-live").pk)

    assert part.pinned.headline == "What to have at home tonight"
    assert [e.headline for e in part.entries if e.note] == ["Coast line runs to Otaki only"]
    assert [e.withdrawn_reason for e in part.entries if e.withdrawn_at]
    assert part.open
    assert not live.part(story("assembly-vote-live").pk).open


def test_as_many_have_voted_as_is_written(made):
    told = [one["poll"]["votes"] for one in kinds.written() if "poll" in one]

    assert sorted(Tally.objects.values_list("votes", flat=True)) == sorted(
        n for votes in told for n in votes
    )
    assert Vote.objects.count() == sum(map(sum, told))


def test_a_live_blog_goes_on_entry_by_entry_while_it_may(made):
    (storm,) = (told for told in kinds.written() if "next" in told)
    assert kinds.tick() == 0
    before = headlines(storm["slug"])
    adapters.write_marker({"seeded_at": NOON.isoformat()})

    for turn in range(len(storm["next"]) + 1):
        kinds.tick(at=NOON + turn * kinds.TICK)
        kinds.tick(at=NOON + turn * kinds.TICK)
    after = headlines(storm["slug"])

    assert after == [told["headline"] for told in reversed(storm["next"])] + before
    kills.kill_story(story(storm["slug"]).pk, reason="Over.", by="Ana")
    kinds.tick(at=NOON + 100 * kinds.TICK)
    assert headlines(storm["slug"]) == after


def test_nothing_ticks_where_a_story_is_missing(folder):
    adapters.write_marker({"seeded_at": NOON.isoformat()})

    assert kinds.tick(at=NOON) == 0


def test_a_series_of_a_title_that_is_not_there_is_named(db):
    with pytest.raises(ValueError, match="'Paperwork Week' names a masthead that is not there"):
        kinds.series_of({"series": "paperwork-week"})
