"""What happened in the discussion room. Ids and moments only: whoever hears it reads the rest.

People are the text of their UUID. `masthead_id` is None where a fact holds for the whole network.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPosted:
    """A reader's comment was stored; `status` is visible or held. `at` is aware UTC."""

    name: ClassVar[str] = "comment.posted"
    comment_id: int
    story_id: int
    masthead_id: int
    author_id: str
    answers_id: int | None
    status: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEdited:
    """An author changed a comment; `was` and `status` are what it was and is."""

    name: ClassVar[str] = "comment.edited"
    comment_id: int
    story_id: int
    masthead_id: int
    revision: int
    was: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDeleted:
    """An author took a comment back: no reader may see its text any more."""

    name: ClassVar[str] = "comment.deleted"
    comment_id: int
    story_id: int
    masthead_id: int
    was: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentVoted:
    """A reader's vote on a comment is now `value`, and was `was`: -1, 0 or +1."""

    name: ClassVar[str] = "comment.voted"
    comment_id: int
    story_id: int
    masthead_id: int
    value: int
    was: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReported:
    """A reader reported a comment; `was` and `status` differ where that held it."""

    name: ClassVar[str] = "comment.reported"
    comment_id: int
    story_id: int
    masthead_id: int
    reason: str
    was: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDecided:
    """A moderator held, approved, removed or featured a comment, or undid that."""

    name: ClassVar[str] = "comment.decided"
    comment_id: int
    story_id: int
    masthead_id: int
    decision_id: int
    verb: str
    was: str
    status: str
    rule: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderJudged:
    """A reader was warned, suspended (until a moment) or banned, or that was lifted."""

    name: ClassVar[str] = "reader.judged"
    reader_id: str
    masthead_id: int | None
    decision_id: int
    verb: str
    until: datetime | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderForgotten:
    """A reader's comments lost their name, and their text where `with_text`."""

    name: ClassVar[str] = "reader.forgotten"
    reader_id: str
    with_text: bool
    threads: tuple[tuple[int, int], ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAppealed:
    """A reader asked that a decision about them be looked at again."""

    name: ClassVar[str] = "decision.appealed"
    appeal_id: int
    decision_id: int
    masthead_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided:
    """An appeal was answered. Where `upheld`, the decision it was against is undone."""

    name: ClassVar[str] = "appeal.decided"
    appeal_id: int
    decision_id: int
    comment_id: int | None
    story_id: int | None
    masthead_id: int | None
    upheld: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderMuted:
    """A reader muted another one, or, with `on` false, wants to read them again."""

    name: ClassVar[str] = "reader.muted"
    reader_id: str
    muted_id: str
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadFollowed:
    """A reader wants to hear of a thread, or, with `on` false, no longer."""

    name: ClassVar[str] = "thread.followed"
    story_id: int
    masthead_id: int
    reader_id: str
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDoorChanged:
    """A moderator opened, held or closed a thread; an empty `door` leaves it to the house."""

    name: ClassVar[str] = "thread.door_changed"
    story_id: int
    masthead_id: int
    door: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseChanged:
    """What a masthead asks of comments changed."""

    name: ClassVar[str] = "house.changed"
    masthead_id: int
    fields: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WordListChanged:
    """Words were listed, or taken off a list."""

    name: ClassVar[str] = "words.changed"
    masthead_id: int | None
    added: int
    dropped: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratorsChanged:
    """Somebody moderates a masthead from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "moderators.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven:
    """Somebody told us that something is against the law (DSA 16)."""

    name: ClassVar[str] = "notice.given"
    notice_id: int
    masthead_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDecided:
    """A moderator decided over a notice: `outcome` is acted or kept."""

    name: ClassVar[str] = "notice.decided"
    notice_id: int
    masthead_id: int
    outcome: str
    by: str
    at: datetime
