"""The store of pages: shared, capped, and left behind when it is bad. It never raises."""

import os
import resource
import time
from contextlib import suppress

import lmdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.edge.adapters import store as module
from dateline.edge.adapters import store_folder
from dateline.edge.adapters.store import PageStore, Swept
from tests.edge import children
from tests.edge.pages import a_page, key_of

KEYS = [key_of(b"/%d/" % number) for number in range(40)]
KEEP_ALL = Swept(0, 0, 0)


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


@pytest.mark.parametrize("generation", ["next", "one"])
def test_pages_of_another_release_are_dropped(tmp_path, generation):
    store = a_store(tmp_path, generation="one")
    store.put(KEYS[0], a_page())
    store.close()
    assert store.get(KEYS[0]) is None  # closed
    assert not store.put(KEYS[0], a_page())

    again = a_store(tmp_path, generation=generation)

    assert (again.get(KEYS[0]) is not None) == (generation == "one")
    again.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"x" * 8_192),
        lambda file: file.write_bytes(bytes(8_192)),
        lambda file: file.write_bytes(b""),
        lambda file: os.truncate(file, 40 * 4_096),
        lambda file: file.unlink(),
        lambda file: (file.parent / store_folder.GENERATION).unlink(),
        lambda file: (file.parent.parent / store_folder.POINTER).write_text("../.."),
        lambda file: (file.parent.parent / store_folder.POINTER).unlink(),
    ],
    ids=["x", "zeros", "empty", "cut", "no file", "no generation", "wild pointer", "no pointer"],
)
def test_a_bad_file_is_left_behind(tmp_path, damage):
    store = a_store(tmp_path)
    for key in KEYS[:20]:
        store.put(key, a_page(bodies=body(60_000)))
    file = store._folder.pointed() / store_folder.DATA_FILE
    store.close()
    damage(file)

    again = a_store(tmp_path)
    again._rest_until = 0.0  # as if five seconds had passed

    assert again.get(KEYS[0]) is None
    assert again.put(KEYS[0], a_page("New."))
    assert again.get(KEYS[0]) == a_page("New.")
    assert [path for path in (tmp_path / "pages").iterdir() if path.is_dir()] == [
        again._folder.pointed()
    ]
    again.close()


def test_a_page_that_is_not_what_was_written_is_not_served(store):
    store.put(KEYS[0], a_page())
    with store._env.begin(write=True, db=store._pages) as txn:
        record = txn.get(KEYS[0])
        txn.put(KEYS[0], record[:-1] + b"!")

    assert store.get(KEYS[0]) is None
    assert not store.put(KEYS[0], a_page())  # it rests: whatever it was may come again
    assert store.lease(KEYS[0], 1)
    assert store.lease(KEYS[0], 1)  # without a store everyone may render
    assert store.sweep(lambda *_: True) == KEEP_ALL
    assert store.stats() is None
    assert not store.delete(KEYS[0])
    store._rest_until = 0.0
    assert store.put(KEYS[0], a_page())


def test_the_janitor_finds_a_bad_head(store):
    store.put(KEYS[0], a_page())
    with store._env.begin(write=True, db=store._pages) as txn:
        txn.put(KEYS[0], b"12345678dlp1 and nonsense")

    assert store.sweep(keep) == KEEP_ALL
    assert store.stats() is None


def test_a_full_disk_keeps_nothing_and_recovers(tmp_path):
    def fill():
        store = a_store(tmp_path)
        assert store.put(KEYS[0], a_page())
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, unlimited[1]))
        kept = [store.put(key, a_page(bodies=body(60_000))) for key in KEYS]
        assert not all(kept)
        assert store.get(KEYS[39]) is None
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        store._rest_until = 0.0
        assert all(store.put(key, a_page(bodies=body(60_000))) for key in KEYS)
        store.close()

    assert children.run(fill) == 0


def test_a_place_where_nothing_can_be_made_is_an_empty_store(tmp_path):
    (tmp_path / "file").write_text("")

    store = a_store(tmp_path / "file")

    assert store.get(KEYS[0]) is None
    assert not store.put(KEYS[0], a_page())
    store.drop()
    assert store.stats() is None


def test_dropping_empties_it_at_once_and_other_fronts_follow(other, store):
    store.put(KEYS[0], a_page())

    other.drop()
    assert other.put(KEYS[1], a_page("New."))

    assert store.get(KEYS[0]) == a_page()  # still its own file: the counters judge, not the store
    store.sweep(keep)
    assert store.get(KEYS[0]) is None
    assert store.get(KEYS[1]) == a_page("New.")
    store.drop()
    assert store.get(KEYS[1]) is None
    assert store.put(KEYS[2], a_page())


def test_a_front_that_gives_up_a_file_another_left_already_follows_it(other, store):
    other.drop()
    other.put(KEYS[1], a_page("New."))

    store._give_up(lmdb.CorruptedError("bad"))
    store._rest_until = 0.0

    assert store.get(KEYS[1]) == a_page("New.")


def test_a_forked_child_finds_it_empty_and_does_no_harm(tmp_path, store):
    store.put(KEYS[0], a_page())

    def use():
        assert store.get(KEYS[0]) is None
        assert not store.put(KEYS[0], a_page("Child."))
        assert store.lease(KEYS[0], 9)

    assert children.run(use) == 0
    assert store.get(KEYS[0]) == a_page()
    assert store.put(KEYS[1], a_page())
    store._pid += 1  # as a child would find it
    assert store.get(KEYS[0]) is None
    store._pid -= 1


def test_a_file_that_two_fronts_died_on_within_a_minute_is_left_behind(tmp_path):
    def open_and_die():
        a_store(tmp_path).put(KEYS[0], a_page())
        children.die()

    def survivor():
        store = a_store(tmp_path)
        found = store.get(KEYS[0]) is not None
        store.close()
        return found

    assert children.run(open_and_die) == -9
    assert survivor()
    assert children.run(open_and_die) == -9
    assert not survivor()

    children.run(open_and_die)
    children.run(open_and_die)
    for marker in (tmp_path / "pages").glob("*/opened-*"):
        os.utime(marker, (time.time() - 61, time.time() - 61))
    assert survivor()  # that was long ago
    assert list((tmp_path / "pages").glob("*/opened-*")) == []


def test_fronts_that_live_are_no_crash(other, tmp_path):
    other.put(KEYS[0], a_page())
    for _ in range(3):
        assert children.run(lambda: a_store(tmp_path).close()) == 0

    store = a_store(tmp_path)
    assert store.get(KEYS[0]) == a_page()
    store.close()
    assert store_folder.alive(other.pid)


def test_somebody_elses_process_is_alive(monkeypatch):
    def refuse(pid, signal):
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)

    assert store_folder.alive(1)


@pytest.mark.stack
def test_a_cut_file_kills_one_front_and_the_next_begins_anew(tmp_path):
    """Reading past the end of a mapped file is a SIGBUS: nothing in the process can stop it."""

    def read_for_ever():
        store = a_store(tmp_path)
        for key in KEYS[:20]:
            store.put(key, a_page(bodies=body(60_000)))
        os.truncate(store._folder.pointed() / store_folder.DATA_FILE, 8 * 4_096)
        for key in KEYS:
            store.get(key)

    assert children.run(read_for_ever) != 0

    store = a_store(tmp_path)
    store._rest_until = 0.0
    assert store.get(KEYS[0]) is None
    assert store.put(KEYS[0], a_page("New."))
    store.close()


@pytest.mark.stack
def test_fronts_that_write_and_die_leave_a_store_that_works(tmp_path):
    def write_for_ever(first):
        store = a_store(tmp_path)
        for number in range(100_000):
            key = KEYS[(first + number) % 40]
            store.put(key, a_page(made_ms=float(number), bodies=body(30_000)))
            found = store.get(key)
            assert found is None or len(found.bodies["gzip"]) == 30_000

    pids = [children.start(lambda first=first: write_for_ever(first * 7)) for first in range(3)]
    store = a_store(tmp_path)
    for _ in range(3):
        seen = sum(store.get(key) is not None for key in KEYS)
        while seen < 10:
            seen = sum(store.get(key) is not None for key in KEYS)
        assert children.kill(pids.pop()) == -9

    assert store.put(KEYS[0], a_page("After."))
    assert store.get(KEYS[0]) == a_page("After.")
    assert store.sweep(keep, limit=100).seen == store.stats().pages
    store.close()


def test_looking_changes_nothing(tmp_path):
    assert PageStore.peek(tmp_path).stats() is None
    assert list(tmp_path.iterdir()) == []

    store = a_store(tmp_path)
    store.put(KEYS[0], a_page())
    store.close()
    look = PageStore.peek(tmp_path)

    assert look.get(KEYS[0]) == a_page()
    assert look.stats().pages == 1
    assert not look.put(KEYS[1], a_page())
    look.close()
    again = a_store(tmp_path)
    assert again.get(KEYS[0]) == a_page()
    again.close()


def keep(held, tags):
    return False


def body(size):
    return {"gzip": bytes(size)}


def a_store(directory, generation="g"):
    return PageStore.open(directory, size_mb=2, generation=generation)


@pytest.fixture
def store(tmp_path):
    store = a_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def other(tmp_path):
    """A front in a process of its own. Ask for it before `store`."""
    other = children.Other(lambda: a_store(tmp_path))
    yield other
    with suppress(ChildProcessError, ProcessLookupError):
        other.end()
