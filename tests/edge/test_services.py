"""Collecting while rendering, and purging: what every room above calls."""

import functools
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from dateline import clock
from dateline.edge import queries, services
from dateline.edge.adapters.ledger import Ledger
from dateline.edge.domain.verdict import Held, Mode, Verdict, judge
from dateline.edge.queries import EdgeUnavailable

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_render_records_what_its_queries_name(edge):
    with services.collecting() as collector:
        services.depend("s:1", "sh:1")
        with services.softly():
            services.depend("l:1:0")
        services.depend_softly("t:sea")
        services.opens_at(NOON)
        services.closes_at(NOON + timedelta(hours=1))
        services.opens_at(None)
        services.closes_at(None)

    note = collector.note(ttl=5)
    assert note.hard == ("r:code", "s:1", "sh:1")
    assert note.soft == ("l:1:0", "t:sea")
    assert (note.opens, note.closes, note.ttl) == (NOON.timestamp(), NOON.timestamp() + 3600, 5)
    assert note.start == edge.sequence() == services.sequence()


def test_outside_a_render_nothing_is_recorded():
    services.depend("s:1")
    services.depend_softly("s:1")
    services.opens_at(NOON)
    services.closes_at(NOON)
    with services.softly():
        services.depend("s:1")


def test_renders_inside_each_other_and_beside_each_other_do_not_mix(edge):
    def elsewhere():
        services.depend("s:3")

    with services.collecting() as outer:
        services.depend("s:1")
        with services.collecting() as inner:
            services.depend("s:2")
        thread = Thread(target=elsewhere)
        thread.start()
        thread.join()

    assert outer.note().hard == ("r:code", "s:1")
    assert inner.note().hard == ("r:code", "s:2")


def test_a_purge_during_the_render_makes_the_page_too_old(edge):
    with services.collecting() as collector:
        services.depend("s:1")
        services.purge(["s:1"], cause="story.updated 7")

    assert verdict(edge, collector.note()) is Verdict.EXPIRED


@pytest.mark.parametrize(
    ("mode", "seen"),
    [(Mode.HARD, Verdict.EXPIRED), (Mode.GONE, Verdict.DEAD), (Mode.SOFT, Verdict.SOFT)],
)
def test_a_purge_is_seen_by_who_depends_on_it_and_remembered_with_its_cause(edge, mode, seen):
    with services.collecting() as page:
        services.depend("s:1")
    with services.collecting() as other:
        services.depend("s:2")

    number = services.purge({"s:1", "sh:1"}, mode=mode, cause="story.killed 7")

    assert verdict(edge, page.note()) is seen
    assert verdict(edge, other.note()) is Verdict.HIT
    (purge,) = Ledger(edge.path.parent).newest(5)
    assert (purge.number, purge.mode, purge.tags) == (number, mode.name.lower(), ("s:1", "sh:1"))
    assert purge.cause == "story.killed 7"
    assert set(purge.seconds) == {"embedded"}
    assert 0 < purge.seconds["embedded"] < 10


def test_a_new_release_is_one_purge_of_everything(edge):
    with services.collecting() as page:
        services.depend("s:1")

    services.purge(["r:code"], cause="release")

    assert verdict(edge, page.note()) is Verdict.EXPIRED


def test_without_counters_a_page_is_not_kept_and_a_purge_is_an_error(tmp_path, settings, logged):
    settings.DATELINE_EDGE_DIR = tmp_path / "file"
    settings.DATELINE_EDGE_DIR.write_text("")

    with services.collecting() as collector:
        services.depend("s:1")

    assert collector.note() is None
    assert services.sequence() is None
    assert "edge_unavailable" in logged()
    with pytest.raises(EdgeUnavailable):
        services.purge(["s:1"], cause="x")


def test_counters_that_were_taken_away_are_opened_anew(edge):
    services.sequence()
    edge.path.unlink()

    number = services.purge(["s:1"], cause="x")

    assert queries.open_counters(edge.path.parent).sequence() == number


def test_soft_purges_are_gathered_and_the_worker_makes_the_last_one(edge, at):
    at(NOON)
    begun = edge.sequence()
    for second in (0, 1, 2, 9):
        at(NOON + timedelta(seconds=second))
        services.purge_softly(["cc:1", "cc:2"], cause=f"comment.posted {second}")
        assert services.tick() == 0
    assert edge.sequence() == begun + 1

    at(NOON + timedelta(seconds=10.5))
    assert services.tick() == 2
    assert services.tick() == 0

    assert edge.sequence() == begun + 2
    assert Ledger(edge.path.parent).newest(1)[0].cause == "comment.posted 9"
    assert Ledger(edge.path.parent).newest(1)[0].mode == "soft"


def test_the_worker_makes_nothing_where_nothing_was_ever_purged(edge):
    assert services.tick() == 0
    assert not (edge.path.parent / "purges.sqlite3").exists()


def test_what_an_outer_cache_did_not_confirm_is_sent_by_the_worker(edge, at, settings):
    settings.DATELINE_EDGE_OUTER = ("varnish+http://127.0.0.1:9",)  # nobody listens on discard
    at(NOON)
    services.purge(["s:1"], cause="story.killed 7")
    ledger = Ledger(edge.path.parent)

    (owed,) = ledger.owed()
    assert "does not answer" in owed.error
    assert set(ledger.newest(1)[0].seconds) == {"embedded", "varnish+http://127.0.0.1:9"}
    at(NOON + timedelta(seconds=1.5))
    assert services.tick() == 0
    assert ledger.owed()[0].tries == 2


def test_every_outer_cache_hears_of_it_twice(edge, at, settings):
    settings.DATELINE_EDGE_OUTER = ("null",)
    at(NOON)
    services.purge(["s:1", "s:2"], cause="x")
    assert services.tick() == 0

    at(NOON + timedelta(seconds=2))
    assert services.tick() == 2
    assert services.tick() == 0


def test_a_view_says_whether_its_answers_are_for_everyone():
    @services.shared_page(ttl=5)
    def news(request):
        return request

    @functools.wraps(news)
    def wrapped(request):
        return news(request)

    assert services.shared_mark(news) == services.SharedPage(ttl=5)
    assert services.shared_mark(wrapped) == services.SharedPage(ttl=5)
    assert services.shared_mark(services.shared_page()(lambda: None)).ttl is None
    paged = services.shared_page(query=("v", "page"))(lambda: None)
    assert services.shared_mark(paged).query == ("page", "v")
    with pytest.raises(ValueError, match=r"No shared page is told of \['q'\]"):
        services.shared_page(query=("page", "q"))
    assert services.shared_mark(test_outside_a_render_nothing_is_recorded) is None
    assert news("x") == wrapped("x") == "x"


def verdict(counters, note):
    watch = queries.Watch(note.hard, note.soft)
    return judge(Held(start=note.start, stored_at=0.0), counters.look(watch), now=1.0)


@pytest.fixture
def edge(tmp_path, settings):
    """The counters of an edge of its own."""
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    return queries.open_counters(tmp_path / "edge")


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def _at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return _at
