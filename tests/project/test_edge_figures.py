"""The page cache in figures for people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.edge import queries
from dateline.edge import services as edge
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
from dateline.project import edge_figures
from dateline.project.front import metrics
from dateline.project.front.metrics import Counts


def test_every_answer_counts_once(cache):
    counts = Counts(
        hit=6, soft=1, stale_if_error=1, miss=1, collapsed=2, bypass=5, oldest_seconds=7
    )
    metrics.write(counts, cache)
    edge.purge(["s:1", "sh:1"], cause="story.killed 4")

    found = edge_figures.figures_now()

    assert (found.answered, found.hit_percent, found.stale_if_error) == (16, 50.0, 1)
    assert found.oldest == timedelta(seconds=7)
    assert (found.pages, found.megabytes, found.cap_megabytes, found.purges) == (0, 0.0, 0.0, 1)
    assert [(p.cause, p.tags, p.ms > 0) for p in found.slowest] == [("story.killed 4", 2, True)]
    assert found.owed == ()


def test_what_is_kept_is_told_beside_what_there_is_room_for(cache):
    store = queries.open_store(cache, size_mb=10, release="1")
    page = StoredPage(
        host=b"post.test", path=b"/", query=b"", status=200, headers=(), bodies={"identity": b"x"},
        etag="abc", stored_at=0.0, made_ms=1.0,
        note=PageNote(start=0, hard=(), soft=(), opens=None, closes=None, ttl=None),
    )  # fmt: skip
    store.put(b"k" * 32, page)
    store.close()

    found = edge_figures.figures_now()

    assert (found.pages, found.cap_megabytes) == (1, 7.0)
    assert 0 < found.megabytes < 0.1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7199, "1 h"), (172_801, "2 d")],
)
def test_an_age_is_told_in_whole_units(cache, seconds, text):
    figures = replace(edge_figures.figures_now(), oldest=timedelta(seconds=seconds))

    assert figures.oldest_text == text


@pytest.fixture
def cache(tmp_path, settings):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    settings.DATELINE_EDGE_DIR.mkdir()
    return settings.DATELINE_EDGE_DIR
