"""The page cache on the start page: how it does, for administrators only."""

import pytest

from dateline.edge import services as edge
from dateline.project.front import metrics
from dateline.project.front.metrics import Counts

pytestmark = pytest.mark.django_db


def panel(client):
    page = client.get("/").content.decode()
    return page.partition('id="desk-cache-title"')[2].partition("</section>")[0]


def test_an_administrator_sees_how_the_page_cache_does(ana, cache):
    metrics.write(Counts(hit=98, soft=1, miss=1, stale_if_error=0, oldest_seconds=754), cache)
    edge.purge(["s:12", "sh:12"], cause="story.corrected 7")

    shown = panel(ana)

    assert "99.0 % of answers came from the cache" in shown
    assert "100 answers since the fronts started" in shown
    assert "0 pages kept" in shown
    assert "1 purge<" in shown
    assert "was made 12 min ago" in shown
    assert "story.corrected 7" in shown
    assert "2 tags" in shown
    assert "owe nothing" in shown
    assert "could make a new one" not in shown


def test_what_went_wrong_stands_there_too(ana, cache, monkeypatch, settings):
    metrics.write(Counts(stale_if_error=3), cache)
    settings.DATELINE_EDGE_OUTER = ("varnish+http://127.0.0.1:9",)
    edge.purge(["s:12"], cause="story.killed 8")

    shown = panel(ana)

    assert "3 old pages shown because nothing could make a new one" in shown
    assert "has not confirmed 1 tag" in shown


def test_a_cache_that_nobody_asked_yet_says_so(ana, cache):
    shown = panel(ana)

    assert "No answers yet" in shown
    assert "Slowest purges" not in shown


def test_a_cache_that_cannot_be_looked_at_is_no_broken_page(ana, cache):
    cache.rmdir()
    cache.write_text("in its place")

    assert "The page cache cannot be looked at" in panel(ana)


def test_it_is_not_for_editors(desk, cache):
    assert panel(desk("stories.change_story", "wire.view_wireitem")) == ""


@pytest.fixture
def cache(tmp_path, settings):
    """The folder of a page cache of this test's own."""
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    settings.DATELINE_EDGE_DIR.mkdir()
    return settings.DATELINE_EDGE_DIR
