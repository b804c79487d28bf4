"""What happened to a story on a title, and a place in the order in which that is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PAGE = 100
# A movement is told once it is this old: by then everything written down before it is there too.
SETTLES = timedelta(seconds=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = {
    "story.published": "published",
    "story.updated": "updated",
    "story.corrected": "corrected",
    "story.embargoed": "terms",
    "story.terms_changed": "terms",
    "story.withdrawn": "withdrawn",
    "story.killed": "killed",
}
_CURSOR = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})", re.ASCII)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """After which row one goes on: when it was written down (aware UTC), and its id."""

    noted_at: datetime
    id: int = 0

    def __str__(self) -> str:
        """The place as a cursor, which is opaque to whoever gets it."""
        return f"{(self.noted_at - EPOCH) // timedelta(microseconds=1)}.{self.id}"


def place_of(cursor: str) -> Place | None:
    """Read a cursor as we write it; None for anything else."""
    found = _CURSOR.fullmatch(cursor)
    if not found:
        return None
    return Place(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))


def moment_of(text: str) -> datetime | None:
    """Read an RFC 3339 moment with its offset from UTC as aware UTC; None for anything else.

    A space where `+` was is forgiven: that is what an address makes of it.
    """
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
        known = moment.tzinfo is not None and EPOCH <= moment < LATEST
        return moment.astimezone(UTC) if known else None
    except (ValueError, OverflowError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact called `name` that happened to a story `at` a moment (aware UTC), on these titles."""

    story_id: int
    masthead_ids: Iterable[int]
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement. `kind` is one of KINDS' values; moments are aware UTC."""

    id: int
    story_id: int
    kind: str
    at: datetime
    noted_at: datetime
