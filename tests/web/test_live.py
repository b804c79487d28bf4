"""What an open page asks for: who reads it, whether its story still holds, what is new."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from dateline.stories.services import kills, publishing
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.web import NOON, Reader, one, path_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
FILL = {"x-dateline-fill": "1"}


def test_who_is_signed_in_is_told_to_that_reader_alone(daily):
    reader = Reader()
    nobody = reader.get("/me")
    reader.client.force_login(an_editor())
    somebody = reader.get("/me")

    assert nobody.json() == {"signed_in": False, "name": ""}
    assert somebody.json() == {"signed_in": True, "name": "Ana"}
    for answer in (nobody, somebody):
        assert answer["Cache-Control"] == "private, no-store"
    assert Reader().get("/me", **FILL)["X-Dateline-Edge"] == "pass"


def test_somebody_without_a_first_name_is_called_by_their_address(daily):
    editor = an_editor()
    editor.first_name = ""
    editor.save()
    reader = Reader()
    reader.client.force_login(editor)

    assert reader.get("/me").json()["name"] == "ana@dateline.example"


def test_the_hint_that_somebody_is_known_goes_with_the_session(daily):
    reader = Reader()
    reader.client.cookies["known"] = "1"

    assert reader.get("/me").cookies["known"]["max-age"] == 0


def test_a_page_says_where_to_ask_and_holds_all_it_needs_without(daily, story):
    page = Reader().page(path_of(story))

    (updated,) = page.cssselect("[data-now]")
    assert updated.get("data-now") == f"{path_of(story)}/now.json"
    assert updated.get("hidden") is not None
    assert one(page, "[data-me]") == "Register / Login"
    (script,) = page.cssselect("script[src]")
    assert (script.get("type"), script.get("src")) == ("module", "/static/web/js/fresh.js")
    fetched_when_seen = [part.get("data-script") for part in page.cssselect("[data-script]")]
    assert fetched_when_seen == ["/static/promos/offers.js", "/static/web/js/thread.js"]


def test_an_update_is_told_in_the_words_of_the_page(daily, story):
    ask = Reader()
    assert ask.get(f"{path_of(story)}/now.json").json() == {"updated": None, "versions": 1}

    publishing.update_story(story.pk, changes={"standfirst": "At one."}, by="Ana", at=NOON + HOUR)

    told = ask.get(f"{path_of(story)}/now.json").json()
    page = ask.page(path_of(story))
    assert f"{told['updated']['label']} {told['updated']['text']}" == one(page, "[data-now]")
    (moment,) = page.cssselect("[data-now] time")
    assert moment.get("datetime") == told["updated"]["at"]
    assert told["versions"] == 2


def test_a_story_that_was_taken_down_is_410(daily, story):
    kills.kill_story(story.pk, reason="Wrong.", by="Ana")

    answer = Reader().get(f"{path_of(story)}/now.json")

    assert (answer.status_code, answer.json()) == (410, {"gone": True})


@pytest.mark.parametrize("path", ["/world/nothing/now.json", "/politics/ferry-{}/now.json"])
def test_another_address_is_404(daily, story, path):
    assert Reader().get(path.format(story.pk)).status_code == 404


def test_what_is_new_lives_five_seconds(daily, story):
    note = json.loads(Reader().get("/new.json", **FILL)["X-Dateline-Edge"])

    assert note["ttl"] == 5


def test_the_script_is_small_and_a_module_of_its_own():
    script = Path(finders.find("web/js/fresh.js")).read_text()

    assert len(script) < 15_000
    assert "innerHTML" not in script


@pytest.fixture
def daily():
    return a_masthead()


@pytest.fixture
def story(daily):
    return a_story("Ferry", at=NOON)
