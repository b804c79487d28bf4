"""After a kill every surface is asked as a reader would ask, until none shows the story."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import get_urlconf

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.places.models import Place
from dateline.places.services import keep_place
from dateline.stories import models
from dateline.stories.events import StoryKilled
from dateline.stories.queries import reading as stories
from dateline.stories.services import kills
from dateline.stories.services.drafting import Place as Place_
from dateline.stories.services.drafting import draft_story, save_person, save_topic
from dateline.stories.services.publishing import correct_story, publish_story
from dateline.web import handlers, queries
from dateline.web.handlers import StillShown, confirm_kill, judge
from dateline.web.list_surfaces import FORMS
from dateline.web.queries import surfaces_of
from dateline.web.surfaces import Surface
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db


def kill(story):
    report_id = kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=NOON)
    return StoryKilled(
        story_id=story.pk, masthead_ids=(), report_id=report_id, at=NOON, by="Ana", reason="Wrong."
    )


def noted(report_id):
    return {row.url: row for row in models.KillSurface.objects.filter(report_id=report_id)}


def test_names_every_address_that_may_show_a_story(two_titles, story):
    kill(story)
    slug = f"ferry-returns-{story.pk}"

    found = [(surface.kind, surface.site.slug, surface.path) for surface in surfaces_of(story.pk)]

    for title in ("musashi", "kinako"):
        assert ("page", title, f"/world/{slug}") in found
        assert ("versions", title, f"/world/{slug}/versions") in found
        assert ("share_picture", title, f"/world/{slug}/share.jpg") in found
        assert ("comments", title, f"/world/{slug}/comments/") in found
        assert ("comments", title, f"/lite/world/{slug}/comments/") in found
        assert ("front", title, "/") in found
        assert ("section", title, "/world/") in found
        assert ("feed", title, "/feed.xml") in found
        assert ("feed", title, "/world/feed.xml") in found
        assert ("feed", title, "/feed.json") in found
        assert ("feed", title, "/world/feed.atom") in found
        assert ("archive", title, "/archive/2026/11/20/") in found
        assert ("list", title, "/most-read/") in found
        assert ("sitemap", title, "/news-sitemap.xml") in found
        assert ("latest", title, "/new.json") in found
        assert ("search", title, "/search?q=ferry+returns") in found
        assert ("search", title, "/search/feed.xml?q=ferry+returns") in found
        assert ("alerts", title, f"/alerts/story/{story.pk}/") in found
        assert ("page", title, f"/lite/world/{slug}") in found
        assert ("section", title, "/lite/world/") in found
        assert ("versions", title, f"/lite/world/{slug}/versions") in found
        assert ("archive", title, "/lite/archive/2026/11/20/") in found
        assert ("list", title, "/lite/most-read/") in found
        assert ("search", title, "/lite/search?q=ferry+returns") in found
    assert ("front", "elsewhere", "/") in found  # it may list the newest of the others
    for title in ("musashi", "kinako", "elsewhere"):
        assert ("trending", title, "/trending.json") in found
        assert ("front", title, "/lite/") in found
        assert ("trending", title, "/trending/") in found
    pictures = [path for kind, _, path in found if kind == "picture"]
    assert len(pictures) == 2
    assert len(found) == len(set(found))


def test_names_the_lists_that_a_story_is_kept_under_and_sees_them_clear(two_titles):
    save_topic(slug="snow", name="Snow")
    save_person(slug="ana", name="Ana Mori")
    story_id = draft_story(
        headline="Snow", topics=["snow"], people=["ana"], fields={"provider": a_provider()},
        places=[Place_(masthead="musashi", section="world")],
    )  # fmt: skip
    publish_story(story_id, by="Ana", at=NOON)
    correct_story(story_id, kind="correction", text="It was rain.", by="Ana", at=NOON)
    lists = ("/topics/snow/", "/people/ana/", "/agencies/kna/", "/corrections/")
    showing = [*lists, *(f"{path}feed.{form}" for path in lists for form in FORMS)]
    showing += ["/archive/2026/11/20/", "/news-sitemap.xml", f"/sitemaps/{story_id // 1000}.xml"]
    found = {one.path: one for one in surfaces_of(story_id)}

    for path in showing:
        assert judge(handlers.fetch(found[path]), found[path])[1] == (
            "answers 200 and still lists it"
        ), path
    fact = kill(models.Story.objects.get(pk=story_id))
    confirm_kill(fact)
    assert {row.found for row in noted(fact.report_id).values() if row.surface == "list"} == {
        "answers 200 and does not list it"
    }


def test_names_the_page_of_a_place_that_the_story_is_about(two_titles, story):
    topic = save_topic(slug="snow", name="Snow")
    story.topics.through.objects.create(story_id=story.pk, topic_id=topic)
    site = two_titles[0]
    keep_place(
        Place(masthead=site, name="Yukimori", slug="yukimori", region="Kitayama", text="A stove.",
              topic_id=topic),
        by="Ana",
    )  # fmt: skip
    shown = f"http://{site.slug}.localhost:8000/places/yukimori/"
    surface, twin = [one for one in surfaces_of(story.pk) if one.kind == "place"]

    assert (surface.url, twin.path) == (shown, "/lite/places/yukimori/")
    assert judge(handlers.fetch(surface), surface) == (False, "answers 200 and still lists it")
    fact = kill(story)
    confirm_kill(fact)
    assert noted(fact.report_id)[shown].found == "answers 200 and does not list it"


def test_notes_each_surface_with_what_was_seen_and_when(two_titles, story):
    fact = kill(story)

    confirm_kill(fact)

    rows = noted(fact.report_id)
    page = rows[f"http://musashi.localhost:8000/world/ferry-returns-{story.pk}"]
    assert (page.surface, page.found, page.clear_at) == ("page", "answers 410", LATER)
    assert rows["http://musashi.localhost:8000/"].found == "answers 200 and does not list it"
    assert {row.clear_at for row in rows.values()} == {LATER}
    assert {row.found for row in rows.values() if row.surface == "picture"} == {"answers 410"}


def test_a_surface_that_still_shows_it_is_noted_and_raises_so_that_it_is_asked_again(
    two_titles, story, monkeypatch
):
    shown = stories.front(mastheads.by_slug("kinako"), at=LATER)
    fact = kill(story)
    with monkeypatch.context() as stale:
        stale.setattr(stories, "front", lambda *_, **__: shown)
        with pytest.raises(StillShown, match=r"still shown at .*http://kinako.localhost:8000/"):
            confirm_kill(fact)

    before = noted(fact.report_id)["http://kinako.localhost:8000/"]
    confirm_kill(fact)
    after = noted(fact.report_id)["http://kinako.localhost:8000/"]

    assert (before.found, before.clear_at) == ("answers 200 and still lists it", None)
    assert (after.found, after.clear_at) == ("answers 200 and does not list it", LATER)


def test_asking_twice_keeps_the_first_clear_moment(two_titles, story, monkeypatch):
    fact = kill(story)
    confirm_kill(fact)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, tzinfo=UTC))

    confirm_kill(fact)

    assert {row.clear_at for row in noted(fact.report_id).values()} == {LATER}


def test_a_kill_that_was_lifted_needs_no_proof(two_titles, story):
    fact = kill(story)
    kills.reinstate_story(story.pk, by="Ana")

    confirm_kill(fact)

    assert noted(fact.report_id) == {}


def test_a_story_placed_nowhere_has_no_surfaces(two_titles, story):
    story.placements.all().delete()

    assert surfaces_of(story.pk) == []


def test_leaves_the_thread_s_own_addresses_as_they_were(two_titles, story):
    before = get_urlconf()

    confirm_kill(kill(story))

    assert get_urlconf() == before


SITE = object()
LISTING = Surface("front", SITE, "/", ('/world/x-1"',))
PAGE = Surface("page", SITE, "/world/x-1")


@pytest.mark.parametrize(
    ("answer", "surface", "expected"),
    [
        (HttpResponse(status=410), PAGE, (True, "answers 410")),
        (HttpResponse(status=404), PAGE, (True, "answers 404")),
        (HttpResponse(status=200), PAGE, (False, "answers 200")),
        (HttpResponse(status=301), PAGE, (False, "answers 301")),
        (HttpResponse(status=500), PAGE, (False, "answers 500")),
        (HttpResponse("<a>"), LISTING, (True, "answers 200 and does not list it")),
        (HttpResponse('"/world/x-1"'), LISTING, (False, "answers 200 and still lists it")),
        (HttpResponse('"/world/x-12"'), LISTING, (True, "answers 200 and does not list it")),
        (HttpResponse(status=404), LISTING, (True, "answers 404 and does not list it")),
        (HttpResponse(status=500), LISTING, (False, "answers 500")),
        (
            HttpResponse('"/world/x-1"', status=404),
            LISTING,
            (False, "answers 404 and still lists it"),
        ),
        (StreamingHttpResponse([]), PAGE, (False, "answers 200")),
    ],
)
def test_only_an_answer_that_proves_it_counts_as_clear(answer, surface, expected):
    assert judge(answer, surface) == expected


def test_every_kind_of_surface_knows_what_to_look_for(two_titles, story):
    with_traces = {surface.kind for surface in queries.surfaces_of(story.pk) if surface.traces}

    assert with_traces == {
        "front", "section", "feed", "latest", "trending", "list", "archive", "sitemap",
        "search", "api",
    }  # fmt: skip
    assert handlers.OK == 200


LATER = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def two_titles(monkeypatch, media_root):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    handlers._handler.cache_clear()  # it remembers hosts for a second
    return [a_masthead("musashi"), a_masthead("kinako"), a_masthead("elsewhere")]


@pytest.fixture
def story(two_titles):
    return a_story("Ferry returns", on=("musashi", "kinako"), lead_picture=a_picture(), at=NOON)
