"""Files that somebody else lays on a shelf: which are whole, and which we have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.wire.domain.pickups import Away, is_storable, storable_text

MOST = 20_000  # files of one shelf: what we remember of each is read at every visit
STUCK = "stuck"
UNFINISHED = (".part", ".tmp", ".filepart", ".partial", ".crdownload")  # renamed when complete


@dataclass(frozen=True, slots=True)
class Lying:
    """A file on a shelf. `mark` changes whenever its bytes do; `order` says which is older.

    `problem` is why it cannot even be looked at, or empty.
    """

    name: str
    size: int  # bytes
    mark: str
    order: tuple[Any, ...] = ()
    problem: str = ""


class Memory:
    """What is known of a shelf from earlier visits: of each file, its mark and whether we have it.

    Where files may still grow, one is whole when its mark was the same at two visits. One that
    could not be had is tried again after all others.
    """

    def __init__(self, cursor: Mapping[str, Any], *, grows: bool) -> None:
        self.known: dict[str, list[Any]] = dict(cursor.get("files") or {})
        self.grows = grows
        self.had: list[Lying] = []  # still lies there, though we have it
        self.troubles: list[tuple[str, str]] = []  # a name, and why that is left

    def whole(self, lying: Iterable[Lying]) -> list[Lying]:
        """Return the files to take now, oldest first, and forget those that lie there no more.

        Raises:
            Away: there are too many.

        """
        here = self._here(lying)
        before, self.known = self.known, {}
        due = []
        for one in here.values():
            mark, taken, *stuck = before.get(one.name, ["", False])
            is_same = mark == one.mark
            self.known[one.name] = [one.mark, bool(taken), *stuck] if is_same else [one.mark, False]
            if is_same and taken:
                self.had.append(one)
            elif is_same or not self.grows:
                due.append(one)
        return sorted(due, key=lambda one: (self.is_stuck(one), one.order, one.name))

    def _here(self, lying: Iterable[Lying]) -> dict[str, Lying]:
        here = {}
        for number, one in enumerate(lying):
            if number >= MOST:
                raise Away(
                    f"More than {MOST:,} files lie there; so many are remembered. Let the agency "
                    "clear them away, or let us remove what we have taken."
                )
            if problem := one.problem or _unnamed(one.name):
                self.troubles.append((storable_text(one.name), problem))
            elif not is_unfinished(one.name):
                here[one.name] = one
        return here

    def taken(self, one: Lying) -> None:
        """Remember that the bytes of this one are safe."""
        self.known[one.name] = [one.mark, True]

    def stuck(self, one: Lying) -> None:
        """Remember that this one could not be had: the others come first at the next visit."""
        self.known[one.name] = [one.mark, False, STUCK]

    def is_stuck(self, one: Lying) -> bool:
        """Whether this one could not be had."""
        return STUCK in self.known[one.name]

    @property
    def cursor(self) -> dict[str, Any]:
        """What to remember: not a copy, it goes on with what is taken."""
        return {"files": self.known}


def _unnamed(name: str) -> str:
    if is_storable(name):
        return ""
    return f"{storable_text(name)} has a name that is not UTF-8. It was left where it is."


def is_unfinished(name: str) -> bool:
    """Whether a file's name says that it is still being written, or is nobody's business."""
    last = name.rsplit("/", 1)[-1]
    return last.startswith(".") or last.lower().endswith(UNFINISHED)
