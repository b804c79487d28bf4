"""What happened to the blocks of the network. Ids and moments only: hearers read the rest.

People are the text of their UUID.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """An editor pinned, boosted or banned a story in one masthead's block. `until` is UTC."""

    name: ClassVar[str] = "trending_rule.set"
    masthead_id: int
    story_id: int
    kind: str
    until: datetime
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEnded:
    """A pin, boost or ban holds no longer, before its moment."""

    name: ClassVar[str] = "trending_rule.ended"
    masthead_id: int
    story_id: int
    kind: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineTestStarted:
    """Lists of one masthead try other headlines of a story from now on, until `until`, UTC."""

    name: ClassVar[str] = "headline_test.started"
    test_id: int
    masthead_id: int
    story_id: int
    until: datetime
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineTestEnded:
    """Lists of one masthead show one headline from now on; 0 is the story's own.

    `how` is decided, over, chosen or story; `by` is empty for what happened by itself.
    """

    name: ClassVar[str] = "headline_test.ended"
    test_id: int
    masthead_id: int
    story_id: int
    how: str
    chosen: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratorsChanged:
    """Somebody steers a masthead's block from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "curators.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime
