"""What happened to polls. Ids and moments only: whoever hears it reads the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PollChanged:
    """A poll was made, or its question, answers or times changed."""

    name: ClassVar[str] = "poll.changed"
    poll_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoted:
    """Somebody voted, or changed their vote. Nothing says who, or for what."""

    name: ClassVar[str] = "poll.voted"
    poll_id: int
    at: datetime
