"""The saved stories of whoever is signed in: the page, its forms, and what scripts are told."""

import pytest

from dateline.saving import models, queries, services
from dateline.stories.services import kills
from dateline.web.domain.saved_words import saved_words_for
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one, path_of, shelve

pytestmark = pytest.mark.django_db
PAGE = "/account/saved/"
JSON = {"accept": "application/json"}
ORIGIN = {"origin": "http://musashi.localhost"}


@pytest.fixture
def few(monkeypatch):
    """How many stories a list may hold here: a thousand would take the test twenty seconds."""
    monkeypatch.setattr(services, "MOST", 5)
    return services.MOST


@pytest.fixture
def rin(musashi):
    return a_reader("Rin")


@pytest.fixture
def own(rin, reader):
    reader.client.force_login(rin)
    return reader


def post(reader, verb, data, **headers):
    return reader.client.post(
        f"{PAGE}{verb}", data, headers={"host": reader.host, **ORIGIN, **headers}
    )


def test_a_reader_saves_reads_removes_and_takes_back(own, rin):
    story = a_story("Ferry returns", at=NOON)

    kept = post(own, "keep", {"story": story.pk})
    page = own.page(kept["Location"])
    gone = post(own, "remove", {"story": story.pk})
    empty = own.page(gone["Location"])
    undo = empty.cssselect("input[name=undo]")[0].get("value")
    back = post(own, "undo", {"undo": undo})

    assert (kept.status_code, one(page, ".own-said p")) == (302, "Saved.")
    assert every(page, ".saved-list h2") == ["Ferry returns"]
    assert any(address.endswith(path_of(story)) for address in links(page))
    assert (one(empty, ".own-said p"), one(empty, ".empty h2")) == (
        "Removed from your list.", "You have saved nothing yet",
    )  # fmt: skip
    assert every(own.page(back["Location"]), ".saved-list h2") == ["Ferry returns"]
    forged = post(own, "undo", {"undo": "x" * 500})
    assert one(own.page(forged["Location"]), ".own-said p").startswith("That could not")
    for answer in (kept, gone, back, own.get(PAGE), own.get(f"{PAGE}state?story=1")):
        assert answer["Cache-Control"] == "private, no-store"


def test_a_story_that_was_killed_is_said_to_be_gone_and_can_be_removed(own):
    story = a_story("Names a minor", at=NOON)
    post(own, "keep", {"story": story.pk})
    kills.kill_story(story.pk, reason="Wrong.", by="Ana")

    page = own.page(PAGE)

    assert every(page, ".saved-list h2") == ["No longer available"]
    assert "minor" not in own.get(PAGE).content.decode()
    post(own, "remove", {"story": story.pk})
    assert every(own.page(PAGE), ".saved-list h2") == []


def test_an_address_that_was_typed_is_saved_without_a_script(own, rin):
    story = a_story("Ferry returns", at=NOON)

    for typed in (f"http://musashi.localhost{path_of(story)}", f"{path_of(story)}/?a=b#c"):
        assert post(own, "keep", {"address": typed}).status_code == 302
    wrong = post(own, "keep", {"address": "https://example.org/"})

    assert queries.is_saved(rin.pk, story.pk)
    assert wrong.status_code == 422
    assert "That is no address of a story" in wrong.content.decode()
    for nothing in ({}, {"story": "x"}, {"story": "9" * 30}, {"story": "１"}):
        assert post(own, "keep", nothing).status_code == 422
    nothing_new = post(own, "keep", {"story": 999_999})
    assert "Nothing new was saved" in own.get(nothing_new["Location"]).content.decode()


def test_a_browser_hands_its_list_over_at_once(own, rin):
    rows = shelve([f"Story {n}" for n in range(3)])

    answer = post(own, "keep", {"story": [row.pk for row in rows]}, **JSON)
    one_more = post(own, "keep", {"story": rows[0].pk}, **JSON)

    assert (answer.status_code, answer.json()) == (200, {"text": "3 stories saved."})
    assert one_more.json()["text"].startswith("Nothing new")
    assert own.get(f"{PAGE}state?story={rows[0].pk}").json() == {"signed_in": True, "saved": True}
    assert post(own, "remove", {"story": rows[0].pk}, **JSON).json() == {
        "text": "Removed from your list."
    }
    assert own.get(f"{PAGE}state?story={rows[0].pk}").json()["saved"] is False
    assert own.get(f"{PAGE}state?story=x").json()["saved"] is False


def test_a_full_list_says_so(own, rin, musashi, few):
    rows = shelve([f"Story {n}" for n in range(few)])
    models.SavedStory.objects.bulk_create(
        models.SavedStory(reader=rin, story=row, masthead=musashi, saved_at=NOON) for row in rows
    )
    story = a_story("Ferry returns", at=NOON)

    by_form, by_script = (post(own, "keep", {"story": story.pk}, **how) for how in ({}, JSON))

    assert (by_form.status_code, by_script.status_code) == (422, 422)
    assert "it keeps 1,000 stories" in by_form.content.decode()
    assert "1 had no room" in by_script.json()["text"]


def test_stories_of_every_title_stand_in_one_list(own, rin):
    a_masthead("kinako")
    story = a_story("Noodles", on=("kinako",), at=NOON)
    there = Reader("kinako.localhost")
    there.client.force_login(rin)
    there.client.post(
        f"{PAGE}keep", {"story": story.pk},
        headers={"host": there.host, "origin": "http://kinako.localhost"},
    )  # fmt: skip

    page = own.page(PAGE)

    assert every(page, ".saved-list h2") == ["Noodles"]
    assert any("kinako.localhost" in a and a.endswith(path_of(story)) for a in links(page))


def test_a_long_list_goes_on(own, rin, musashi):
    rows = shelve([f"Story {n}" for n in range(31)])
    post(own, "keep", {"story": [row.pk for row in rows]})

    page = own.page(PAGE)
    (older,) = [a for a in links(page) if a.startswith("?before=")]

    assert len(every(page, ".saved-list h2")) == 30
    assert every(own.page(PAGE + older), ".saved-list h2") == ["Story 0"]
    for wrong in ("x", "-1", "", "9" * 40):
        own.page(f"{PAGE}?before={wrong}", 404)
    assert own.page(f"{PAGE}?kept=x") is not None


def test_who_is_signed_out_is_sent_to_the_door_and_scripts_are_told(reader, musashi):
    story = a_story(at=NOON)

    assert reader.get(PAGE)["Location"] == f"/account/enter/?next={PAGE}"
    assert reader.get(f"{PAGE}state?story=1").json() == {"signed_in": False, "saved": False}
    for verb in ("keep", "remove", "undo"):
        answer = post(reader, verb, {"story": story.pk})
        assert (answer.status_code, answer["Location"]) == (302, f"/account/enter/?next={PAGE}")
        assert post(reader, verb, {"story": story.pk}, **JSON).status_code in {302, 401}
    assert models.SavedStory.objects.count() == 0


@pytest.mark.parametrize("verb", ["keep", "remove", "undo"])
def test_a_form_of_another_site_changes_nothing(own, rin, verb):
    story = a_story(at=NOON)
    other = {"origin": "https://elsewhere.example"}

    by_form = post(own, verb, {"story": story.pk}, **other)
    by_script = post(own, verb, {"story": story.pk}, **other, **JSON)

    assert (by_form.status_code, by_script.status_code) == (403, 403)
    assert "another site" in by_script.json()["text"]
    assert not queries.is_saved(rin.pk, story.pk)


def test_the_page_of_the_browser_is_the_same_for_everybody(own, rin):
    page = Reader().get("/saved/").content

    assert own.get("/saved/").content == page
    assert b"/account/saved/" in page
    assert PAGE in links(own.page("/account/"))


def test_both_languages_have_every_word():
    assert saved_words_for("ja").keys() == saved_words_for("en").keys()
    assert saved_words_for("ja-JP") is not saved_words_for("en")
