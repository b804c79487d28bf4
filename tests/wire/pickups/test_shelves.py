"""A shelf with files: whole ones, once, oldest first, and never more than are remembered."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.adapters.pickups import shelf as adapter
from dateline.wire.domain import shelves
from dateline.wire.domain.pickups import LARGEST, Away
from dateline.wire.domain.shelves import Lying, Memory


class Shelf:
    """A shelf in memory. `files` is name → (mark, bytes); `gone` vanish when they are opened."""

    def __init__(self, files, *, grows=False, gone=()):
        self.files, self.grows, self.gone, self.removed = dict(files), grows, set(gone), []

    def lying(self):
        return [Lying(name, len(b), mark, (mark,)) for name, (mark, b) in self.files.items()]

    def open(self, one):
        if one.name in self.gone:
            return None
        return BytesIO(self.files[one.name][1])

    def remove(self, one):
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
        ("a", ""), ("big", "big has 129 MB"), ("", ""),
    ]  # fmt: skip
    assert shelf.removed == ["a"]
    again = list(adapter.files(shelf, came[-1].cursor, remove=True))
    assert [one.name for one in again] == ["big", ""]


def test_more_than_can_be_remembered_is_refused(monkeypatch):
    monkeypatch.setattr(shelves, "MOST", 2)
    shelf = Shelf(dict.fromkeys("abc", ("1", b"x")))

    with pytest.raises(Away, match="3 files lie there; 2 are remembered"):
        visit(shelf)


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
