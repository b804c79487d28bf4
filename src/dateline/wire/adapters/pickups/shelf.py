"""Take files from a shelf, whatever it stands on, and remove them where its owner lets us."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from typing import Any, BinaryIO, Protocol, Self, cast

from dateline.wire.domain.pickups import LARGEST, Away, Came, Stuck, too_large
from dateline.wire.domain.shelves import Lying, Memory

PIECE = 1024 * 1024  # bytes
MOST_STUCK = 20  # files of one visit; then it is the shelf, and not the files


class Shelf(Protocol):
    """A place with files. Every step raises Stuck where one file fails, and Away where all do."""

    grows: bool  # whether a file may be seen before it is whole

    def lying(self) -> Iterable[Lying]:
        """List what lies there."""

    def open(self, one: Lying) -> BinaryIO | None:
        """Open a file for reading, or None where it is gone or has changed."""

    def remove(self, one: Lying) -> None:
        """Take a file away, unless another was put in its place."""


def files(shelf: Shelf, cursor: Mapping[str, Any], *, remove: bool) -> Generator[Came, None, None]:
    """Give each file that is whole and that we do not have, oldest first.

    A file is removed, where it is to be, after its bytes are safe: when the next one is asked for.
    One that cannot be had, or not be removed, comes without bytes at every visit, and tells why.

    Raises:
        Away: the shelf cannot be read; says why.

    """
    visit = _Visit(shelf, Memory(cursor, grows=shelf.grows), remove=remove)
    yield from visit.go()


class _Visit:
    """One look at a shelf, from the listing to the last file."""

    def __init__(self, shelf: Shelf, memory: Memory, *, remove: bool) -> None:
        self.shelf, self.memory, self.remove = shelf, memory, remove
        self.failed = 0

    def go(self) -> Iterator[Came]:
        due = self.memory.whole(self.shelf.lying())
        yield self._told("")  # from here on, what is remembered is written down
        for name, problem in self.memory.troubles:
            yield self._told(name, problem)
        for one in self.memory.had:
            yield from self._removed(one)
        for one in due:
            yield from self._one(one)
            if self.failed >= MOST_STUCK:
                return

    def _told(self, name: str, problem: str = "") -> Came:
        return Came(name, None, self.memory.cursor, problem)

    def _one(self, one: Lying) -> Iterator[Came]:
        if one.size > LARGEST:
            yield self._told(one.name, too_large(one.name, one.size))
            return
        try:
            source = self.shelf.open(one)
        except Stuck as stuck:
            self._stuck(one)
            yield self._told(one.name, str(stuck))
            return
        if source is None:
            return
        reading = _Reading(source, one, lambda: self._stuck(one))
        with reading:
            yield Came(one.name, cast("BinaryIO", reading), self.memory.cursor)
        if not reading.broke:
            self.memory.taken(one)
            yield from self._removed(one)

    def _stuck(self, one: Lying) -> None:
        self.failed += 1
        self.memory.stuck(one)

    def _removed(self, one: Lying) -> Iterator[Came]:
        if not self.remove:
            return
        try:
            self.shelf.remove(one)
        except Stuck as stuck:
            self.remove = False  # nor will the others let us; the next visit tries again
            yield self._told(one.name, str(stuck))


class _Reading:
    """An open file that is read up to the size it was told to have; `broke` where it has another.

    What goes wrong is for whoever reads; `broken` is called before.
    """

    def __init__(self, file: BinaryIO, one: Lying, broken: Callable[[], None]) -> None:
        self.file, self.one, self.left, self.broken = file, one, one.size, broken
        self.broke = False

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(PIECE), b""))
        try:
            return self._piece(size)
        except (Away, Stuck):
            self.broke = True
            self.broken()
            raise

    def _piece(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left + 1))
        self.left -= len(piece)
        if self.left < 0 or (self.left and not piece):
            raise Stuck(f"{self.one.name} does not have the {self.one.size:,} bytes it should.")
        return piece

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Away, Stuck):  # it was read, or that it was not is told already
            self.file.close()


class _Told:
    """An open file whose troubles are told as its place's."""

    def __init__(self, file: Any, told: Callable[[], AbstractContextManager[None]]) -> None:
        self.file, self.told = file, told

    def read(self, size: int) -> bytes:
        with self.told():
            return bytes(self.file.read(size))

    def close(self) -> None:
        with self.told():
            self.file.close()


def opened(file: Any, told: Callable[[], AbstractContextManager[None]]) -> BinaryIO:
    """Return an open file that is read under `told`, which makes Away or Stuck of what goes wrong.

    A size must be named at each reading.
    """
    return cast("BinaryIO", _Told(file, told))
