"""Addresses: the id decides, wrong ones lead to the right one, gone ones say so and no more."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

import pytest

from dateline import clock
from dateline.mastheads import models as masthead_models
from dateline.mastheads import queries as mastheads
from dateline.mastheads.services import set_wordmark
from dateline.stories.services import kills
from dateline.stories.services.publishing import embargo_story, withdraw_story
from dateline.web.rendering import BROUGHT_ALONG, look_version
from dateline.web.views import server_error
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.web import HOUR, NOON, Reader, one, shelve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    ["/politics/{slug}-{id}", "/world/another-slug-{id}", "/world/{id}", "/nowhere/x-{id}"],
    ids=["another section", "another slug", "no slug", "no such section"],
)
@pytest.mark.parametrize("below", ["", "/versions"])
def test_a_wrong_slug_or_section_leads_to_the_right_address(reader, wrong, below):
    story = a_story("Ferry returns")
    answer = reader.get(wrong.format(slug="ferry-returns", id=story.pk) + below)

    assert answer.status_code == 301
    assert answer["Location"] == f"/world/ferry-returns-{story.pk}{below}"


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/nope/",
        "/nope/feed.xml",
        "/world/no-number",
        "/world/ferry-999999",
        "/world/ferry-999999/versions",
        "/world/ferry-0",
        "/world/?page=0",
        "/world/?page=x",
        "/world/?page=-1",
        "/world/?page=01",
        "/world/?page=２",
        "/world/?page=1001",
        "/world/?page=2",
        "/world/a/b/c",
        "/world/ferry.php",
    ],
)
def test_what_is_not_there_is_404_in_the_masthead_s_own_frame(reader, path):
    shelve(["One"])

    page = reader.page(path, status=404)

    assert one(page, "h1") == "There is no such page"
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"


def test_a_section_without_its_last_stroke_leads_to_the_section(reader):
    answer = reader.get("/world")

    assert (answer.status_code, answer["Location"]) == (301, "/world/")


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/world//evil.example", "/%2f%2fevil.example", "/\\evil.example"]
)
def test_no_address_leads_off_the_masthead(reader, path):
    answer = reader.get(path)

    assert not answer.get("Location", "/").startswith(("//", "/\\", "http"))


def test_a_story_of_another_masthead_is_not_found_here(reader):
    a_masthead("kinako", sections=("food",))
    story = a_story(on=("kinako",), section="food")

    assert reader.get(f"/food/x-{story.pk}").status_code == 404


def test_a_draft_and_an_embargoed_story_are_not_told_of(reader):
    draft = a_draft()
    later = a_story("Later")
    embargo_story(later.pk, until=NOW + HOUR, by="Ana")

    assert reader.get(f"/world/x-{draft.pk}").status_code == 404
    assert reader.get(f"/world/later-{later.pk}").status_code == 404


@pytest.mark.parametrize("below", ["", "/versions"])
def test_a_killed_story_is_gone_and_nothing_of_it_is_repeated(reader, below):
    story = a_story("Minister Kuroda resigns", standfirst="Over a loan.", dateline="Port Selm")
    kills.kill_story(story.pk, reason="Names the wrong Kuroda.", by="Ana", at=NOW)

    answer = reader.get(f"/world/minister-kuroda-resigns-{story.pk}{below}")
    page = reader.page(f"/world/minister-kuroda-resigns-{story.pk}{below}", status=410)

    assert one(page, "h1") == "This story was withdrawn"
    text = answer.content.decode()
    for secret in ("Kuroda", "kuroda", "resign", "loan", "Port Selm", "Ana"):
        assert secret not in text


def test_a_killed_story_is_gone_whatever_slug_was_linked(reader):
    story = a_story("Minister resigns")
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=NOW)

    assert reader.get(f"/politics/anything-{story.pk}").status_code == 410


def test_a_withdrawn_story_and_an_expired_one_say_which_they_are(reader):
    withdrawn, expired = a_story("One"), a_story("Two", rights_until=NOW - HOUR, at=NOON - HOUR)
    withdraw_story(withdrawn.pk, reason="Checking.", by="Ana", at=NOW)

    first = reader.page(f"/world/one-{withdrawn.pk}", status=410)
    second = reader.page(f"/world/two-{expired.pk}", status=410)

    assert one(first, "h1") == "This story is no longer here"
    assert one(second, "h1") == "Two"
    assert one(second, ".said").startswith("This story can no longer be shown in full.")
    assert "Ended 20 November 2026, 11:30 JST" in one(second, ".story-times")


@pytest.mark.parametrize("path", ["/", "/world/", "/feed.xml", "/world/feed.xml", "/look.css"])
def test_answers_304_to_the_etag_it_gave_and_200_once_something_changed(reader, path):
    shelve(["One"])
    etag = reader.get(path)["ETag"]

    again = reader.get(path, if_none_match=etag)
    shelve(["Two"])
    masthead_models.Masthead.objects.update(accent="#00458a")
    changed = Reader().get(path, if_none_match=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("path", ["/", "/world/", "/nope", "/feed.xml", "/newsletters/"])
def test_no_page_sets_a_cookie_or_depends_on_one(reader, path):
    answer = reader.get(path)

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_pages_carry_the_strict_policy_and_nothing_that_breaks_it(reader):
    shelve(["One"])

    answer = reader.get("/")
    page = reader.page("/")

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-cache"
    assert page.cssselect("style, [style], [onclick], [onload]") == []
    scripts = page.cssselect("script")
    assert [(script.get("type"), script.get("src")) for script in scripts] == [
        ("module", "/static/web/js/fresh.js"), ("application/ld+json", None)
    ]  # fmt: skip
    outside = [e for e in page.cssselect("[src], link[rel=stylesheet]") if _address(e)[0] != "/"]
    assert outside == []


def _address(element):
    return element.get("src") or element.get("href")


def test_only_reading_is_allowed(reader):
    assert reader.client.post("/", headers={"host": reader.host}).status_code == 405


def test_the_look_is_kept_for_good_under_the_address_that_names_it(reader):
    version = look_version(mastheads.by_slug("musashi"))

    named, plain = reader.get(f"/look.css?v={version}"), reader.get("/look.css?v=old")

    assert named["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in named["Cache-Control"]
    assert plain["Cache-Control"] == "no-store"
    assert "--accent:#b3261e" in named.content.decode()
    assert f"/look.css?v={version}" in reader.get("/").content.decode()


def named_wordmark():
    css = Reader().get("/look.css").content.decode()
    return re.findall(r'--wordmark:url\("([^"]+)"\)', css)


def a_drawing(*, signs=0):
    shape = b"M0 0h9" + b" 1" * signs
    return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="%b"/></svg>' % shape


def test_a_wordmark_comes_with_the_look_and_is_named_for_those_who_do_not_see_it(
    reader, media_root
):
    set_wordmark(mastheads.by_slug("musashi").id, a_drawing(), by="Ana")

    page = reader.page("/")
    (drawn,) = named_wordmark()

    assert one(page, "h1") == "Musashi"
    assert page.cssselect("h1 .wordmark")
    assert unquote_to_bytes(drawn) == b"data:image/svg+xml," + a_drawing()
    assert not {'"', "\\", "\n", "#", "<", ">"} & set(drawn)
    assert reader.get("/wordmark.svg")["Cache-Control"] == "no-cache"


def test_a_large_wordmark_has_an_address_that_is_kept_for_good(reader, media_root):
    set_wordmark(mastheads.by_slug("musashi").id, a_drawing(signs=BROUGHT_ALONG), by="Ana")

    (address,) = named_wordmark()
    answer = reader.get(address)

    assert answer.content == a_drawing(signs=BROUGHT_ALONG)
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]


def test_the_look_of_a_new_wordmark_has_an_address_of_its_own(reader, media_root):
    before = look_version(mastheads.by_slug("musashi"))
    set_wordmark(mastheads.by_slug("musashi").id, a_drawing(), by="Ana")

    assert look_version(mastheads.by_slug("musashi")) != before


def test_a_masthead_without_a_wordmark_has_none(reader, media_root):
    assert reader.get("/wordmark.svg").status_code == 404
    masthead_models.Masthead.objects.update(wordmark="mastheads/lost.svg")
    assert named_wordmark()[0].startswith("/wordmark.svg?v=")
    assert Reader().get("/wordmark.svg").status_code == 404


def test_small_files_of_a_masthead(reader):
    icon, robots = reader.get("/favicon.svg"), reader.get("/robots.txt")

    assert icon["Content-Type"] == "image/svg+xml"
    assert b">M</text>" in icon.content
    assert robots.content.startswith(b"User-agent: *\nAllow: /\nDisallow: /account/\n")


def test_a_failure_is_told_in_the_masthead_s_own_frame(reader, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("out of ink")

    monkeypatch.setattr("dateline.stories.queries.reading.front", broken)

    page = reader.page("/", status=500)

    assert one(page, "h1") == "Something went wrong on our side"
    assert "out of ink" not in page.text_content()


def test_a_failure_away_from_every_masthead_is_plain(rf):
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert b"try again" in answer.content
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    a_masthead()
    return Reader()
