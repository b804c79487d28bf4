"""A test of headlines: begun by who publishes, counted exactly, ended by itself or by hand."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from dateline.outbox import services as outbox
from dateline.outbox.models import FactRecord
from dateline.stories import models as story_models
from dateline.stories.services import kills, publishing
from dateline.trending import models
from dateline.trending.domain.headlines import HeadlineRefused, mark_of
from dateline.trending.domain.views import Kind
from dateline.trending.queries.headlines import running
from dateline.trending.services import headlines, ranking
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_story
from tests.factories.trending import LATER, told
from tests.factories.web import NOON

pytestmark = pytest.mark.django_db

OTHERS = ["The ferry is back", "Harbour: ferry returns"]
HOUR = timedelta(hours=1)


@pytest.fixture
def site(titles):
    return titles["musashi"].pk


@pytest.fixture
def ana(titles):
    person = a_reader("Ana Mori")
    person.user_permissions.add(
        *Permission.objects.filter(
            content_type__app_label="stories", codename__in=("change_story", "publish_story")
        )
    )
    return person


@pytest.fixture
def story(titles):
    return a_story("Ferry returns", on=("musashi", "kinako"), at=NOON - LATER)


def begin(site, story, by, *, others=OTHERS, hours=12, at=NOON):
    return headlines.start(site, story.pk, others, hours=hours, by=by.pk, at=at)


def delivered():
    while outbox.deliver_due():
        pass


def tried(site, story):
    said = story_models.CardHeadlines.objects.filter(
        placement__masthead_id=site, placement__story_id=story.pk
    )
    return [row.said for row in said]


def turn(seconds=10):
    ranking.fold_and_rank(at=NOON + timedelta(seconds=seconds))


def read(test, site, arm, *, seen, clicked, first):
    """So many visitors have one headline in view, and so many of them follow it."""
    number, mark = test.story_id, mark_of(test.pk)
    told(number, site, seen, kind=Kind.HEADLINE_SEEN, first=first, seconds=mark, depth=arm)
    told(number, site, clicked, kind=Kind.HEADLINE_CLICKED, first=first, seconds=mark, depth=arm)


def the_test():
    return models.HeadlineTest.objects.get()


def test_begins_with_the_storys_own_headline_first_and_says_so(site, story, ana):
    number = begin(site, story, ana)

    test = the_test()
    assert (test.pk, test.texts) == (number, ["Ferry returns", *OTHERS])
    assert (test.until, test.ended_at) == (NOON + 12 * HOUR, None)
    (note,) = test.notes.all()
    assert (note.how, note.by, note.at) == ("started", ana, NOON)
    assert len(tried(site, story)) == 1
    assert str(test) == f"headline test {number} of story {story.pk}"
    assert str(note) == f"started at 2026-11-20 03:00, test {number}"
    assert str(story_models.CardHeadlines.objects.get()).startswith("headlines of placement ")
    assert facts("headline_test.started") == [(number, str(ana.pk))]


def facts(name):
    rows = FactRecord.objects.filter(name=name).order_by("pk")
    return [(row.payload["test_id"], row.payload["by"]) for row in rows]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"hours": 0}, "no_hours"),
        ({"hours": 73}, "no_hours"),
        ({"others": []}, "no_others"),
        ({"others": ["Ferry returns"]}, "same_twice"),
    ],
)
def test_refuses_what_cannot_be_tried(site, story, ana, change, key):
    with pytest.raises(HeadlineRefused) as refused:
        begin(site, story, ana, **change)

    assert refused.value.key == key
    assert not models.HeadlineTest.objects.exists()


def test_refuses_who_may_not_publish_and_stories_that_readers_do_not_see(site, story, ana, titles):
    for who, where, key in (
        (a_reader("Ken Abe"), site, "not_yours"), (ana, titles["rails"].pk, "not_shown"),
    ):  # fmt: skip
        with pytest.raises(HeadlineRefused) as refused:
            begin(where, story, who)
        assert refused.value.key == key


def test_one_test_of_a_story_on_a_masthead_and_not_too_many(site, story, ana, titles, monkeypatch):
    begin(site, story, ana)
    begin(titles["kinako"].pk, story, ana)  # its readers are others

    with pytest.raises(HeadlineRefused, match="goes_on"):
        begin(site, story, ana)
    monkeypatch.setattr(headlines, "MOST_RUNNING", 1)
    with pytest.raises(HeadlineRefused, match="many_tests"):
        begin(site, a_story("Other", on=("musashi",), at=NOON - LATER), ana)


def test_counts_are_exact_and_survive_a_killed_worker(site, story, ana):
    begin(site, story, ana)
    read(the_test(), site, 0, seen=40, clicked=3, first=1)
    read(the_test(), site, 2, seen=30, clicked=5, first=100)
    turn(31)
    assert the_test().counts == [[40, 3], [0, 0], [30, 5]]

    read(the_test(), site, 1, seen=7, clicked=1, first=200)
    ranking.forget_process()
    turn(70)
    read(the_test(), site, 1, seen=7, clicked=1, first=200)  # the same people again
    turn(80)

    assert the_test().counts == [[40, 3], [7, 1], [30, 5]]


def test_headlines_on_trial_are_no_views_of_a_story(site, story, ana):
    begin(site, story, ana)
    read(the_test(), site, 0, seen=40, clicked=3, first=1)
    turn()

    assert not models.LiveNumbers.objects.exclude(stories=[]).exists()


def test_a_better_headline_wins_and_stays_on_cards(site, story, ana):
    number = begin(site, story, ana)
    for arm, clicked in enumerate((20, 90, 25)):
        read(the_test(), site, arm, seen=1_000, clicked=clicked, first=5_000 * arm + 1)
    turn()

    test = the_test()
    assert (test.how, test.chosen) == ("decided", 1)
    assert test.ended_at == NOON + timedelta(seconds=10)
    assert tried(site, story)[0].startswith("[0, ")
    assert OTHERS[0] in tried(site, story)[0]
    assert facts("headline_test.ended") == [(number, "")]
    turn(20)  # nothing more to follow
    assert facts("headline_test.ended") == [(number, "")]


def test_counts_that_cannot_be_right_name_no_winner(site, story, ana):
    begin(site, story, ana)
    read(the_test(), site, 0, seen=300, clicked=20, first=1)
    read(the_test(), site, 1, seen=2_000, clicked=200, first=5_000)
    read(the_test(), site, 2, seen=300, clicked=20, first=10_000)
    turn()

    assert the_test().ended_at is None


def test_time_ends_a_test_without_a_difference_and_the_storys_own_stays(site, story, ana):
    begin(site, story, ana, hours=1)
    turn(3_599)
    assert the_test().ended_at is None
    turn(3_600)

    assert (the_test().how, the_test().chosen) == ("over", 0)
    assert tried(site, story) == []


def test_an_editor_stops_and_chooses_and_may_choose_again(site, story, ana):
    number = begin(site, story, ana)
    assert headlines.choose(number, 2, by=ana.pk, at=NOON + HOUR) == (story.pk, OTHERS[1])
    assert (the_test().how, the_test().chosen, the_test().ended_at) == ("chosen", 2, NOON + HOUR)
    assert OTHERS[1] in tried(site, story)[0]

    headlines.choose(number, 0, by=ana.pk, at=NOON + 2 * HOUR)

    assert tried(site, story) == []
    assert the_test().ended_at == NOON + HOUR
    assert [note.chosen for note in the_test().notes.order_by("pk")] == [0, 2, 0]


def test_refuses_to_choose_what_is_not_there_or_no_more(site, story, ana):
    number = begin(site, story, ana)
    refusals = [(number, 3, ana, "no_headline"), (number + 9, 0, ana, "no_headline"),
                (number, -1, ana, "no_headline"), (number, 1, a_reader("Ken Abe"), "not_yours")]  # fmt: skip
    headlines.choose(number, 0, by=ana.pk, at=NOON)
    begin(site, story, ana)
    for test, headline, who, key in [*refusals, (number, 1, ana, "too_late")]:
        with pytest.raises(HeadlineRefused) as refused:
            headlines.choose(test, headline, by=who.pk, at=NOON)
        assert refused.value.key == key


@pytest.mark.parametrize("chosen", [False, True])
def test_a_correction_shows_the_storys_own_headline_at_once(site, story, ana, chosen):
    number = begin(site, story, ana)
    if chosen:
        headlines.choose(number, 1, by=ana.pk, at=NOON)
    publishing.correct_story(
        story.pk, kind="correction", text="It is a boat.", by="Ana", at=NOON + HOUR
    )
    delivered()

    assert tried(site, story) == []
    assert (the_test().how, the_test().chosen) == ("story", 0)


def test_an_update_ends_a_test_only_where_the_headline_is_another(site, story, ana):
    begin(site, story, ana)
    publishing.update_story(story.pk, changes={"standfirst": "At noon."}, by="Ana", at=NOON + HOUR)
    delivered()
    assert the_test().ended_at is None

    publishing.update_story(story.pk, changes={"headline": "Boat"}, by="Ana", at=NOON + 2 * HOUR)
    delivered()
    assert the_test().how == "story"
    assert tried(site, story) == []


@pytest.mark.parametrize("verb", [kills.kill_story, publishing.withdraw_story])
def test_what_is_taken_down_ends_its_tests(site, story, ana, verb):
    begin(site, story, ana)
    verb(story.pk, reason="Wrong.", by="Ana", at=NOON + HOUR)
    delivered()

    assert the_test().how == "story"
    with pytest.raises(HeadlineRefused, match="too_late"):
        headlines.choose(the_test().pk, 1, by=ana.pk, at=NOON + HOUR)


def test_a_story_without_a_test_is_let_be(site, story, ana):
    publishing.update_story(story.pk, changes={"headline": "Boat"}, by="Ana", at=NOON + HOUR)
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=NOON + HOUR)
    delivered()

    assert headlines.end_with_story(story.pk, at=NOON) == 0


def test_what_was_decided_meanwhile_is_not_decided_again(site, story, ana):
    number = begin(site, story, ana)
    on_trial = list(running().values())
    headlines.choose(number, 1, by=ana.pk, at=NOON)

    assert headlines.follow(headlines.Tally(), on_trial, at=NOON + 24 * HOUR) == 0
    assert the_test().chosen == 1
