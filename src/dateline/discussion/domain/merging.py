"""One page of an order as it was, from ranks as they are and from those that moved since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A comment and the rank by which it is sorted."""

    id: int
    rank: bytes
    below: int = 0


def page(
    standing: Iterable[Place], moved: Mapping[int, bytes], late: Iterable[Place], *, size: int
) -> list[Place]:
    """The first `size` of an order as it was when the reader began.

    `standing` are the comments after the reader's place whose rank did not move since, at least
    `size` of them where there are so many, sorted. `moved` gives for each comment whose rank did
    move the one it had then; `late` are those of them to be shown, whatever their rank is now. A
    comment that moved between the questions that found the two is in both, and is shown once.
    """
    found = {place.id: place for place in standing}
    for place in late:
        found[place.id] = Place(place.id, moved[place.id], place.below)
    return sorted(found.values(), key=lambda place: place.rank)[:size]
