"""A story form that cannot be saved: which part lacks what, and nothing typed is lost."""

import pytest
from django.urls import reverse
from lxml import html

from dateline.stories.services.drafting import save_person
from dateline.stories.widgets import OneParagraph
from tests.factories.desk import edit, form
from tests.factories.newsroom import a_draft, a_masthead

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


def second_placement(kinako, **fields):
    return {
        "placements-TOTAL_FORMS": "2",
        "placements-1-masthead": kinako.pk,
        "placements-1-section": "",
        "placements-1-slug": "",
        **fields,
    }


def test_autosave_is_told_which_placement_lacks_what(desk, story, kinako):
    answer = desk.post(edit(story), form(story, **second_placement(kinako)), **JSON)

    assert answer.status_code == 400
    assert answer.json() == {
        "success": False,
        "error_code": "validation_error",
        "error_message": "The note in the form says what is missing.",
        "problems": [
            {
                "text": "Placement 2 (Kinako) has no section. Choose it, or remove this placement.",
                "field": "id_placements-1-section",
            }
        ],
    }


def test_an_empty_placement_lacks_both_and_a_removed_one_is_not_counted(desk, story, kinako):
    changes = second_placement(kinako, **{"placements-1-masthead": "", "placements-0-DELETE": "on"})

    problems = desk.post(edit(story), form(story, **changes), **JSON).json()["problems"]

    assert [problem["text"] for problem in problems] == [
        "Placement 1 has no masthead and no section. Choose them, or remove this placement."
    ]


def test_a_new_story_is_told_the_same(desk, kinako):
    data = {
        "headline": "Ferry", "body-count": "0", "kind": "article", "language": "en",
        "urgency": "5", "bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0",
        "placements-TOTAL_FORMS": "1", "placements-INITIAL_FORMS": "0",
        "placements-0-masthead": kinako.pk,
    }  # fmt: skip

    answer = desk.post(reverse("wagtailsnippets_stories_story:add"), data, **JSON)

    assert answer.json()["problems"][0]["text"].startswith("Placement 1 (Kinako) has no section.")


def test_other_mistakes_name_their_field_and_their_part(desk, story, kinako):
    person = save_person(slug="hana", name="Hana Kurosawa")
    changes = second_placement(
        kinako,
        **{
            "placements-1-section": kinako.sections.first().pk,
            "placements-1-slug": "not a slug",
            "urgency": "many",
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-person": person,
            "bylines-0-ORDER": "1",
            "bylines-1-person": person,
            "bylines-1-ORDER": "2",
        },
    )

    found = desk.post(edit(story), form(story, **changes), **JSON).json()["problems"]

    assert {(problem["field"], problem["text"].split(":")[0]) for problem in found} == {
        ("id_urgency", "Urgency"),
        ("id_placements-1-slug", "Placement 2 (Kinako)"),
        ("", "Bylines"),
        ("", "Byline 2"),
    }


def test_the_page_says_it_too_and_keeps_what_was_typed(desk, story, kinako):
    changes = second_placement(kinako, headline="運休のお知らせ", standfirst="午後三時から。")

    answer = desk.post(edit(story), form(story, **changes))

    page = answer.content.decode()
    assert "The story is not saved. Placement 2 (Kinako) has no section." in page
    assert "運休のお知らせ" in page
    assert "午後三時から。" in page
    story.refresh_from_db()
    assert story.headline == "Ferry returns to harbour"


def test_a_newer_version_keeps_wagtail_s_own_words(desk, story):
    data = form(story, overwrite_revision_id="999999")

    answer = desk.post(edit(story), data, **JSON).json()

    assert (answer["error_code"], answer["problems"]) == ("invalid_revision", [])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One line", "One line"),
        ("First\r\nsecond\n\nthird\n", "First second third"),
        ("消費税半減へ　大綱案", "消費税半減へ　大綱案"),
        ("", ""),
        (None, None),
    ],
)
def test_a_headline_is_one_paragraph_however_it_was_pasted(typed, kept):
    widget = OneParagraph(label="Headline")

    assert widget.value_from_datadict({"h": typed} if typed is not None else {}, {}, "h") == kept


def test_headline_and_standfirst_show_all_of_it_and_count(desk, story):
    page = html.fromstring(desk.get(edit(story)).content)
    headline, standfirst = (
        page.cssselect(f"textarea#id_{n}")[0] for n in ("headline", "standfirst")
    )

    assert (headline.get("maxlength"), headline.get("data-desk-advised")) == ("250", "90")
    assert None not in (headline.get("data-desk-count"), standfirst.get("data-desk-count"))
    assert standfirst.get("data-desk-advised") is None
    assert page.cssselect('script[type=module][src*="stories/edit"]')


@pytest.fixture
def kinako():
    return a_masthead("kinako")


@pytest.fixture
def story(kinako):
    a_masthead("musashi")
    return a_draft()
