"""What happened to a story. Ids and moments only: whoever hears it reads the rest afresh.

A fact that gave readers another text also says how far that reaches, which only the transaction
that made it could see: `card_changed` whether lists show something else of the story, `lists` the
edge tags of those whose membership or order changed, None where that is not known, and `closed`
whether readers of some place may no longer see it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPublished:
    """A story became public on these mastheads. `at` is aware UTC."""

    name: ClassVar[str] = "story.published"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str
    card_changed: bool = True
    lists: tuple[str, ...] | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUpdated:
    """A public story got a new text or new placements, with nothing to correct."""

    name: ClassVar[str] = "story.updated"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str
    version: int
    card_changed: bool = True
    lists: tuple[str, ...] | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCorrected:
    """Readers got a new text and are told why. `kind` is correction or clarification."""

    name: ClassVar[str] = "story.corrected"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str
    version: int
    correction_id: int
    kind: str
    card_changed: bool = True
    lists: tuple[str, ...] | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWithdrawn:
    """A public story was taken down, not killed. `expired` when its time ran out."""

    name: ClassVar[str] = "story.withdrawn"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str
    reason: str
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDemandTold:
    """Readers are told of a legal demand against a withheld story, or told in other words."""

    name: ClassVar[str] = "story.legal_demand_told"
    story_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKilled:
    """A story must vanish: page, lists, feeds, mail not yet sent, cached copies, pictures."""

    name: ClassVar[str] = "story.killed"
    story_id: int
    masthead_ids: tuple[int, ...]
    report_id: int
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReinstated:
    """A kill was lifted. The story is a draft again until someone publishes it."""

    name: ClassVar[str] = "story.reinstated"
    story_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryScheduled:
    """A story will be published by itself at `go_live_at`, aware UTC."""

    name: ClassVar[str] = "story.scheduled"
    story_id: int
    at: datetime
    by: str
    go_live_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEmbargoed:
    """A story may not be shown before `until`; None lifts the embargo. Covers every version."""

    name: ClassVar[str] = "story.embargoed"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged:
    """The name, role or portrait of a person over stories changed. `at` is aware UTC."""

    name: ClassVar[str] = "person.changed"
    person_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChanged:
    """A topic got another name or address, or was taken away. `at` is aware UTC."""

    name: ClassVar[str] = "topic.changed"
    topic_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTermsChanged:
    """What the agency allows for a public story changed: embargo, rights, terms, or for whom."""

    name: ClassVar[str] = "story.terms_changed"
    story_id: int
    masthead_ids: tuple[int, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntryPosted:
    """A live blog got an entry. `began` is whether it is the first."""

    name: ClassVar[str] = "live.entry_posted"
    story_id: int
    entry_id: int
    at: datetime
    by: str
    began: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntryChanged:
    """An entry got other words, or became or ceased to be the pinned one or a key event."""

    name: ClassVar[str] = "live.entry_changed"
    story_id: int
    entry_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntryWithdrawn:
    """Readers may no longer see an entry."""

    name: ClassVar[str] = "live.entry_withdrawn"
    story_id: int
    entry_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMoved:
    """A live blog was closed, or opened again. `open` is whether it takes entries now."""

    name: ClassVar[str] = "live.coverage_moved"
    story_id: int
    at: datetime
    by: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySeriesChanged:
    """A series was added, changed or taken away. `mastheads` are ids: where it was, and is."""

    name: ClassVar[str] = "story_series.changed"
    series_id: int
    mastheads: tuple[int, ...]
    by: str
    at: datetime
