"""What pages and the desk are told of comments: frozen, and nothing a reader may not see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.status import Status
from dateline.discussion.domain.threads import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One comment of a thread as readers see it. `html` is safe; moments are aware UTC.

    A tombstone (any status but visible) has no author, text, quote or votes; one that a moderator
    removed has the number of the house rule. `staff` says that somebody of the newsroom speaks.
    `score` is (ups, downs), or None while the title does not show it. `answers` is the number of
    the comment it replies to. `more` counts visible replies that are not on this page; `more_after`
    asks for them.
    """

    id: int
    number: int
    depth: int
    answers: int | None
    status: Status
    author_id: UUID | None = None
    author: str = ""
    staff: bool = False
    rule: int | None = None
    html: str = ""
    quote: str = ""
    created_at: datetime
    edited_at: datetime | None = None
    score: tuple[int, int] | None = None
    featured: bool = False
    below: int = 0
    more: int = 0
    more_after: str = ""

    @property
    def tombstone(self) -> bool:
        """Whether only the place of the comment is left."""
        return self.status is not Status.VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """A page of a thread: each comment is followed by those of its replies that are shown.

    `count` is how many comments of the whole thread readers see. `after` asks for the next page,
    and is empty on the last one. `off` says that this title takes no comments, and that there is
    none here to read.
    """

    story_id: int
    masthead_id: int
    count: int
    door: Standing
    down_votes: bool
    order: Order
    rows: tuple[CommentRow, ...]
    after: str
    off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One comment on a member's page, with the story it stands under."""

    comment: CommentRow
    story_id: int
    headline: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One comment as its author sees it: what became of it, and why. `text` is as typed."""

    id: int
    number: int
    story_id: int
    masthead_id: int
    text: str
    status: Status
    created_at: datetime
    decision_id: int | None
    rule: int | None
    reason: str
    automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What one thread is to one reader, for their eyes only.

    `votes` are -1 or +1 by comment id; `own` the ids of their comments that readers see, `editable`
    the texts, as typed, of those they may still change. `muted` are the people they do not read,
    `follows` whether they hear of new comments. `waiting` are comments of theirs that others do not
    see, newest first.
    """

    reader_id: UUID
    votes: dict[int, int]
    own: frozenset[int]
    editable: dict[int, str]
    muted: frozenset[UUID]
    follows: bool
    waiting: tuple[OwnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One comment as a moderator sees it. `version` goes with the decision.

    `text` is as typed, to be escaped; `held_for` the rules' own reasons, `held_by` the same as
    (rule, reason); `reports` are (reason, note) of readers nobody has answered yet.
    """

    id: int
    number: int
    version: int
    story_id: int
    masthead_id: int
    author_id: UUID | None
    author: str
    text: str
    quote: str
    status: Status
    created_at: datetime
    ups: int
    downs: int
    held_for: tuple[str, ...]
    held_by: tuple[tuple[str, str], ...]
    reports: tuple[tuple[str, str], ...]
    revision: int
    featured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One line of the log over a comment."""

    id: int
    verb: str
    by: str
    reason: str
    rule: int | None
    revision: int | None
    was: str
    became: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """An appeal that waits for an answer. `text` is as typed.

    Of the decision: `reason`, `until`, who made it (`by`; empty: the rules) and `reader_id`, whom
    it is about.
    """

    id: int
    decision_id: int
    verb: str
    rule: int | None
    reason: str
    until: datetime | None
    by: str
    decided_at: datetime
    reader_id: UUID | None
    reader: str
    comment_id: int | None
    masthead_id: int | None
    text: str
    at: datetime
