"""The desk's screens for headline tests: search, begin, live figures, choose; in two languages."""

import re

import pytest
from django.core.cache import cache
from wagtail.users.models import UserProfile

from dateline import clock
from dateline.stories.services.publishing import withdraw_story
from dateline.trending import models
from dateline.trending.domain import headline_words
from dateline.trending.domain.headlines import mark_of
from dateline.trending.domain.views import Kind
from dateline.trending.services import ranking
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_story, an_editor
from tests.factories.trending import LATER, told
from tests.factories.web import NOON, every, words_of
from tests.trending.desk.test_desk import cells, enter, page, part

pytestmark = pytest.mark.django_db

ALL = "/trending/headlines/"
FORM = {"other_1": "The ferry is back", "other_2": "Harbour: ferry returns", "hours": "12"}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    yield
    cache.clear()


@pytest.fixture
def ana(titles):
    return an_editor()


@pytest.fixture
def desk(ana):
    return client_for(ana)


@pytest.fixture
def story(titles):
    return a_story("Ferry returns", on=("musashi",), at=NOON - LATER)


@pytest.fixture
def own(story):
    return f"{ALL}musashi/{story.pk}/"


def count(titles, arm, seen, clicked):
    test = models.HeadlineTest.objects.latest("pk")
    where = {"seconds": mark_of(test.pk), "depth": arm, "first": 1_000 * arm + 1}
    told(test.story_id, titles["musashi"].pk, seen, kind=Kind.HEADLINE_SEEN, **where)
    told(test.story_id, titles["musashi"].pk, clicked, kind=Kind.HEADLINE_CLICKED, **where)
    ranking.fold_and_rank(at=NOON)


def test_an_editor_finds_a_story_and_begins(titles, desk, story, own):
    a_story("Rail strike", on=("musashi",), at=NOON - LATER)
    empty = page(desk.get(ALL))
    assert part(empty, "running") == "No test is running."
    assert "No test has ended yet." in words_of(empty)

    found = page(desk.get(f"{ALL}?where=musashi&q=ferry"))
    (way,) = [link.get("href") for link in found.cssselect(".trend-lines a")]
    assert way == own
    assert every(page(desk.get(way)), "form p, section > p")[0].startswith("Readers of Musashi")
    answer = desk.post(own, FORM)

    assert answer["Location"] == own
    shown = page(desk.get(own))
    assert "The test has begun." in words_of(shown)
    assert "Nothing was counted yet" in words_of(shown)
    assert not shown.cssselect("[name=other_1]")  # one at a time
    assert "Ferry returns" in part(page(desk.get(ALL)), "running")


def test_a_search_that_finds_nothing_says_so_and_one_without_words_finds_the_newest(desk, story):
    assert "no story there" in words_of(page(desk.get(f"{ALL}?where=musashi&q=zeppelin")))
    assert "Ferry returns" in words_of(page(desk.get(f"{ALL}?where=musashi&q=")))
    assert "Ferry returns" not in words_of(page(desk.get(f"{ALL}?where=nowhere&q=")))


def test_figures_are_live(titles, desk, own):
    desk.post(own, FORM)
    test = models.HeadlineTest.objects.get()
    count(titles, 0, 5, 2)

    rows = cells(page(desk.get(own)), f"test-{test.pk}")
    assert [row[:4] for row in rows] == [
        ["Ferry returns The story's own", "5", "2", "40.00 %"],
        ["The ferry is back", "0", "0", "0.00 %"],
        ["Harbour: ferry returns", "0", "0", "0.00 %"],
    ]


@pytest.mark.parametrize(
    ("clicks", "said"),
    [
        ((2, 1, 0), "“Ferry returns” is ahead, but by no more than chance does."),
        ((5, 5, 0), "No headline is ahead."),
        ((20, 56, 30), "“The ferry is back” is ahead. Chance alone does this in at most 45 of 100"),
    ],
)
def test_the_screen_says_how_likely_chance_is(desk, own, clicks, said):
    desk.post(own, FORM)
    models.HeadlineTest.objects.update(counts=[[900, n] for n in clicks])

    assert said in words_of(page(desk.get(own)))


def test_figures_that_cannot_be_right_are_told(titles, desk, own):
    desk.post(own, FORM)
    models.HeadlineTest.objects.update(counts=[[900, 9], [100, 9], [900, 9]])

    assert "the figures cannot be right" in words_of(page(desk.get(own)))


def test_an_editor_stops_and_chooses(titles, desk, own):
    desk.post(own, FORM)
    test = models.HeadlineTest.objects.get()
    answer = desk.post(f"{ALL}musashi/{test.pk}/choose/", {"headline": "2"})

    assert answer["Location"] == own
    shown = page(desk.get(own))
    said = words_of(shown)
    assert "Cards show “Harbour: ferry returns” from now on." in said
    assert "shown now" in said
    assert "“Harbour: ferry returns” was chosen" in said
    assert shown.cssselect("[name=other_1]")  # another may begin
    assert [button.get("id") for button in shown.cssselect("[id^=choose]")] == [
        f"choose-{test.pk}-0", f"choose-{test.pk}-1",
    ]  # fmt: skip
    assert "Ferry returns" in words_of(page(desk.get(ALL)))


@pytest.mark.parametrize("headline", ["7", "x", "", "-1", "²"])
def test_what_cannot_be_chosen_is_told(desk, own, headline):
    desk.post(own, FORM)
    test = models.HeadlineTest.objects.get()
    answer = desk.post(f"{ALL}musashi/{test.pk}/choose/", {"headline": headline}, follow=True)

    assert "There is no such headline." in words_of(page(answer))
    assert models.HeadlineTest.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"other_1": ""}, "This field is required"),
        ({"other_1": "Ferry returns"}, "Two of the headlines are the same."),
        ({"other_2": "x" * 121}, "at most 120 characters"),
        ({"hours": "1000"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(desk, own, wrong, problem):
    shown = page(desk.post(own, {**FORM, "other_3": "Third", **wrong}), 422)

    assert problem in " ".join(every(shown, ".trend-problem"))
    assert shown.cssselect("[name=other_3]")[0].get("value") == "Third"
    assert not models.HeadlineTest.objects.exists()


def test_a_story_that_was_taken_down_keeps_its_tests_and_begins_none(desk, own, story):
    desk.post(own, FORM)
    withdraw_story(story.pk, reason="Wrong.", by="Ana")
    shown = page(desk.get(own))

    assert "Ferry returns" in words_of(shown)
    assert not shown.cssselect("[name=other_1], [id^=choose]")


def test_what_is_not_there_is_not_found(desk, titles):
    for path in (f"musashi/{10**30}/", "nowhere/1/"):
        assert desk.get(ALL + path).status_code == 404


def test_who_may_not_publish_has_neither_menu_nor_screens(titles, own, desk):
    nobody = enter(a_reader("Ken Abe"))

    for path in (ALL, own):
        assert nobody.get(path)["Location"] == "/"
    assert nobody.post(f"{ALL}musashi/1/choose/", {"headline": "0"})["Location"] == "/"
    assert ALL.encode() not in nobody.get("/").content
    assert ALL.encode() in desk.get("/").content


def test_the_desk_speaks_japanese_to_who_wants_that(desk, ana, own):
    UserProfile.objects.create(user=ana, preferred_language="ja")

    assert "実施中" in every(page(desk.get(ALL)), "h2")
    assert "テストを始める" in every(page(desk.get(own)), "h2")


def test_both_languages_say_the_same_things():
    assert headline_words.ENGLISH.keys() == headline_words.JAPANESE.keys()
    for key, text in headline_words.ENGLISH.items():
        there = set(re.findall(r"{\w+}", text))
        assert set(re.findall(r"{\w+}", headline_words.JAPANESE[key])) == there, key
