"""A store that is bad, full, cut or of another release is left behind. It never raises."""

import os
import resource
import time

import lmdb
import pytest

from dateline.edge.adapters import store_folder
from dateline.edge.adapters.store import PageStore
from tests.edge import children
from tests.edge.adapters.stores import KEEP_ALL, KEYS, a_store, body, keep
from tests.edge.pages import a_page


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
