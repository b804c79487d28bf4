"""A shelf with files: whole ones, once, oldest first, and never more than are remembered."""

from io import BytesIO
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.adapters.pickups import shelf as adapter
from dateline.wire.domain import shelves
from dateline.wire.domain.pickups import LARGEST, Away, Stuck
from dateline.wire.domain.shelves import Lying, Memory


class Shelf:
    """A shelf in memory. `files` is name → (mark, bytes); `gone` vanish when they are opened.

    `stuck` cannot be opened, and nothing can be removed while it is `locked`.
    """

    def __init__(self, files, *, grows=False, gone=(), stuck=(), locked=False):
        self.files, self.grows, self.gone, self.removed = dict(files), grows, set(gone), []
        self.stuck, self.locked, self.tried = set(stuck), locked, []

    def lying(self):
        return [Lying(name, len(b), mark, (mark,)) for name, (mark, b) in self.files.items()]

    def open(self, one):
        self.tried.append(one.name)
        if one.name in self.gone:
            return None
        if one.name in self.stuck:
            raise Stuck(f"{one.name}: no right to.")
        return BytesIO(self.files[one.name][1])

    def remove(self, one):
        if self.locked:
            raise Stuck(f"{one.name}: no right to remove.")
        self.removed.append(one.name)
        del self.files[one.name]


def visit(shelf, cursor=None, *, remove=False):
    """What came in one visit, and the cursor after it."""
    came, cursor = [], cursor or {}
    for one in adapter.files(shelf, cursor, remove=remove):
        if one.data is not None:
            came.append((one.name, one.data.read()))
        cursor = one.cursor
    return came, cursor


def test_each_file_comes_once_oldest_first():
    shelf = Shelf({"b": ("1", b"B"), "a": ("2", b"A"), "c/d": ("1", b"D")})
    came, cursor = visit(shelf)

    assert came == [("b", b"B"), ("c/d", b"D"), ("a", b"A")]
    assert visit(shelf, cursor)[0] == []
    shelf.files["a"] = ("3", b"A2")
    assert visit(shelf, cursor)[0] == [("a", b"A2")]


def test_a_file_that_may_grow_is_taken_when_it_was_the_same_twice():
    shelf = Shelf({"a": ("1", b"A")}, grows=True)
    first, cursor = visit(shelf)
    shelf.files["a"] = ("2", b"AA")
    second, cursor = visit(shelf, cursor)
    third, cursor = visit(shelf, cursor)

    assert (first, second, third) == ([], [], [("a", b"AA")])
    assert visit(shelf, cursor)[0] == []


def test_a_file_is_removed_after_its_bytes_are_safe():
    shelf = Shelf({"a": ("1", b"A"), "b": ("1", b"B")})
    coming = adapter.files(shelf, {}, remove=True)

    assert next(coming).data is None
    assert (next(coming).name, shelf.removed) == ("a", [])
    assert (next(coming).name, shelf.removed) == ("b", ["a"])
    coming.close()  # what came last may not be safe
    assert list(shelf.files) == ["b"]


def test_what_has_gone_meanwhile_is_left_for_the_next_visit():
    shelf = Shelf({"a": ("1", b"A"), "b": ("1", b"B")}, gone="a")
    came, cursor = visit(shelf)
    shelf.gone.clear()

    assert came == [("b", b"B")]
    assert visit(shelf, cursor)[0] == [("a", b"A")]


def test_unfinished_files_are_left_until_they_are_renamed():
    shelf = Shelf(dict.fromkeys(("a.part", ".b", "c/.d", "e.TMP", "f"), ("1", b"x")))

    assert visit(shelf)[0] == [("f", b"x")]


def test_a_file_that_is_too_large_is_left_and_told_at_every_visit():
    shelf = Shelf({"a": ("1", b"A"), "big": ("1", b"")})
    large = Lying("big", LARGEST + 2**20, "1", ("1",))
    shelf.lying = lambda: [Lying("a", 1, "1", ("1",)), large]
    came = list(adapter.files(shelf, {}, remove=True))

    assert [(one.name, one.refusal[:14]) for one in came] == [
        ("", ""), ("a", ""), ("big", "big has 129 MB"),
    ]  # fmt: skip
    assert shelf.removed == ["a"]
    shelf.lying = lambda: [large]
    again = list(adapter.files(shelf, came[-1].cursor, remove=True))
    assert [one.name for one in again] == ["", "big"]


def test_more_than_can_be_remembered_is_refused(monkeypatch):
    monkeypatch.setattr(shelves, "MOST", 2)
    shelf = Shelf({})
    shelf.lying = lambda: (Lying(f".{n}", 1, "1") for n in count())  # a list without an end

    with pytest.raises(Away, match="More than 2 files lie there"):
        visit(shelf)


def told(shelf, cursor=None, *, remove=False):
    """What one visit told instead of bytes, and the cursor after it."""
    came = list(adapter.files(shelf, cursor or {}, remove=remove))
    return [one.refusal for one in came if one.refusal], came[-1].cursor


def test_a_file_that_cannot_be_had_keeps_no_other_waiting_and_is_told():
    shelf = Shelf({"a": ("1", b"A"), "b": ("2", b"B")}, stuck="a")
    came, cursor = visit(shelf)
    shelf.files["c"] = ("3", b"C")

    assert came == [("b", b"B")]
    assert told(shelf, cursor)[0] == ["a: no right to."]
    assert shelf.tried == ["a", "b", "c", "a"]  # those that failed come last
    shelf.stuck.clear()
    assert ("a", b"A") in visit(shelf, cursor)[0]
    shelf.files["a"] = ("0", b"A2")  # another file may be tried first again
    assert visit(shelf, cursor)[0][0] == ("a", b"A2")


def test_where_nothing_can_be_had_a_visit_ends_before_all_are_tried(monkeypatch):
    monkeypatch.setattr(adapter, "MOST_STUCK", 2)
    shelf = Shelf(dict.fromkeys("abcd", ("1", b"x")), stuck="abcd")
    _, cursor = told(shelf)
    told(shelf, cursor)

    assert shelf.tried == ["a", "b", "c", "d"]


def test_where_nothing_may_be_removed_every_file_comes_and_that_is_told():
    shelf = Shelf({"a": ("1", b"A"), "b": ("1", b"B")}, locked=True)
    came, cursor = visit(shelf, remove=True)

    assert came == [("a", b"A"), ("b", b"B")]
    assert told(shelf, cursor, remove=True)[0] == ["a: no right to remove."]
    shelf.locked = False
    assert told(shelf, cursor, remove=True)[0] == []
    assert shelf.removed == ["a", "b"]


@pytest.mark.parametrize("told_size", [1, 3])
def test_a_file_of_another_size_than_it_was_told_to_have_is_not_taken(told_size):
    shelf = Shelf({"a": ("1", b"AB"), "b": ("1", b"B")})
    shelf.lying = lambda: [Lying("a", told_size, "1"), Lying("b", 1, "1")]
    coming = adapter.files(shelf, {}, remove=True)
    next(coming)

    with pytest.raises(Stuck, match=f"a does not have the {told_size} bytes it should"):
        next(coming).data.read()
    last = next(coming)
    assert last.data.read(5) + last.data.read(5) == b"B"
    assert list(coming) == []
    assert shelf.removed == ["b"]
    assert last.cursor["files"]["a"] == ["1", False, "stuck"]


def test_no_more_of_a_file_is_asked_for_than_it_was_told_to_have():
    asked = []

    class Endless:
        def read(self, size):
            asked.append(size)
            return b"x" * size

        def close(self):
            """Nothing to close."""

    shelf = Shelf({"a": ("1", b"AB")})
    shelf.open = lambda _: Endless()
    coming = adapter.files(shelf, {}, remove=True)
    next(coming)

    with pytest.raises(Stuck):
        next(coming).data.read(10**9)
    assert asked == [3]


@pytest.mark.parametrize("name", ["a\0b", "caf\udce9.xml"], ids=["NUL", "surrogate"])
def test_a_name_that_cannot_be_written_down_is_told_and_left(name):
    shelf = Shelf({name: ("1", b"A"), "b": ("1", b"B")})
    came, cursor = visit(shelf)

    assert came == [("b", b"B")]
    assert list(cursor["files"]) == ["b"]
    [problem] = told(shelf, cursor)[0]
    assert problem.endswith("has a name that is not UTF-8. It was left where it is.")
    assert problem.isprintable()


changes = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["put", "take", "look"])), max_size=30
)


@given(changes, st.booleans(), st.booleans())
def test_nothing_that_stays_is_lost_and_nothing_comes_twice(steps, grows, remove):
    """Whatever is laid down, replaced and taken away between visits."""
    shelf, cursor, came, laid = Shelf({}, grows=grows), {}, [], 0
    for name, step in steps:
        if step == "put":
            laid += 1
            shelf.files[name] = (f"{laid:03}", f"{name}{laid}".encode())
        elif step == "take":
            shelf.files.pop(name, None)
        else:
            found, cursor = visit(shelf, cursor, remove=remove)
            came += found
    stay = [body for _, body in shelf.files.values()]
    for _ in range(2):
        found, cursor = visit(shelf, cursor, remove=remove)
        came += found

    bodies = [body for _, body in came]
    assert len(bodies) == len(set(bodies))
    assert set(stay) <= set(bodies)


def test_what_is_remembered_can_be_stored_and_is_forgotten_with_its_file():
    memory = Memory({"files": {"old": ["1", True], "a": ["1", True]}}, grows=False)
    due = memory.whole([Lying("a", 1, "2"), Lying("b", 1, "1")])
    memory.taken(due[0])

    assert memory.cursor == {"files": {"a": ["2", True], "b": ["1", False]}}
