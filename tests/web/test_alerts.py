"""The page of alerts, what it asks, and the service worker, through all of Django."""

import json

import pytest
from django.test import Client

from dateline import clock
from dateline.alerts import models
from dateline.alerts.services import keys
from dateline.stories.models import Topic
from dateline.stories.services.kills import kill_story
from dateline.web import alerts
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one, path_of, words_of
from tests.push_service import PushService

pytestmark = pytest.mark.django_db
HOST = "musashi.localhost"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(alerts, "rates", alerts.Rates(30))


@pytest.fixture
def masthead():
    keys.ensure(at=NOON)
    return a_masthead()


@pytest.fixture
def story(masthead):
    story = a_story(at=NOON)
    story.topics.set([Topic.objects.create(name="Travel", slug="travel")])
    story.save()
    return story


@pytest.fixture
def browser(settings):
    service = PushService()
    settings.DATELINE_PUSH_TRUSTED = frozenset({service.origin})
    yield service.browser("one")
    service.stop()


def ask(what, words, *, origin=f"http://{HOST}", **headers):
    """What a page's script posts."""
    return Client().post(
        f"/alerts/{what}", words if isinstance(words, str) else json.dumps(words),
        content_type="application/json", headers={"host": HOST, "origin": origin, **headers},
    )  # fmt: skip


def choices(browser, **fields):
    return {
        **browser.words, "breaking": True, "topics": [], "stories": [], "quiet": [1320, 420],
        "caps": [5, 4, 6], "zone": "Asia/Tokyo", **fields,
    }  # fmt: skip


def test_the_page_offers_what_there_is_and_asks_nothing_by_itself(story):
    page = Reader().page("/alerts/")

    assert one(page, "h1") == "Alerts"
    assert "Travel" in every(page, "[data-list=topic] label")
    assert len(page.cssselect("[data-alerts]")[0].get("data-key")) == 130
    assert page.cssselect("form")[0].get("hidden") is not None


def test_every_page_leads_there_and_a_story_to_its_own(story):
    page = Reader().page(path_of(story))
    assert f"/alerts/story/{story.pk}/" in links(page)
    assert "/alerts/" in links(page)

    own = Reader().page(f"/alerts/story/{story.pk}/")
    assert one(own, "h1") == "Follow this story"
    assert one(own, ".alerts-subject") == "Ferry returns to harbour"
    assert own.cssselect("[name=story]")[0].get("value") == str(story.pk)
    assert own.cssselect("[name=breaking]")[0].get("checked") is None
    assert every(own, "[data-list=topic] label") == ["Travel"]


def test_a_topic_has_its_own_page(story):
    page = Reader().page("/alerts/topic/travel/")

    assert (one(page, "h1"), one(page, ".alerts-subject")) == ("Follow a topic", "Travel")
    assert page.cssselect("[name=topic]")[0].get("checked") is not None


@pytest.mark.parametrize("path", ["/alerts/story/9/", "/alerts/topic/none/"])
def test_what_there_is_not_has_no_page(masthead, path):
    Reader().page(path, 404)


def test_a_killed_story_cannot_be_followed(story):
    kill_story(story.pk, reason="Wrong.", by="Ana Mori", at=NOON)

    Reader().page(f"/alerts/story/{story.pk}/", 404)


def test_it_is_in_japanese_where_its_title_is(story):
    a_masthead("musashi-ja", host="ja.localhost", language="ja")

    page = Reader("ja.localhost").page("/alerts/")
    assert one(page, "h1") == "速報通知"
    assert "通知を受け取る" in words_of(page)


def test_a_browser_is_kept_changes_pauses_and_leaves(story, browser):
    topic = Topic.objects.get()
    kept = ask("keep", choices(browser, stories=[story.pk], topics=[topic.pk])).json()
    assert kept == {
        "breaking": True, "topics": [{"id": topic.pk, "name": "Travel"}],
        "stories": [{"id": story.pk, "name": "Ferry returns to harbour"}], "quiet": [1320, 420],
        "caps": [5, 4, 6], "zone": "Asia/Tokyo", "paused": "",
    }  # fmt: skip
    endpoint = {"endpoint": browser.endpoint}
    assert ask("mine", endpoint).json() == kept
    assert ask("keep", choices(browser, quiet=None, stories=[])).json()["quiet"] is None

    paused = ask("pause", {**endpoint, "on": True}).json()["paused"]
    assert paused == "2026-11-27T03:00:00+00:00"
    assert ask("pause", {**endpoint, "on": False}).json()["paused"] == ""
    assert [ask("leave", endpoint).status_code for _ in range(2)] == [200, 200]
    assert [ask(what, endpoint).status_code for what in ("mine", "pause")] == [404, 404]
    assert models.Follower.objects.get().endpoint == ""


def test_another_title_does_not_know_it(story, browser):
    a_masthead("kinako")
    ask("keep", choices(browser))

    answer = Client().post(
        "/alerts/mine", json.dumps({"endpoint": browser.endpoint}),
        content_type="application/json",
        headers={"host": "kinako.localhost", "origin": "http://kinako.localhost"},
    )  # fmt: skip
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://10.0.0.1/a"}, {"endpoint": 7}, {"p256dh": "x"}, {"auth": None},
        {"zone": "Mars"}, {"zone": []}, {"caps": [1, 2]}, {"caps": [1, 2, 99]}, {"caps": "x"},
        {"topics": ["1"]}, {"stories": [True]}, {"stories": [2**64]}, {"quiet": [1]},
        {"quiet": [0, 9999]}, {"quiet": "night"},
    ],
)  # fmt: skip
def test_what_is_no_choice_is_refused_and_nothing_is_kept(masthead, browser, wrong):
    answer = ask("keep", choices(browser, **wrong))

    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert not models.Follower.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", "7", "[" * 9_000, " " * 20_000])
def test_what_is_no_object_is_refused(masthead, body):
    assert ask("mine", body).status_code == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://kinako.localhost", ""])
def test_another_site_cannot_ask(masthead, browser, origin):
    assert ask("keep", choices(browser), origin=origin).status_code == 403
    assert not models.Follower.objects.exists()


def test_nobody_asks_too_often(masthead, browser):
    statuses = [ask("mine", {}).status_code for _ in range(31)]

    assert statuses == [404] * 30 + [429]


def test_answers_for_one_browser_are_kept_by_nobody(masthead, browser):
    answer = ask("mine", {"endpoint": browser.endpoint})

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_the_worker_stands_at_the_root_and_is_small(masthead):
    answer = Reader().get("/service-worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert len(answer.content) < 5_000
    assert (
        Reader().get("/service-worker.js", **{"if-none-match": answer["ETag"]}).status_code == 304
    )


def test_the_manifest_names_the_title(masthead):
    answer = Reader().get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["name"], said["display"], said["start_url"]) == ("Musashi", "standalone", "/")


def test_a_title_without_a_key_offers_a_page_that_says_so():
    a_masthead()

    assert Reader().page("/alerts/").cssselect("[data-alerts]")[0].get("data-key") == ""


def test_what_is_no_drill_of_ours_is_404(masthead):
    answer = Client().post(
        "/alerts/drill", b"\x00" * 200, content_type="application/octet-stream",
        headers={"host": HOST},
    )  # fmt: skip

    assert answer.status_code == 404
