"""Vote on a comment, and report one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain import ranks
from dateline.discussion.domain.errors import NothingToDecide, VoteRefused
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.status import Door, ReportReason, Status, Verb
from dateline.discussion.domain.text import typed
from dateline.discussion.events import CommentReported, CommentVoted
from dateline.discussion.queries.weights import reader_counts
from dateline.discussion.services.decisions import note
from dateline.discussion.services.standing import change_status, move
from dateline.discussion.services.writing import Room, lock_comment, room_of
from dateline.outbox import services as outbox
from dateline.prepared import Change, Insert, Prepared

NOTE_LONGEST = 1_000  # characters of a report's own words

_mine: Prepared[models.Vote] = Prepared(
    lambda *, comment, user: models.Vote.objects.filter(comment_id=comment, user_id=user)
)
_cast = Insert(models.Vote)
_turned = Change(models.Vote, "value", "at", "counts")
_tallied = Change(models.Comment, "ups", "downs")
_moved = Change(models.Thread, "moves")


@dataclass(frozen=True, slots=True)
class Voted:
    """What the comment's votes are now; `counts` false: this one is kept, and moved nothing."""

    ups: int
    downs: int
    value: int
    counts: bool = True


@transaction.atomic
def vote(comment_id: int, *, by: UUID, value: int, at: datetime | None = None) -> Voted:
    """Set what a reader thinks of a comment: -1, +1, or 0 to take it back.

    `at` is aware UTC. The comment's place in the best order moves with it at once, unless the house
    weighs votes (`House.weigh_after_hours`) and this reader's count for nothing yet.

    Raises:
        VoteRefused: it is their own, the thread is closed, or this title has no votes against.
        NothingToDecide: readers do not see the comment.
        ThreadUnavailable: readers do not see the story there now.
        ValueError: `value` is none of the three.

    """
    if value not in {-1, 0, 1}:
        raise ValueError(f"{value!r} is no vote. Give -1, 0 or 1.")
    at = at or clock.now()
    comment = lock_comment(comment_id)
    room = room_of(comment.thread, at=at)
    _may_vote(comment, room, by, value)
    before = next(iter(_mine(comment=comment_id, user=by)), None)
    mine = before or models.Vote(comment=comment, user_id=by, value=0)
    was, mine.value, mine.at = mine.value, value, at
    if before is None or was != value:
        weighed = was if mine.counts else 0
        mine.counts = reader_counts(by, room.house, at=at)
        (_turned if before else _cast)(mine)
        _counted(comment, weighed, value if mine.counts else 0, at=at)
    return Voted(comment.ups, comment.downs, value, mine.counts)


def _may_vote(comment: models.Comment, room: Room, by: UUID, value: int) -> None:
    if comment.status != Status.VISIBLE:
        raise NothingToDecide(f"Comment {comment.number} is not here any more.")
    if comment.author_id == by:
        raise VoteRefused("You cannot vote on your own comment.")
    if room.door.door is Door.CLOSED:
        raise VoteRefused(room.door.why)
    if value < 0 and not room.house.down_votes:
        raise VoteRefused("This title takes no votes against a comment. You can report it.")


def _counted(comment: models.Comment, was: int, value: int, *, at: datetime) -> None:
    comment.ups += (value > 0) - (was > 0)
    comment.downs += (value < 0) - (was < 0)
    _tallied(comment)
    thread = comment.thread
    move(comment, Order.BEST, ranks.best(comment.ups, comment.downs, comment.number), at=at)
    _moved(thread)
    outbox.record(
        CommentVoted(
            comment_id=comment.pk, story_id=thread.story_id, masthead_id=thread.masthead_id,
            value=value, was=was, at=at,
        )
    )  # fmt: skip


@transaction.atomic
def report(
    comment_id: int,
    *,
    by: UUID,
    reason: ReportReason,
    text: str = "",
    at: datetime | None = None,
) -> Status:
    """Tell the moderators of a comment; return its status. Once for each reader.

    Where House.hold_at_reports readers whose reports count did, and nobody answered, it is held.
    `text` is the reader's own words, at most NOTE_LONGEST characters. `at` is aware UTC.

    Raises:
        NothingToDecide: readers do not see the comment, or `text` is too long.
        ThreadUnavailable: readers do not see the story there now.

    """
    text = typed(text)
    if len(text) > NOTE_LONGEST:
        raise NothingToDecide(
            f"That is {len(text):,} characters; the limit is {NOTE_LONGEST:,}. "
            "Your text is still here."
        )
    at = at or clock.now()
    comment = lock_comment(comment_id)
    room = room_of(comment.thread, at=at)
    if comment.status != Status.VISIBLE:
        raise NothingToDecide(f"Comment {comment.number} is not here any more.")
    if not comment.reported.filter(reporter_id=by).exists():
        comment.reported.create(
            reporter_id=by, reason=reason, note=text, revision=comment.revision, at=at,
            counts=reader_counts(by, room.house, at=at),
        )  # fmt: skip
        _reported(comment, room.house, reason, at=at)
    return Status(comment.status)


def _enough_reports(comment: models.Comment, house: models.House) -> int:
    """How many reports that count hold a comment now; 0 where they do not."""
    needed = house.hold_at_reports
    if not needed or comment.reports < needed:
        return 0
    weighty = comment.reported.filter(answered_at=None, counts=True).count()
    return weighty if weighty >= needed else 0


def _reported(
    comment: models.Comment, house: models.House, reason: ReportReason, *, at: datetime
) -> None:
    was = Status(comment.status)
    comment.reports += 1
    if weighty := _enough_reports(comment, house):
        change_status(comment, Status.HELD, at=at)
        comment.version += 1
        said = f"{weighty} readers reported it."
        note(comment, Verb.HELD, was=was, automatic=True, reason=said, at=at)
    comment.save(update_fields=["reports", "status", "version"])
    outbox.record(
        CommentReported(
            comment_id=comment.pk, story_id=comment.thread.story_id,
            masthead_id=comment.thread.masthead_id, reason=reason, was=was,
            status=comment.status, at=at,
        )
    )  # fmt: skip
