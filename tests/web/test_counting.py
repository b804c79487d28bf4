"""What a page says to its counting script, and what readers are told of it."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from dateline.trending.domain.beacons import parse
from dateline.trending.domain.views import Kind, Source
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import Reader, one, path_of

pytestmark = pytest.mark.django_db

FILL = {"x-dateline-fill": "1"}


def test_a_story_names_itself_and_its_script_and_stays_shared(daily):
    story = a_story("Ferry")
    answer = Reader().get(path_of(story), **FILL)
    (article,) = Reader().page(path_of(story)).cssselect("[data-reading]")

    assert article.get("data-story") == str(story.pk)
    assert article.get("data-reading") == "/static/web/js/read.js"
    assert json.loads(answer["X-Dateline-Edge"])["hard"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("path", ["/", "/world/"])
def test_no_other_page_counts(daily, path):
    a_story("Ferry")

    assert Reader().page(path).cssselect("[data-reading]") == []


def test_the_script_is_small_and_keeps_nothing():
    script = Path(finders.find("web/js/read.js")).read_text()

    assert len(gzip.compress(script.encode(), 9)) <= 1200
    assert "cookie =" not in script
    assert "setItem" not in script
    assert "globalPrivacyControl" in script


def test_what_the_script_sends_is_what_the_collector_reads():
    script = Path(finders.find("web/js/read.js")).read_text()
    kinds = {int(kind) for kind in re.findall(r'tell\("(\d)\."', script)}
    sources = {
        int(way)
        for way in re.findall(r"return (\d);|\? (\d) : (\d);", script)
        for way in way
        if way
    }
    (form,) = re.findall(r"/b\?(\S+?)`", script)
    for name, value in {
        "story": "7",
        "kind": "1.",
        "how": "1",
        "seconds": "9",
        "deepest": "30",
    }.items():
        form = form.replace(f"${{{name}}}", value)

    assert kinds == set(Kind) - {Kind.HEADLINE_SEEN, Kind.HEADLINE_CLICKED}
    assert sources == set(Source)
    assert parse(form.encode()) == (7, Kind.SHOWN, Source.DIRECT, 9, 30)


def test_readers_are_told_what_is_counted_and_can_end_it(daily):
    page = Reader().page("/privacy/")

    assert one(page, "#counting") == "What we count"
    assert "Global Privacy Control" in one(page, ".standing-text")
    assert page.cssselect("[data-counting] p[hidden] button")  # no script, nothing is counted
    assert [s.get("src") for s in page.cssselect("script[src]")] == [
        "/static/web/js/fresh.js", "/static/web/js/privacy.js",
    ]  # fmt: skip
    assert "/privacy/" in [a.get("href") for a in Reader().page("/").cssselect("footer a")]


@pytest.fixture
def daily():
    return a_masthead()
