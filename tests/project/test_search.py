"""Every search box of the desk answers whatever is typed into it."""

import pytest
from django.core.management import call_command
from django.test import Client
from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText
from wagtail.search.backends import get_search_backend

from dateline import clock
from dateline.media.models import Picture
from dateline.project.search import words_of
from dateline.stories.models import Story
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db

BOXES = [
    "/snippets/stories/story/",
    "/snippets/stories/story/results/",
    "/snippets/stories/person/",
    "/snippets/stories/topic/",
    *(
        f"/snippets/choose/{model}/results/"
        for model in ("stories/story", "stories/person", "stories/topic", "mastheads/masthead")
    ),
    "/images/",
    "/images/results/",
    "/images/chooser/",
    "/images/chooser/results/",
    "/documents/",
    "/documents/chooser/results/",
    "/users/",
    "/users/results/",
    "/groups/",
    "/pages/search/",
    "/choose-page/search/",
    "/wire/",
    "/comments/words/post/",
    "/reports/site-history/",
]
TYPED = ['"', '"never', 'said "never" (again)', "*", "fer*", "NEAR(a b)", "a NEAR b", "(", "-a - b",
         "headline:ferry", "a AND", "OR", "NOT x", "^a", "{a} : b", "a + b", "'", "\\", "%s %", "“",
         "😀", "ferry; DROP", "a" * 500]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
def test_a_search_box_answers_whatever_is_typed(ana, box):
    for typed in ('"', '"a NEAR(b" - *'):
        assert ana.get(box, {"q": typed}).status_code == 200


def test_a_search_understands_nothing_but_words(never):
    for typed in TYPED:
        for search in (get_search_backend().autocomplete, get_search_backend().search):
            assert len(search(typed, Story)) <= 1


def test_a_picture_is_found_where_one_is_chosen(ana, media_root):
    found = a_picture("harbour")
    ended = a_picture("ended")
    Picture.objects.filter(pk=ended.pk).update(usable_until=clock.now())
    call_command("wagtail_update_index", verbosity=0)

    page = ana.get("/images/chooser/results/", {"q": '"harbour"'}).content.decode()
    nothing = ana.get("/images/chooser/results/", {"q": "ended"}).content.decode()

    assert "There is 1 match" in page
    assert f"/images/chooser/chosen/{found.pk}" in page
    assert "There is 1 match" not in nothing


@pytest.mark.parametrize(
    "typed",
    ['"never again"', 'said "never again"', 'He said "never', "again never", "nev", "(never) - again",
     "never*", "never:again", "'never'"],
)  # fmt: skip
def test_a_phrase_is_found_with_its_quotes_and_signs(ana, never, typed):
    page = ana.get("/snippets/stories/story/", {"q": typed}).content.decode()

    assert f"/snippets/stories/story/edit/{never.pk}/" in page
    assert "Ferry" not in page


@pytest.mark.parametrize("typed", ['"', "*", "( - )", '"always again"', "never ferry", "NEAR"])
def test_what_no_story_has_finds_none(ana, never, typed):
    found = get_search_backend().autocomplete(typed, Story)

    assert list(found) == []


def test_quotes_and_lone_signs_are_no_words():
    anything = MatchAll()

    assert repr(words_of(PlainText('a "b" - c', operator="or"))) == repr(
        PlainText("a b c", operator="or")
    )
    assert repr(words_of(Phrase('"a - b'))) == repr(Phrase("a b"))
    assert repr(words_of(And([Phrase("-"), Or([PlainText("d"), PlainText("(")])]))) == repr(
        And([Or([PlainText("d")])])
    )
    assert words_of(And([Phrase("-")])) is None
    assert words_of(Not(anything)).subquery is anything


@pytest.fixture
def ana():
    a_masthead("post")
    client = Client(headers={"host": "desk.localhost"})
    client.force_login(an_editor())
    return client


@pytest.fixture
def never(ana):
    a_story("Ferry returns", on=("post",))
    found = a_story('He said "never again" twice', on=("post",))
    call_command("wagtail_update_index", verbosity=0)
    return found
