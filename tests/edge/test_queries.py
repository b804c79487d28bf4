"""Opening the edge without Django, and asking why a page is in it."""

import subprocess
import sys

import pytest

from dateline.edge import keys, queries
from dateline.edge.adapters import counters as counters_module
from dateline.edge.adapters.ledger import Ledger, Purge
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Mode, Verdict
from tests.edge.pages import NOW, a_page

FOR_THE_FRONT = (
    "keys",
    "queries",
    "domain.collector",
    "domain.note",
    "domain.outer",
    "domain.page",
    "domain.verdict",
    "adapters.counters",
    "adapters.ledger",
    "adapters.outbound",
    "adapters.store",
    "adapters.outer.connect",
)


def test_what_the_front_imports_loads_no_django():
    imports = "\n".join(f"import dateline.edge.{name}" for name in FOR_THE_FRONT)
    code = f"{imports}\nimport sys\nprint(sorted(m for m in sys.modules if m.startswith('django')))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_a_machine_without_a_boot_id_keeps_pages_for_one_start_only(tmp_path, monkeypatch):
    monkeypatch.setattr(counters_module, "BOOT_ID", tmp_path / "nothing")
    for _ in range(2):
        store = queries.open_store(tmp_path, size_mb=16, release="1")
        assert store.get(keys.page_key(b"a.test", b"/1/", b"")) is None
        assert store.put(keys.page_key(b"a.test", b"/1/", b""), a_page())
        store.close()


@pytest.mark.parametrize(("release", "kept"), [("1", True), ("2", False)])
def test_pages_of_another_release_are_not_there(tmp_path, release, kept):
    keep(tmp_path, a_page())

    store = queries.open_store(tmp_path, size_mb=16, release=release)

    assert (store.get(keys.page_key(b"a.test", b"/1/", b"")) is not None) == kept
    store.close()


def test_the_janitor_removes_killed_pages_and_leaves_the_old(tmp_path):
    counters = queries.open_counters(tmp_path)
    store = queries.open_store(tmp_path, size_mb=16, release="1")
    for number in range(9):
        note = PageNote(start=counters.sequence(), hard=(f"s:{number}",), soft=("l:1:0",))
        store.put(keys.page_key(b"a.test", b"/%d/" % number, b""), a_page(note=note))
    counters.purge(["s:3"], Mode.GONE)
    counters.purge(["s:4", "l:1:0"], Mode.HARD)
    counters.cells[16] += 1  # a purger died

    swept = queries.sweep(counters, store, now=NOW, limit=100)

    assert swept == queries.Swept(dead=1, old=0, seen=9)
    assert store.get(keys.page_key(b"a.test", b"/3/", b"")) is None
    assert store.get(keys.page_key(b"a.test", b"/4/", b"")) is not None
    assert counters.sequence() == counters.floor() + 3
    store.close()


def test_the_status_of_an_edge_that_never_ran(tmp_path):
    status = queries.status(tmp_path)

    assert (status.purges, status.store, status.owed, status.newest) == (0, None, (), ())


def test_the_status_counts_pages_purges_and_debts(tmp_path):
    counters = queries.open_counters(tmp_path)
    keep(tmp_path, a_page())
    note(tmp_path, counters.purge(["s:1"], Mode.HARD), {"embedded": 0.1})
    note(tmp_path, counters.purge(["s:2"], Mode.GONE), {"embedded": 0.2})
    note(tmp_path, counters.purge(["s:3"], Mode.GONE), {"embedded": 0.0})
    Ledger(tmp_path, ["one"]).owe(["s:1"], soft=False, now=NOW, again_at=NOW + 2)

    status = queries.status(tmp_path, limit=2)

    assert status.purges == 3
    assert status.sequence == counters.sequence()
    assert status.store.pages == 1
    assert [owed.cache for owed in status.owed] == ["one"]
    assert [purge.tags for purge in status.newest] == [("s:3",), ("s:2",)] or len(
        status.newest
    ) == 2
    assert [purge.number - counters.floor() for purge in status.newest] == [3, 2]
    assert [purge.number - counters.floor() for purge in status.slowest] == [2, 1]


def test_a_page_that_is_not_stored_is_said_to_be_none(tmp_path):
    found = queries.explain(tmp_path, "http://A.test?v=1&x=2", now=NOW)

    assert (found.host, found.path, found.query) == ("a.test", "/", "v=1")
    assert (found.page, found.verdict, found.tags) == (None, None, ())


def test_an_address_without_a_host_is_refused(tmp_path):
    with pytest.raises(ValueError, match="has no host"):
        queries.explain(tmp_path, "/1/", now=NOW)


def test_a_page_is_explained_by_its_tags_and_what_was_purged_since(tmp_path):
    counters = queries.open_counters(tmp_path)
    counters.purge(["s:2"], Mode.HARD)  # before it began
    page = a_page(
        note=PageNote(
            start=counters.sequence(), hard=("s:1", "s:2", "sh:3"), soft=("l:1:0", "l:2:0")
        )
    )
    keep(tmp_path, page)
    assert queries.explain(tmp_path, "http://a.test/1/", now=NOW).verdict is Verdict.HIT
    note(tmp_path, counters.purge(["l:1:0"], Mode.HARD), {}, cause="story.published 9")
    number = counters.purge(["s:1"], Mode.GONE)
    note(tmp_path, number, {}, cause="story.killed 7")
    counters.purge(["sh:3"], Mode.HARD)  # and nobody remembers why

    found = queries.explain(tmp_path, "https://user@a.test/1/?utm=1", now=NOW)

    assert found.page == page
    assert found.verdict is Verdict.DEAD
    told = {
        state.tag: (state.soft, state.moved, state.purge and state.purge.cause)
        for state in found.tags
    }
    assert told == {
        "s:1": (False, True, "story.killed 7"),
        "s:2": (False, False, None),
        "sh:3": (False, True, None),
        "l:1:0": (True, True, "story.published 9"),
        "l:2:0": (True, False, None),
    }


@pytest.mark.parametrize(
    ("read", "kept", "asked", "found"),
    [
        ((), b"", "page=7&v=1", True), (("page",), b"page=7", "page=7&v=1", True),
        (("page",), b"", "page=7", False), (None, b"page=7", "page=7", True),
        (None, b"", "page=7", False), (("v",), b"v=1", "utm=x&v=1&page=3", True),
    ],
)  # fmt: skip
def test_a_page_is_found_under_the_names_that_its_view_reads(tmp_path, read, kept, asked, found):
    start = queries.open_counters(tmp_path).sequence()
    keep(tmp_path, a_page(query=kept, note=PageNote(start=start, query=read)))

    told = queries.explain(tmp_path, f"http://a.test/1/?{asked}", now=NOW)

    assert (told.page is not None) is found
    assert told.query == (kept.decode() if found else asked)


def keep(directory, page):
    store = queries.open_store(directory, size_mb=16, release="1")
    assert store.put(keys.page_key(page.host, page.path, page.query), page)
    store.close()


def note(directory, number, seconds, cause="x"):
    purge = Purge(
        at=NOW,
        number=number,
        mode="hard",
        tags=("s:1",),
        tag_count=1,
        cause=cause,
        seconds=seconds,
    )
    Ledger(directory).note(purge)
