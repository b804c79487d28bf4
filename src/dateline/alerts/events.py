"""What happened in the room for alerts. Ids and moments only: whoever hears it reads the rest.

People are the text of their UUID; an empty `by` is the clock, or a change of the story itself.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAsked:
    """A breaking alert was written and waits for a second person."""

    name: ClassVar[str] = "alert.asked"
    alert_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMailAsked:
    """Somebody typed an address that is to get alerts by mail; its owner has not confirmed.

    `person` is a subscriber of the newsletters; of topic and story at most one is not 0.
    """

    name: ClassVar[str] = "alert_mail.asked"
    person: int
    masthead_id: int
    topic_id: int
    story_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchMailAsked:
    """Somebody typed an address that is to get new hits of a search; its owner has not confirmed.

    Who has it already is asked again, and nothing changes until they say yes.
    """

    name: ClassVar[str] = "search_mail.asked"
    saved_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertReleased:
    """An alert may leave. Pages of its story must be new before the first push does."""

    name: ClassVar[str] = "alert.released"
    alert_id: int
    story_id: int
    masthead_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWithdrawn:
    """An alert was taken back: what has not left stays, what was shown is replaced."""

    name: ClassVar[str] = "alert.withdrawn"
    alert_id: int
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertersChanged:
    """Somebody sends alerts of a masthead from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "alerters.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime
