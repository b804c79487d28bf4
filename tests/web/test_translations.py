"""A translation names its translator and its original, and an original leads to its translations."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.stories import models
from dateline.stories.domain.translation import How
from dateline.stories.services import kills, publishing
from dateline.stories.services.drafting import save_person
from dateline.web.domain.translation_words import ENGLISH, JAPANESE
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.web import HOUR, NOON, Reader, every, path_of
from tests.web.vocabulary import faults

pytestmark = pytest.mark.django_db

JA = "http://asahi.localhost:8000"
EN = "http://musashi.localhost:8000"


def test_the_byline_names_the_translator_and_leads_to_the_original(reader, pair):
    page = reader.page(path_of(pair.english))

    assert every(page, ".translated") == ["Translated by Hana Ito", "Original in 日本語"]
    name, original = page.cssselect(".translated a")
    assert name.get("href") == "/people/hana/"
    assert original.get("href") == JA + path_of(pair.original)
    assert (original.get("hreflang"), original.get("title")) == ("ja", "夜の船が戻る港")
    assert not page.cssselect(".story-tongue")  # the same way twice


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (How.CHECKED, "Translated by machine, checked by Hana Ito"),
        (How.MACHINE, "Translated by machine, checked by nobody"),
    ],
)
def test_a_machine_is_never_passed_off_as_a_person(reader, pair, how, said):
    hana = None if how == How.MACHINE else models.Person.objects.get()
    change(pair.english, translated_how=how.value, translator=hana)
    page, twin = reader.page(path_of(pair.english)), reader.page(f"/lite{path_of(pair.english)}")

    assert every(page, ".translated")[0] == every(twin, ".translated")[0] == said
    assert told(pair.english)["translation"]["how"] == how.value
    assert "translator" not in article(reader, pair.english)


def test_a_japanese_title_says_it_in_japanese_and_an_original_leads_to_its_translation(pair):
    page = Reader("asahi.localhost").page(path_of(pair.original))

    assert every(page, ".story-tongue") == ["他の言語 English"]
    (link,) = page.cssselect(".story-tongue a")
    assert link.get("href") == EN + path_of(pair.english)
    change(pair.original, translated_how="checked", translator=models.Person.objects.get())
    page = Reader("asahi.localhost").page(path_of(pair.original))
    assert every(page, ".translated") == ["機械翻訳、確認： Hana Ito"]


def test_search_engines_are_told_of_both(reader, pair):
    english = article(reader, pair.english)
    original = article(Reader("asahi.localhost"), pair.original)

    assert english["translator"]["name"] == "Hana Ito"
    assert english["translationOfWork"]["@id"] == original["@id"]
    assert english["translationOfWork"]["inLanguage"] == "ja"
    assert [one["@id"] for one in original["workTranslation"]] == [english["@id"]]
    for said in (english, original):
        assert list(faults(said)) == []
    change(pair.english, translated_how="checked")
    assert article(reader, pair.english)["editor"]["name"] == "Hana Ito"
    for host, story in (("musashi", pair.english), ("asahi", pair.original)):
        page = Reader(f"{host}.localhost").page(path_of(story))
        pairs = {link.get("hreflang"): link.get("href")
                 for link in page.cssselect("link[rel=alternate][hreflang]")}  # fmt: skip
        assert pairs == {"en": EN + path_of(pair.english), "ja": JA + path_of(pair.original)}


def test_programs_and_the_text_only_twin_are_told_too(reader, pair):
    assert told(pair.english)["translation"] == {
        "how": "person", "by": "Hana Ito",
        "of": {"language": "ja", "headline": "夜の船が戻る港", "url": JA + path_of(pair.original)},
    }  # fmt: skip
    assert told(pair.original, host="asahi")["translations"] == [
        {"language": "en", "headline": "The night ship returns", "url": EN + path_of(pair.english)}
    ]
    twin = reader.page(f"/lite{path_of(pair.english)}")
    assert every(twin, ".translated") == ["Translated by Hana Ito", "Original in 日本語"]
    assert twin.cssselect(".translated a")[0].get("href") == "/lite/people/hana/"


@pytest.mark.parametrize(
    "close",
    [
        lambda pk: kills.kill_story(pk, reason="Wrong.", by="Ana", at=NOON),
        lambda pk: kills.withhold_story(pk, reason="Doubts.", by="Ana", at=NOON),
        lambda pk: publishing.withdraw_story(pk, reason="Doubts.", by="Ana", at=NOON),
        lambda pk: models.Story.objects.filter(pk=pk).update(embargo_until=NOON + 9 * HOUR),
    ],
    ids=["killed", "withheld", "withdrawn", "under embargo"],
)
def test_neither_leads_to_one_that_may_not_be_read(reader, pair, close):
    close(pair.original.pk)
    said = reader.get(path_of(pair.english)).content.decode()
    assert "Translated by" in said
    assert "夜の船が戻る港" not in said
    assert "translationOfWork" not in said
    assert told(pair.english)["translation"]["of"] is None

    models.Story.objects.filter(pk=pair.original.pk).update(
        live=True, killed_at=None, withheld_at=None, embargo_until=None
    )
    close(pair.english.pk)
    said = Reader("asahi.localhost").get(path_of(pair.original)).content.decode()
    assert "The night ship returns" not in said
    assert "workTranslation" not in said


def test_a_draft_of_a_translation_is_not_told_of(reader, pair):
    a_draft("Le navire de nuit", language="fr", translated_from=pair.original,
            translated_how="machine")  # fmt: skip

    said = Reader("asahi.localhost").get(path_of(pair.original)).content.decode()
    assert "navire" not in said


def test_a_translation_asks_for_its_original_once_and_other_stories_ask_nothing_more(reader, pair):
    alone = a_story("Nothing of the kind", at=NOON - HOUR)
    few = cost(reader, alone)

    assert cost(reader, pair.english) == few + 1
    change(pair.english, translated_from=None)
    assert cost(reader, pair.english) == few  # who translated it comes with the story


def test_a_story_in_its_own_language_says_nothing(reader, musashi):
    story = a_story("Nothing of the kind", at=NOON - HOUR)
    page = reader.page(path_of(story))

    assert not page.cssselect(".translated, .story-tongue")
    assert told(story)["translation"] is None
    assert told(story)["translations"] == []


def test_both_languages_have_the_same_words():
    assert ENGLISH.keys() == JAPANESE.keys()


def change(story, **fields):
    models.Story.objects.filter(pk=story.pk).update(**fields)


def told(story, *, host="musashi"):
    return Reader(f"{host}.localhost").get(f"/api/1/stories/{story.pk}").json()


def article(reader, story):
    page = reader.page(path_of(story))
    return json.loads(page.cssselect("script[type='application/ld+json']")[0].text)


def cost(reader, story):
    reader.get(path_of(story))
    with CaptureQueriesContext(connection) as queries:
        reader.get(path_of(story))
    return len(queries)


@pytest.fixture
def pair(musashi):
    """A story of the Japanese title, and its translation on the English one."""
    a_masthead("asahi", language="ja")
    save_person(slug="hana", name="Hana Ito")
    original = a_story("夜の船が戻る港", at=NOON - HOUR, on=("asahi",), language="ja")
    english = a_story(
        "The night ship returns", at=NOON - HOUR, translated_from=original,
        translated_how="person", translator="hana",
    )  # fmt: skip
    return type("Pair", (), {"original": original, "english": english})
