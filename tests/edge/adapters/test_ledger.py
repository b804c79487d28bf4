"""What outer caches are owed: gathered, at a rate, paid once, and never lost to a race."""

import pytest

from dateline.edge.adapters import outbound
from dateline.edge.adapters.counters import EdgeUnavailable
from dateline.edge.adapters.ledger import FILE_NAME, RING, Ledger, Purge
from dateline.edge.adapters.outer.interface import NotPurged
from tests.edge import children
from tests.edge.pages import NOW


def test_a_purge_goes_out_at_once_and_again_after_two_seconds(ledger, cache):
    ledger.owe(["s:1", "sh:1"], soft=False, now=NOW, again_at=NOW + 2)

    assert outbound.send(ledger, cache, now=NOW) == 2
    assert outbound.send(ledger, cache, now=NOW + 1.9) == 0
    assert outbound.send(ledger, cache, now=NOW + 2) == 2
    assert outbound.send(ledger, cache, now=NOW + 99) == 0
    assert [len(tags) for tags, _ in cache.calls] == [4, 4]  # each tag and its bucket
    assert ledger.owed() == ()


def test_purges_are_gathered_hard_ones_first(ledger, cache):
    ledger.owe(["cc:1"], soft=True, now=NOW - 5, again_at=NOW + 9)
    ledger.owe(["s:1"], soft=False, now=NOW, again_at=NOW + 9)
    ledger.owe(["s:2", "s:1"], soft=False, now=NOW, again_at=NOW + 9)

    assert outbound.send(ledger, cache, now=NOW) == 3
    assert [soft for _, soft in cache.calls] == [False, True]


def test_one_call_takes_no_more_than_the_cache_allows(ledger, cache):
    cache.most_tags = 6
    ledger.owe([f"s:{number}" for number in range(10)], soft=False, now=NOW, again_at=NOW + 9)

    assert outbound.send(ledger, cache, now=NOW) == 10
    assert len(cache.calls) == 4
    assert max(len(tags) for tags, _ in cache.calls) <= 6


def test_calls_keep_their_distance(ledger, cache):
    cache.most_tags, cache.every_s = 2, 5.0
    ledger.owe(["s:1", "s:2"], soft=False, now=NOW, again_at=NOW + 99)

    assert outbound.send(ledger, cache, now=NOW) == 1
    assert outbound.send(ledger, cache, now=NOW + 4.9) == 0
    assert outbound.send(ledger, cache, now=NOW + 5) == 1


def test_a_refusal_is_tried_again_after_longer_and_longer_pauses(ledger, cache):
    cache.failing = "It is down."
    ledger.owe(["s:1"], soft=False, now=NOW, again_at=NOW + 9_999)
    at, pauses = NOW, []
    for _ in range(10):
        assert outbound.send(ledger, cache, now=at) == 0
        (owed,) = ledger.owed()
        pauses.append(owed.next_try_at - at)
        at = owed.next_try_at

    assert pauses[:3] == [1, 2, 4]
    assert pauses[-1] == 300
    assert (owed.cache, owed.tags, owed.tries, owed.error) == ("one", 1, 10, "It is down.")
    cache.failing = ""
    assert outbound.send(ledger, cache, now=at) == 1
    assert ledger.owed() == ()


def test_a_purge_asked_for_while_one_is_under_way_is_not_paid_by_it(ledger, cache):
    ledger.owe(["s:1", "s:2"], soft=False, now=NOW, again_at=NOW + 99)
    batch = ledger.take("one", most=10, every_s=0, now=NOW)
    ledger.owe(["s:1"], soft=False, now=NOW + 1, again_at=NOW + 99)

    ledger.pay(batch)

    assert batch.tags == ("s:1", "s:2")
    assert ledger.take("one", most=10, every_s=0, now=NOW + 1).tags == ("s:1",)


def test_a_sender_that_died_keeps_a_batch_for_ten_seconds(ledger):
    ledger.owe(["s:1"], soft=False, now=NOW, again_at=NOW + 99)
    ledger.take("one", most=10, every_s=0, now=NOW)

    assert ledger.take("one", most=10, every_s=0, now=NOW + 9.9) is None
    assert ledger.take("one", most=10, every_s=0, now=NOW + 10).tags == ("s:1",)


def test_a_clock_set_back_delays_nothing_for_long(ledger):
    ledger.owe(["s:1"], soft=False, now=NOW + 90_000, again_at=NOW + 90_002)
    ledger.take("one", most=10, every_s=60, now=NOW + 90_000)
    ledger.owe(["s:1"], soft=False, now=NOW + 90_000, again_at=NOW + 90_002)

    assert ledger.take("one", most=10, every_s=60, now=NOW).tags == ("s:1",)


def test_a_sender_comes_back_later_for_very_much(ledger, cache, monkeypatch):
    monkeypatch.setattr(outbound, "MOST_CALLS", 2)
    cache.most_tags = 2
    ledger.owe(["s:1", "s:2", "s:3"], soft=False, now=NOW, again_at=NOW + 99)

    assert outbound.send(ledger, cache, now=NOW) == 2


def test_soft_purges_of_a_tag_are_gathered_for_ten_seconds(ledger):
    def soften(tags, at):
        return ledger.soften(tags, cause=f"at {at}", now=NOW + at, every_s=10)

    assert soften(["cc:1", "cc:2"], 0) == ("cc:1", "cc:2")
    assert soften(["cc:1", "cc:3"], 3) == ("cc:3",)
    assert soften(["cc:1"], 9) == ()
    assert ledger.due_softly(now=NOW + 9.9, every_s=10) == ()
    ((tag, stamp, cause),) = ledger.due_softly(now=NOW + 10.1, every_s=10)
    assert (tag, cause) == ("cc:1", "at 9")

    soften(["cc:1"], 10.1)  # between the purge and its note
    ledger.softened([(tag, stamp)], now=NOW + 10.2)

    assert ledger.due_softly(now=NOW + 20, every_s=10) == ()
    ((tag, stamp, cause),) = ledger.due_softly(now=NOW + 20.3, every_s=10)
    assert cause == "at 10.1"
    ledger.softened([(tag, stamp)], now=NOW + 20.3)
    assert ledger.due_softly(now=NOW + 99, every_s=10) == ()
    assert soften(["cc:1", "cc:2"], 31) == ("cc:1", "cc:2")


def test_a_soft_purge_from_the_future_holds_nothing_up(ledger):
    ledger.soften(["cc:1"], cause="x", now=NOW + 5_000, every_s=10)

    assert ledger.soften(["cc:1"], cause="x", now=NOW, every_s=10) == ("cc:1",)


def test_purges_are_remembered_and_found(ledger):
    for number in range(5):
        ledger.note(a_purge(number, seconds={"embedded": 0.001 * (5 - number)}))

    assert [purge.number for purge in ledger.newest(2)] == [4, 3]
    assert [purge.number for purge in ledger.slowest(2)] == [0, 1]
    assert ledger.numbered([3, 77, 1]) == (
        a_purge(3, seconds={"embedded": 0.002}),
        a_purge(1, seconds={"embedded": 0.004}),
    )


def test_only_the_last_ones_are_remembered_and_of_many_tags_some(ledger):
    ledger.note(a_purge(1, tags=tuple(f"s:{n}" for n in range(900))))
    ledger.note(a_purge(2))
    with ledger._writing() as db:
        db.execute("UPDATE purge SET id = ? WHERE number = 2", (RING,))
    assert len(ledger.newest(9)[-1].tags) == 200
    ledger.note(a_purge(3))

    assert [purge.number for purge in ledger.newest(9)] == [3, 2]


@pytest.mark.parametrize("damage", [b"nonsense" * 1_000, "page"])
def test_a_damaged_ledger_begins_anew_owing_everything(ledger, cache, damage):
    ledger.owe([f"s:{number}" for number in range(400)], soft=False, now=NOW, again_at=NOW + 2)
    if damage == "page":
        with ledger.path.open("r+b") as file:
            file.seek(4_096)
            file.write(b"\xff" * 60_000)
    else:
        ledger.path.write_bytes(damage)

    for _ in range(2):  # what is found bad only on the way is an error once
        try:
            sent = outbound.send(ledger, cache, now=NOW)
            break
        except EdgeUnavailable:
            continue

    assert sent == 1
    assert ledger.newest(5) == ()
    assert ledger.take("one", most=10, every_s=0, now=NOW + 99) is None


def test_where_it_cannot_be_written_a_debt_is_an_error_and_a_note_is_not(tmp_path, logged):
    (tmp_path / FILE_NAME).mkdir()
    ledger = Ledger(tmp_path, ["one"])

    with pytest.raises(EdgeUnavailable, match="cannot be used"):
        ledger.owe(["s:1"], soft=False, now=NOW, again_at=NOW + 2)
    ledger.note(a_purge(1))

    assert "purge_not_remembered" in logged()


def test_without_outer_caches_nothing_is_owed(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.owe(["s:1"], soft=False, now=NOW, again_at=NOW + 2)

    assert ledger.owed() == ()


@pytest.mark.parametrize(("caches", "synchronous"), [(["one"], 2), ([], 0)])
def test_what_is_owed_to_other_machines_waits_for_the_disk(
    tmp_path, monkeypatch, caches, synchronous
):
    """SQLite says 2 where a commit is on the disk before it returns, 0 where it only will be."""
    seen = []
    plain = Ledger._owe

    def look(ledger, db, tags, **named):
        seen.append(db.execute("PRAGMA synchronous").fetchone()[0])
        plain(ledger, db, tags, **named)

    monkeypatch.setattr(Ledger, "_owe", look)

    Ledger(tmp_path, caches).owe(["s:1"], soft=False, now=NOW, again_at=NOW + 2)

    assert seen == [synchronous]


@pytest.mark.stack
def test_a_writer_that_is_killed_leaves_a_ledger_that_works(tmp_path):
    def write_for_ever():
        while True:
            Ledger(tmp_path).note(a_purge(1, tags=tuple(f"s:{number}" for number in range(200))))

    ledger = Ledger(tmp_path)
    for _ in range(3):
        before = len(ledger.newest(9_999))
        pid = children.start(write_for_ever)
        while len(ledger.newest(9_999)) < before + 5:
            pass
        assert children.kill(pid) == -9

    assert len(ledger.newest(9_999)) >= 15


def a_purge(number, **changes):
    fields = {
        "at": NOW,
        "number": number,
        "mode": "hard",
        "tags": ("s:1",),
        "tag_count": 1,
        "cause": "story.published 7",
        "seconds": {},
    }
    return Purge(**fields | changes)


class Cache:
    """A cache that writes down what it is told."""

    name, most_tags, every_s, failing = "one", 100, 0.0, ""

    def __init__(self):
        self.calls = []

    def purge(self, tags, *, soft, standing):
        if self.failing:
            raise NotPurged(self.failing)
        self.calls.append((tags, soft))


@pytest.fixture
def cache():
    return Cache()


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path, ["one"])
