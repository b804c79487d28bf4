"""A live blog as readers get it: its entries, newest first, a part at a time."""

from dataclasses import dataclass
from datetime import datetime

HEADLINE_LONGEST = 200
TEXT_LONGEST = 20_000  # characters of HTML; longer is a story


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What a reporter typed. `text` is HTML as the desk's editor made it."""

    headline: str
    text: str
    key_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Moments are aware UTC; of a withdrawn one only the reason is left."""

    id: int
    version: int
    headline: str
    text: str
    by: str
    at: datetime
    changed_at: datetime | None
    key_event: bool
    note: str
    noted_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """An entry among the key events."""

    id: int
    headline: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """What one page of a live blog shows. `older` is the newest entry of the next page, or None.

    `begins` is whether its first entry is the newest there is.
    """

    started_at: datetime | None
    ended_at: datetime | None
    pinned: Entry | None
    events: tuple[KeyEvent, ...]
    entries: tuple[Entry, ...]
    begins: bool
    older: int | None

    @property
    def open(self) -> bool:
        """Whether more is to be expected."""
        return self.ended_at is None

    @property
    def changed_at(self) -> datetime | None:
        """When an entry shown here last came or changed; None where there is none."""
        moments = (m for e in self.entries for m in (e.at, e.changed_at, e.withdrawn_at) if m)
        return max(moments, default=None)


def problem_of(words: EntryWords, *, plain: str) -> str:
    """What keeps an entry from being posted, in a sentence; empty for nothing.

    `plain` is its text without markup.
    """
    if not words.headline.strip() and not plain.strip():
        return "Write a headline or a text."
    if len(words.headline) > HEADLINE_LONGEST:
        return f"The headline has {len(words.headline)} characters; the limit is 200."
    if len(words.text) > TEXT_LONGEST:
        return f"The text has {len(words.text):,} characters; the limit is {TEXT_LONGEST:,}."
    return ""
