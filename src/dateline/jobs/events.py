"""What happened in the room for jobs. Ids and moments only: whoever hears it reads the rest.

People are the text of their UUID; an empty `by` is the clock or the command line.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingChanged:
    """A job was added, changed or opened again by the desk."""

    name: ClassVar[str] = "job.changed"
    listing_id: int
    masthead_id: int
    verb: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingClosed:
    """A job was taken off the board by the desk: its page answers 410."""

    name: ClassVar[str] = "job.closed"
    listing_id: int
    masthead_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFeedTaken:
    """A file of jobs was taken in. `closed` is how many jobs are over because it left them out."""

    name: ClassVar[str] = "job_feed.taken"
    import_id: int
    masthead_id: int
    added: int
    changed: int
    closed: int
    refused: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardKeepersChanged:
    """Somebody keeps a masthead's job board from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "job_keepers.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChanged:
    """A weekly series of jobs was started or changed."""

    name: ClassVar[str] = "job_series.changed"
    series_id: int
    masthead_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekWritten:
    """A series wrote the draft of a week, or, where `story_id` is None, found no jobs for it."""

    name: ClassVar[str] = "job_week.written"
    series_id: int
    masthead_id: int
    year: int
    week: int
    story_id: int | None
    jobs: int
    by: str
    at: datetime
