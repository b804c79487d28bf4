"""The store of pages: shared, capped, and leased by one front at a time. It never raises."""

import lmdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.edge.adapters import store as module
from dateline.edge.adapters.store import PageStore, Swept
from tests.edge import children
from tests.edge.adapters.stores import KEYS, a_store, body, keep
from tests.edge.pages import a_page


def test_a_page_comes_back_and_the_newer_one_counts(store):
    assert store.get(KEYS[0]) is None
    assert store.put(KEYS[0], a_page("Old."))
    assert store.put(KEYS[0], a_page("New."))

    assert store.get(KEYS[0]) == a_page("New.")
    assert store.get(KEYS[1]) is None
    assert store.stats().pages == 1
    assert store.stats().bytes == 4096
    assert store.delete(KEYS[0])
    assert not store.delete(KEYS[0])
    assert store.get(KEYS[0]) is None
    assert store.stats().bytes == 0


def test_another_front_sees_it(other, store):
    store.put(KEYS[0], a_page("A ferry."))

    assert other.get(KEYS[0]) == a_page("A ferry.")
    assert other.put(KEYS[1], a_page("Seen."))
    assert store.get(KEYS[1]) == a_page("Seen.")


def test_the_oldest_leave_when_there_is_no_room(store):
    """2 MB hold 22 pages of 60 KB."""
    for number, key in enumerate(KEYS):
        assert store.put(key, a_page(headers=((b"n", b"%d" % number),), bodies=body(60_000)))
        assert store.stats().bytes <= store.stats().cap_bytes < 2 * 1024 * 1024

    kept = [number for number, key in enumerate(KEYS) if store.get(key)]
    assert kept == list(range(40 - len(kept), 40))
    assert 15 <= len(kept) <= 25


def test_the_janitor_makes_room_a_little_at_a_time(store, monkeypatch):
    for key in KEYS[:9]:
        store.put(key, a_page())
    monkeypatch.setattr(module, "EVICTED_AT_ONCE", 2)
    store._room = 5 * 4096

    assert [store.sweep(keep).old for _ in range(3)] == [2, 2, 0]
    assert [number for number in range(9) if store.get(KEYS[number])] == [4, 5, 6, 7, 8]


def test_a_count_that_is_wrong_is_put_right_and_hangs_nobody(store):
    with store._env.begin(write=True) as txn:
        txn.put(bytes(8) + KEYS[5], b"", db=store._ages)  # the age of a page that is not there
        store._count(txn, 2 * store._room)

    assert store.put(KEYS[0], a_page())

    assert store.stats().bytes == 4096
    assert store.sweep(keep) == Swept(dead=0, old=0, seen=1)


def test_what_would_fill_the_store_alone_is_not_kept(store):
    assert not store.put(KEYS[0], a_page(bodies=body(400_000)))
    assert store.stats().pages == 0


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 170_000)), min_size=30, max_size=90))
def test_any_order_of_any_sizes_keeps_the_last_written(tmp_path_factory, writes):
    store = a_store(tmp_path_factory.mktemp("edge"))
    last = {}
    for number, size in writes:
        page = a_page(path=b"/%d/" % number, made_ms=float(size), bodies=body(size))
        assert store.put(KEYS[number], page)
        last[number] = page
        assert store.get(KEYS[number]) == page
    for number, page in last.items():
        assert store.get(KEYS[number]) in (None, page)
    assert store.stats().bytes <= store.stats().cap_bytes
    store.close()


@pytest.mark.parametrize(("refusals", "kept"), [(1, (9, 15)), (3, (1, 1))])
def test_when_lmdb_finds_no_run_of_pages_the_old_leave(store, monkeypatch, refusals, kept):
    for key in KEYS[:20]:
        store.put(key, a_page(bodies=body(60_000)))
    refuse(monkeypatch, "_write", refusals)

    assert store.put(KEYS[30], a_page("New."))
    assert store.get(KEYS[30]) == a_page("New.")
    assert kept[0] <= store.stats().pages <= kept[1]


@pytest.mark.parametrize("where", ["_write", "_evict"])
def test_a_reader_that_hangs_makes_it_keep_nothing_and_then_begin_anew(store, monkeypatch, where):
    store.put(KEYS[0], a_page())
    with monkeypatch.context() as hanging:
        refuse(hanging, where, 1_000)
        refuse(hanging, "_write", 1_000)
        assert not store.put(KEYS[1], a_page())
        assert not store.put(KEYS[1], a_page())
        assert (store.get(KEYS[0]) is None) == (where == "_write")
        hanging.setattr(module, "FULL_FOR_S", 0.0)
        assert not store.put(KEYS[1], a_page())
    assert store.stats() is None
    store._rest_until = 0.0

    assert store.put(KEYS[1], a_page())


def test_a_reader_that_was_killed_holds_nothing_back(tmp_path):
    """No janitor comes by here: the next page that finds no room sees that its holder is dead."""
    other = children.Other(lambda: Reading(a_store(tmp_path)))
    store = a_store(tmp_path)
    other.stop_within_a_page()
    while store.put(KEYS[0], a_page(bodies=body(60_000))):
        pass

    other.end()

    assert store.put(KEYS[1], a_page("After."))
    store.close()


class Reading:
    """A front in the middle of reading a page: what is freed from now on cannot be used."""

    def __init__(self, store):
        self.store, self.reading = store, None

    def stop_within_a_page(self):
        self.reading = self.store._env.begin()


def refuse(monkeypatch, name, times):
    """Let LMDB say that it is full, as it does when a reader holds what was freed."""
    plain, left = getattr(PageStore, name), [None] * times

    def full(*words, **named):
        if left:
            left.pop()
            raise lmdb.MapFullError("full")
        return plain(*words, **named)

    monkeypatch.setattr(PageStore, name, full)


def test_one_front_at_a_time_renders(other, store):
    assert store.lease(KEYS[0], 60)
    assert not store.lease(KEYS[0], 60)
    assert store.lease(KEYS[1], 0)
    assert store.lease(KEYS[1], 60)  # that one had run out
    assert not other.lease(KEYS[0], 60)
    other.release(KEYS[0])  # not its own
    assert not other.lease(KEYS[0], 60)
    assert other.lease(KEYS[2], 60)
    assert not store.lease(KEYS[2], 60)

    other.end()

    assert store.lease(KEYS[2], 60)  # its holder is dead
    store.release(KEYS[0])
    store.release(KEYS[9])
    assert store.lease(KEYS[0], 60)


def test_a_front_with_the_number_of_a_dead_one_does_not_hold_its_leases(store):
    assert store.lease(KEYS[0], 60)
    store._token = b"another!"

    assert store.lease(KEYS[0], 60)


def test_the_janitor_removes_the_dead_a_few_at_a_time(store):
    for number, key in enumerate(KEYS):
        store.put(key, a_page(tags=[f"s:{number}"]))
    store.lease(KEYS[0], 0)
    store.lease(KEYS[1], 60)

    swept = [store.sweep(lambda _, tags: int(tags[0][2:]) % 4 == 0, limit=15) for _ in range(3)]

    assert [one.seen for one in swept] == [15, 15, 10]
    assert sum(one.dead for one in swept) == 10
    assert store.stats().pages == 30
    assert {n for n, key in enumerate(KEYS) if store.get(key)} == {n for n in range(40) if n % 4}
    again = store.sweep(lambda held, _: held.start > 5, limit=50)
    assert again == Swept(dead=0, old=0, seen=30)
    assert not store.lease(KEYS[1], 60)
