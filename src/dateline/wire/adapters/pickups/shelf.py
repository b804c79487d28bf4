"""Take files from a shelf, whatever it stands on, and remove them where its owner lets us."""

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Protocol, Self, cast

from dateline.wire.domain.pickups import LARGEST, Came, too_large
from dateline.wire.domain.shelves import Lying, Memory


class Shelf(Protocol):
    """A place with files. Every step raises Away where it fails."""

    grows: bool  # whether a file may be seen before it is whole

    def lying(self) -> Iterable[Lying]:
        """List what lies there."""

    def open(self, one: Lying) -> BinaryIO | None:
        """Open a file for reading, or None where it is gone or has changed."""

    def remove(self, one: Lying) -> None:
        """Take a file away."""


def files(shelf: Shelf, cursor: Mapping[str, Any], *, remove: bool) -> Generator[Came, None, None]:
    """Give each file that is whole and that we do not have, oldest first.

    A file is removed, where it is to be, after its bytes are safe: when the next one is asked for.

    Raises:
        Away: the shelf cannot be read; says why.

    """
    memory = Memory(cursor, grows=shelf.grows)
    for one in memory.whole(shelf.lying()):
        if one.size > LARGEST:
            yield Came(one.name, None, memory.cursor, too_large(one.name, one.size))
            continue
        source = shelf.open(one)
        if source is None:
            continue
        with source:
            yield Came(one.name, source, memory.cursor)
        if remove:
            shelf.remove(one)
        memory.taken(one)
    yield Came("", None, memory.cursor)


class _Told:
    """An open file whose troubles are told as its place's."""

    def __init__(self, file: Any, told: Callable[[], AbstractContextManager[None]]) -> None:
        self.file, self.told = file, told

    def read(self, size: int = -1) -> bytes:
        with self.told():
            return bytes(self.file.read(None if size < 0 else size))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def opened(file: Any, told: Callable[[], AbstractContextManager[None]]) -> BinaryIO:
    """Return an open file that is read under `told`, which makes Away of what goes wrong."""
    return cast("BinaryIO", _Told(file, told))
