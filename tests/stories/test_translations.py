"""What an editor says of a translation: how, by whom, from which story; and what is refused."""

import pytest

from dateline.edge import keys
from dateline.stories import models
from dateline.stories.domain.translation import problem_of
from dateline.stories.services import publishing
from dateline.stories.services.drafting import save_person
from tests.edge_watch import purged
from tests.factories.desk import edit, form
from tests.factories.newsroom import a_draft, a_masthead, a_story

pytestmark = pytest.mark.django_db

commits = pytest.fixture(
    lambda django_capture_on_commit_callbacks: django_capture_on_commit_callbacks
)


@pytest.mark.parametrize(
    ("said", "field", "problem"),
    [
        ({}, "", ""),
        ({"translated_how": "machine"}, "", ""),
        ({"translator": "hana"}, "translated_how", "Say how it was translated."),
        ({"translated_from": "ja"}, "translated_how", "Say how it was translated."),
        ({"translated_how": "person"}, "translator", "Say who translated it."),
        ({"translated_how": "checked"}, "translator", "Say who checked what the machine wrote."),
        ({"translated_how": "machine", "translator": "hana"}, "translator", "Name nobody for what"),
        ({"translated_how": "machine", "translated_from": "ja"}, "", ""),
        ({"translated_how": "machine", "translated_from": "en"}, "translated_from",
         "in this language too"),
        ({"translated_how": "machine", "translated_from": "itself"}, "translated_from",
         "no translation of itself"),
        ({"translated_how": "machine", "translated_from": "made of it"}, "translated_from",
         "no translation of itself"),
    ],
)  # fmt: skip
def test_what_is_said_must_hold_together(said, field, problem):
    story = models.Story
    origins = {
        "ja": story(pk=7, language="ja"), "en": story(pk=8, language="en"),
        "itself": story(pk=5, language="ja"),
        "made of it": story(pk=9, language="ja", translated_from_id=5),
    }  # fmt: skip
    data = {"language": "en", **said}
    if origin := said.get("translated_from"):
        data["translated_from"] = origins[origin]

    assert problem_of(data, own_id=5)[0] == field
    assert problem in problem_of(data, own_id=5)[1]
    if said.get("translated_from") == "itself":
        assert problem_of(data, own_id=None) == ("", "")


def test_the_desk_stores_it_and_says_what_is_wrong(desk, english, original):
    desk.post(edit(english), form(english, translated_how="person", translated_from=original.pk))
    english.refresh_from_db()
    draft = english.get_latest_revision_as_object()
    assert draft.translated_how is None

    hana = save_person(slug="hana", name="Hana Ito")
    said = {"translated_how": "checked", "translated_from": original.pk, "translator": hana}
    desk.post(edit(english), form(english, publish=True, **said))

    english.refresh_from_db()
    assert (english.translated_how, english.translated_from_id, english.translator_id) == (
        "checked", original.pk, hana,
    )  # fmt: skip


def test_publishing_a_translation_has_the_original_drawn_again(original, commits):
    draft = a_draft("A ship", translated_from=original, translated_how="machine")

    with purged(commits) as tags:
        publishing.publish_story(draft.pk, by="Ana")

    assert (keys.story(original.pk), "HARD") in tags


def test_an_original_that_is_deleted_leaves_the_translation(english):
    draft = a_draft("船", language="ja")
    models.Story.objects.filter(pk=english.pk).update(translated_from=draft)
    draft.delete()

    english.refresh_from_db()
    assert english.translated_from_id is None


@pytest.fixture
def original():
    a_masthead()
    return a_story("夜の船", language="ja")


@pytest.fixture
def english(original):
    return a_story("The night ship")
