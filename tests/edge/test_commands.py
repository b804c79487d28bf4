"""dateline edge: what an operator asks of the page cache."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dateline.edge import keys, queries
from dateline.edge.adapters.ledger import Ledger
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Mode
from tests.edge.pages import NOW, a_page


def test_status_of_an_edge_that_never_ran(edge):
    assert run("edge", "status") == "0 purges since the counters began.\nNo page is stored.\n"


def test_status_says_what_is_stored_purged_and_owed(edge):
    keep(edge, a_page())
    run("edge", "purge", *(f"s:{number}" for number in range(9)))
    Ledger(edge, ["varnish+http://cache"]).owe(["s:1"], soft=False, now=NOW, again_at=NOW)

    out = run("edge", "status").splitlines()

    assert out[0] == "1 purges since the counters began."
    assert out[1].startswith("1 pages take 0.0 of 11.2 MB (file: ")
    assert out[2] == (
        "  varnish+http://cache has not confirmed 1 tags; next try 2026-11-18 11:06:40 UTC."
    )
    assert out[3] == "Newest purges:"
    assert ", hard, dateline edge purge: s:0 s:1 s:2 s:3 s:4 s:5 s:6 s:7 ... (embedded" in out[4]
    assert out[5] == "Slowest purges:"
    assert out[6] == out[4]


def test_status_as_json(edge):
    run("edge", "purge", "s:1", "--soft")

    report = json.loads(run("edge", "status", "--json"))

    assert set(report) == {"sequence", "purges", "store", "owed", "newest", "slowest"}
    assert report["newest"][0]["mode"] == "soft"


@pytest.mark.parametrize(
    ("words", "mode"), [((), Mode.HARD), (("--soft",), Mode.SOFT), (("--gone",), Mode.GONE)]
)
def test_purge_reaches_the_counters(edge, words, mode):
    out = run("edge", "purge", "s:1", "s:2", "s:1", *words)

    counters = queries.open_counters(edge)
    assert out == f"2 tags purged ({mode.name.lower()}).\n"
    for tag in ("s:1", "s:2"):
        watch = queries.Watch([tag], ())
        moved = counters.look(watch)
        assert getattr(moved, mode.name.lower()) == counters.sequence()


def test_a_purge_is_soft_or_gone_and_not_both(edge):
    with pytest.raises(CommandError, match="not allowed with"):
        run("edge", "purge", "s:1", "--soft", "--gone")


def test_explain_says_that_a_page_is_not_stored(edge):
    assert run("edge", "explain", "http://a.test/1/?page=2") == (
        "a.test/1/?page=2: not stored. Each reader gets a page of their own, or nobody asked.\n"
    )


def test_explain_says_what_a_page_depends_on_and_what_moved(edge):
    start = queries.open_counters(edge).sequence()
    note = PageNote(
        start=start, hard=("s:1", "sh:2"), soft=("l:1:0",), opens=NOW, closes=2 * NOW, ttl=5.0
    )
    keep(edge, a_page(note=note))
    run("edge", "purge", "sh:2")
    queries.open_counters(edge).purge(["l:1:0"], Mode.SOFT)

    out = run("edge", "explain", "http://a.test/1/").splitlines()

    assert out[:7] == [
        "a.test/1/: status 200, identity 8 bytes.",
        "Stored 2026-11-18 11:06:40 UTC, made in 12 ms.",
        "Now expired: the next reader gets a new one; this one only when no renderer answers.",
        "It must be made anew from 2026-11-18 11:06:40 UTC.",
        "It vanishes at 2083-10-05 22:13:20 UTC.",
        "It holds 5 s at most.",
        "It depends on:",
    ]
    assert out[7] == "  s:1"
    assert out[8].startswith("  sh:2: purged since. 20")
    assert ", hard, dateline edge purge: sh:2 (embedded " in out[8]
    assert out[9] == "  l:1:0 (soft): purged since. That purge is no longer remembered."


def test_explain_refuses_what_is_no_address(edge):
    with pytest.raises(CommandError, match="has no host") as refused:
        run("edge", "explain", "/1/")

    assert refused.value.returncode == 2


def test_an_edge_that_cannot_be_used_is_said_in_one_line(edge, settings):
    settings.DATELINE_EDGE_DIR = edge.parent / "file"
    settings.DATELINE_EDGE_DIR.write_text("")

    with pytest.raises(CommandError, match="cannot be used"):
        run("edge", "status")


def keep(directory, page):
    store = queries.open_store(directory, size_mb=16, release="1")
    assert store.put(keys.page_key(page.host, page.path, page.query), page)
    store.close()


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def edge(tmp_path, settings):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    return tmp_path / "edge"
