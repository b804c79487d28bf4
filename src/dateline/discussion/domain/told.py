"""What a person is told of their comments and of decisions about them: for their eyes only."""

from dataclasses import dataclass
from datetime import datetime

from dateline.discussion.domain.rows import OwnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTold:
    """The one appeal against a decision. `upheld` is None while nobody has answered."""

    text: str
    at: datetime
    upheld: bool | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentTold:
    """One own comment with its title and story, and what can be done about what became of it.

    `headline` and `address` are empty where readers do not see the story any more. `by_notice` says
    that somebody gave notice that it is against the law.
    """

    comment: OwnRow
    masthead: str
    headline: str
    address: str
    appeal: AppealTold | None
    may_appeal: bool
    by_notice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTold:
    """One decision about the person. `masthead` is empty where it holds for the network."""

    decision_id: int
    verb: str
    masthead: str
    rule: int | None
    reason: str
    until: datetime | None
    at: datetime
    appeal: AppealTold | None
    may_appeal: bool
