"""Files that somebody else lays on a shelf: which are whole, and which we have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.wire.domain.pickups import Away

MOST = 20_000  # files of one shelf: what we remember of each is read at every visit
UNFINISHED = (".part", ".tmp", ".filepart", ".partial", ".crdownload")  # renamed when complete


@dataclass(frozen=True, slots=True)
class Lying:
    """A file on a shelf. `mark` changes whenever its bytes do; `order` says which is older."""

    name: str
    size: int  # bytes
    mark: str
    order: tuple[Any, ...] = ()


class Memory:
    """What is known of a shelf from earlier visits: of each file, its mark and whether we have it.

    Where files may still grow, one is whole when its mark was the same at two visits.
    """

    def __init__(self, cursor: Mapping[str, Any], *, grows: bool) -> None:
        self.known: dict[str, list[Any]] = dict(cursor.get("files") or {})
        self.grows = grows

    def whole(self, lying: Iterable[Lying]) -> list[Lying]:
        """Return the files to take now, oldest first, and forget those that lie there no more.

        Raises:
            Away: there are too many.

        """
        here = {one.name: one for one in lying if not is_unfinished(one.name)}
        if len(here) > MOST:
            raise Away(
                f"{len(here):,} files lie there; {MOST:,} are remembered. Let the agency clear "
                "them away, or let us remove what we have taken."
            )
        before, self.known = self.known, {}
        due = []
        for one in here.values():
            mark, taken = before.get(one.name, ["", False])
            is_same = mark == one.mark
            self.known[one.name] = [one.mark, bool(taken and is_same)]
            if not (taken and is_same) and (is_same or not self.grows):
                due.append(one)
        return sorted(due, key=lambda one: (one.order, one.name))

    def taken(self, one: Lying) -> None:
        """Remember that the bytes of this one are safe."""
        self.known[one.name] = [one.mark, True]

    @property
    def cursor(self) -> dict[str, Any]:
        """What to remember: not a copy, it goes on with what is taken."""
        return {"files": self.known}


def is_unfinished(name: str) -> bool:
    """Whether a file's name says that it is still being written, or is nobody's business."""
    last = name.rsplit("/", 1)[-1]
    return last.startswith(".") or last.lower().endswith(UNFINISHED)
