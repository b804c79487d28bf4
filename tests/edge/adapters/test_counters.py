"""Counters: an acknowledged purge is seen by everyone, whoever dies in the middle of one."""

import itertools
import os
import resource
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edge.adapters import counters as module
from dateline.edge.adapters.counters import Counters, EdgeUnavailable, Watch, slot_of, slots_of
from dateline.edge.domain.verdict import Held, Mode, Verdict, judge
from tests.edge import children

TAGS = ("s:1", "s:2", "sh:1", "l:1:0", "n:*")
SOME = st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("purge"), SOME, st.sampled_from(Mode)),
        st.tuples(st.just("render"), SOME, st.lists(st.sampled_from(TAGS), max_size=2)),
        st.tuples(st.just("reopen"), st.just(()), st.just(())),
        st.tuples(st.just("die"), SOME, st.sampled_from(Mode)),
    ),
    max_size=25,
)


def test_tags_of_the_examples_have_slots_of_their_own():
    assert len(slots_of(TAGS)) == len(TAGS)
    assert all(0 <= slot_of(tag) < module.SLOTS for tag in TAGS)


@given(STEPS)
def test_they_do_what_a_list_of_purges_would(tmp_path_factory, steps):
    """The model: every purge in order; a page is judged by those after its render began."""
    directory = tmp_path_factory.mktemp("edge")
    counters = Counters.open(directory)
    purges, pages = [], []
    for verb, tags, more in steps:
        if verb == "purge":
            number = counters.purge(tags, more)
            assert number == counters.sequence()
            purges.append((set(tags), more))
        elif verb == "render":
            pages.append(
                (counters.sequence(), Watch(tags, more), set(tags), set(more), len(purges))
            )
        elif verb == "reopen":
            counters = Counters.open(directory)
        else:
            before = counters.sequence()
            half_a_purge(counters, tags, more)
            assert counters.sequence() == before
            counters = Counters.open(directory)  # what a new process does makes it good
            purges.append((set(tags), more))
    for start, watch, hard, soft, seen in pages:
        verdict = judge(Held(start=start, stored_at=0.0), counters.look(watch), now=1.0)
        assert verdict is expected(hard, soft, purges[seen:])


def expected(hard, soft, purges):
    if any(mode is Mode.GONE and tags & (hard | soft) for tags, mode in purges):
        return Verdict.DEAD
    if any(mode is Mode.HARD and tags & hard for tags, mode in purges):
        return Verdict.EXPIRED
    return Verdict.SOFT if any(tags & (hard | soft) for tags, _ in purges) else Verdict.HIT


def half_a_purge(counters, tags, mode):
    """Leave the file as a purger does that dies after its slots and before the sequence."""
    counters.cells[module.NEXT_AT] += 1
    for slot in slots_of(tags):
        counters.cells[module.HEAD + module.SLOTS * mode.value + slot] = counters.cells[
            module.NEXT_AT
        ]


def test_a_reader_at_any_moment_of_a_purge_never_keeps_the_old_page(counters):
    """Between any two stores of a purge a front looks at an old page, and a renderer begins one."""
    watch = Watch(["s:1", "s:2"], ())
    before = counters.sequence()
    begun, found_good_at = [], []

    def look():
        begun.append(counters.sequence())
        moved = counters.look(watch)
        if judge(Held(start=before, stored_at=0.0), moved, now=1.0) is Verdict.HIT:
            found_good_at.append(moved.sequence)

    plain = counters.cells
    counters.cells = Interrupted(plain, look)
    number = counters.purge(["s:1", "s:2"], Mode.HARD)
    counters.cells = plain

    assert found_good_at  # it did look while the page was still good
    assert max(found_good_at) < number == counters.sequence()  # so nobody takes it for checked
    for start in {*begun} - {number}:
        verdict = judge(Held(start=start, stored_at=0.0), counters.look(watch), now=1.0)
        assert verdict is Verdict.EXPIRED


class Interrupted:
    """A file of counters that lets somebody look before and after each store."""

    def __init__(self, cells, look):
        self.cells, self.look = cells, look

    def __getitem__(self, place):
        return self.cells[place]

    def __setitem__(self, place, value):
        self.look()
        self.cells[place] = value
        self.look()


def test_the_dead_purger_is_made_good_by_the_next_purge_of_anything(counters):
    half_a_purge(counters, ["s:1"], Mode.GONE)
    start = counters.sequence()
    # Nobody was told that it was done. Until then the page cannot be kept, which is safe.
    assert judged(counters, start, "s:1") is Verdict.DEAD

    number = counters.purge(["s:2"], Mode.HARD)

    assert number == start + 2
    assert judged(counters, start, "s:1") is Verdict.DEAD
    assert judged(counters, number, "s:1") is Verdict.HIT


def test_the_janitor_makes_the_dead_purger_good_and_waits_for_no_living_one(counters):
    assert not counters.heal()
    half_a_purge(counters, ["s:1"], Mode.HARD)
    start = counters.sequence()
    with module._locked(counters.path):
        assert not counters.heal()  # its holder lives, and will publish

    assert counters.heal()

    assert counters.sequence() == start + 1
    assert judged(counters, start, "s:1") is Verdict.EXPIRED
    assert judged(counters, start + 1, "s:1") is Verdict.HIT
    counters.cells[module.NEXT_AT] += 1
    counters.path.unlink()
    assert not counters.heal()  # another file lies there now


def test_what_was_healed_while_it_looked_is_left_alone(counters):
    half_a_purge(counters, ["s:1"], Mode.HARD)
    plain = counters.cells
    counters._check_still_there = lambda _: counters._publish(plain[module.NEXT_AT])

    assert not counters.heal()


def test_a_purger_killed_before_it_publishes_is_seen_by_whoever_opens_next(tmp_path):
    counters = Counters.open(tmp_path)
    start = counters.sequence()

    def purge_and_die():
        mine = Counters.open(tmp_path)
        mine._publish = lambda _: children.die()
        mine.purge(["s:1"], Mode.HARD)

    assert children.run(purge_and_die) == -9
    assert counters.sequence() == start
    Counters.open(tmp_path)

    assert counters.sequence() == start + 1
    assert judged(counters, start, "s:1") is Verdict.EXPIRED
    assert counters.purge(["s:1"], Mode.HARD) == start + 2  # the lock died with its holder


@pytest.mark.stack
def test_processes_that_purge_and_die_lose_no_acknowledged_purge(tmp_path):
    """Four processes purge, each tells us what it did; two are killed at random moments."""
    counters = Counters.open(tmp_path)
    began, told, tell = counters.sequence(), *os.pipe()
    record = struct.Struct("<IQ")

    def purge_for_ever(first):
        mine = Counters.open(tmp_path)
        for tag in itertools.count(first * 1_000_000):
            number = mine.purge([f"s:{tag}", f"sh:{tag}"], Mode.HARD)
            os.write(tell, record.pack(tag, number))

    pids = [children.start(lambda first=first: purge_for_ever(first)) for first in range(4)]
    seen = []
    while len(seen) < 1_000:
        tag, number = record.unpack(os.read(told, record.size))
        moved = counters.look(Watch([f"s:{tag}"], [f"sh:{tag}"]))
        assert moved.sequence >= number
        assert moved.hard >= number <= moved.soft
        seen.append(number)
        if len(seen) in {150, 300}:
            assert children.kill(pids.pop()) == -9
    os.close(told)
    [children.kill(pid) for pid in pids]
    os.close(tell)

    assert len(set(seen)) == len(seen)  # no number twice
    assert Counters.open(tmp_path).sequence() >= began + len(seen)


def test_a_forked_child_and_its_parent_exclude_each_other(counters):
    """A lock on what was opened before a fork would be shared by both."""

    def purge_many():
        for _ in range(300):
            counters.purge(["s:1"], Mode.HARD)

    before = counters.sequence()
    pids = [children.start(purge_many) for _ in range(2)]
    purge_many()

    assert [children.end_of(pid) for pid in pids] == [0, 0]
    assert counters.sequence() == before + 900


def test_another_boot_begins_anew_and_old_pages_are_dead(tmp_path):
    counters = Counters.open(tmp_path, boot="one")
    start = counters.purge(["s:1"], Mode.HARD)
    assert Counters.open(tmp_path, boot="one").sequence() == start

    again = Counters.open(tmp_path, boot="two")

    assert again.sequence() == again.floor() != start
    assert judged(again, start, "s:9") is Verdict.DEAD
    assert judged(again, again.sequence(), "s:1") is Verdict.HIT
    assert 0 < again.floor() < 2**63  # SQLite keeps these numbers too


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff" * module.SIZE),
        lambda path: path.write_bytes(bytes(module.SIZE)),
        lambda path: os.truncate(path, module.SIZE // 2),
        lambda path: os.truncate(path, module.SIZE + 4_096),
        lambda path: _word(path, module.FORMAT_AT, 0),
        lambda path: _word(path, module.FLOOR_AT, 0),
        lambda path: _word(path, module.SEQUENCE_AT, 2**64 - 1),
        lambda path: _word(path, module.NEXT_AT, 1),
        lambda path: _word(path, module.ZERO_AT, 1),
        lambda path: _word(path, module.HEAD + 77, 2**64 - 1),
    ],
    ids=[
        *("empty", "ones", "zeros", "cut", "longer", "format", "floor"),
        *("sequence", "next", "zero", "slot"),
    ],
)
def test_a_damaged_file_is_laid_out_anew_and_old_pages_are_dead(tmp_path, damage):
    counters = Counters.open(tmp_path)
    start = counters.purge(["s:1"], Mode.HARD)
    path = counters.path
    del counters
    damage(path)

    again = Counters.open(tmp_path)

    assert judged(again, start, "s:9") is Verdict.DEAD
    assert again.purge(["s:2"], Mode.HARD) == again.sequence()
    assert judged(again, again.sequence(), "s:2") is Verdict.HIT


def _word(path, place, value):
    with path.open("r+b") as file:
        file.seek(place * 8)
        file.write(struct.pack("=Q", value))


def test_a_layout_anew_beside_a_reader_kills_what_it_holds(tmp_path):
    counters = Counters.open(tmp_path)
    start, inode = counters.sequence(), counters.path.stat().st_ino
    _word(counters.path, module.MAGIC_AT, 0)

    Counters.open(tmp_path)

    assert counters.path.stat().st_ino == inode  # in place: nobody is left with a deaf copy
    assert not counters.taken_away()
    assert judged(counters, start, "s:9") is Verdict.DEAD


def test_a_file_that_was_taken_away_is_noticed_before_a_purge_goes_astray(tmp_path):
    counters = Counters.open(tmp_path)
    counters.path.unlink()
    assert counters.taken_away()
    Counters.open(tmp_path)

    assert counters.taken_away()
    with pytest.raises(EdgeUnavailable, match="was replaced"):
        counters.purge(["s:1"], Mode.HARD)


def test_a_folder_that_cannot_be_made_is_no_edge(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(EdgeUnavailable, match="cannot be used"):
        Counters.open(tmp_path / "file" / "edge")


def test_a_machine_without_a_boot_id_has_no_edge(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BOOT_ID", tmp_path / "nothing")

    with pytest.raises(EdgeUnavailable):
        Counters.open(tmp_path)


def test_a_full_disk_is_an_error_and_not_a_signal(tmp_path):
    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))
        with pytest.raises(EdgeUnavailable, match="cannot be used"):
            Counters.open(tmp_path)

    assert children.run(fill) == 0


def test_a_purge_does_not_wait_for_ever(counters, monkeypatch):
    monkeypatch.setattr(module, "LOCK_WAIT_S", 0.05)
    with (
        module._locked(counters.path),
        pytest.raises(EdgeUnavailable, match="locked by another process"),
    ):
        counters.purge(["s:1"], Mode.HARD)
    counters.path.unlink()
    counters.path.mkdir()
    with pytest.raises(EdgeUnavailable, match="cannot be used"):
        counters.purge(["s:1"], Mode.HARD)


def test_the_newest_purge_can_be_asked_by_mode(counters):
    number = counters.purge(["s:1"], Mode.SOFT)

    slots = slots_of(["s:1", "s:2"])
    assert counters.newest(slots, Mode.SOFT) == number
    assert counters.newest(slots, Mode.HARD) == 0
    assert counters.newest((), Mode.SOFT) == 0
    assert counters.sequence_word[0] == number


def judged(counters, start, tag):
    moved = counters.look(Watch([tag], ()))
    return judge(Held(start=start, stored_at=0.0), moved, now=1.0)


@pytest.fixture
def counters(tmp_path):
    return Counters.open(tmp_path)
