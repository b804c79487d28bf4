"""A saved story as its reader sees it, and how many there may be."""

from dataclasses import dataclass
from datetime import datetime

MOST = 1000  # of one reader
AT_ONCE = 200  # that a browser may hand over: as many as it keeps
PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One line of the list. `saved_at` is aware UTC.

    Of a story that readers may not see any more all but the title's name is empty.
    """

    id: int
    story_id: int
    masthead: str
    saved_at: datetime
    address: str = ""
    headline: str = ""
    language: str = ""
    section: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of stories that were to be saved.

    `new` were not saved before; `left_out` had no room among MOST; `missing` are none that readers
    of that title can see.
    """

    new: int
    left_out: int
    missing: int
