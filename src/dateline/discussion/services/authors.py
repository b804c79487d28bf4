"""What authors do with their own comments: change one, delete one, leave."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import CommentRefused, NothingToDecide, NotYours
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.domain.text import SANITISER, fingerprint, html_of, typed
from dateline.discussion.events import CommentDeleted, CommentEdited, ReaderForgotten
from dateline.discussion.phases import PHASES_OF_AN_EDIT
from dateline.discussion.phases.case import Answer, Case, judge
from dateline.discussion.queries import people, words
from dateline.discussion.services import outside
from dateline.discussion.services.decisions import note
from dateline.discussion.services.posting import SCORERS, WAITS, Posted, author_facts, house_rules
from dateline.discussion.services.standing import change_status
from dateline.discussion.services.writing import (
    Room,
    lock_comment,
    room_of,
)
from dateline.outbox import services as outbox

IN_PLAY = {Status.VISIBLE, Status.HELD}


@transaction.atomic
def edit_comment(comment_id: int, *, by: UUID, text: str, at: datetime | None = None) -> Posted:
    """Give an author's own comment another text, within House.edit_minutes; keep the old one.

    The new text passes the phases that judge a text; what they hold, waits again. `at` is aware
    UTC.

    Raises:
        NotYours: somebody else wrote it.
        NothingToDecide: it is removed or deleted, or the time is over.
        CommentRefused: a phase said no; the message is for the author, whose text is not stored.
        ThreadUnavailable: readers do not see the story there now.

    """
    at = at or clock.now()
    text = typed(text)
    comment = _own(comment_id, by)
    room = room_of(comment.thread, at=at)
    _may_edit(comment, room, at=at)
    if text == comment.text:
        return Posted(comment.pk, comment.number, Status(comment.status), "", again=True)
    may_ask = outside.may_ask_again(comment)
    held, why = _passes(comment, room, text, at=at)
    was = Status(comment.status)
    _replaced(comment, text, at=at)
    if held and was == Status.VISIBLE:
        change_status(comment, Status.HELD, at=at)
        note(comment, Verb.HELD, was=was, automatic=True, reason=why, at=at)
    comment.version += 1
    comment.save()
    if may_ask and comment.status == Status.HELD:
        outside.note_question(comment, at=at)
    outbox.record(
        CommentEdited(
            comment_id=comment.pk, story_id=comment.thread.story_id,
            masthead_id=comment.thread.masthead_id, revision=comment.revision,
            was=was, status=comment.status, at=at,
        )
    )  # fmt: skip
    waits = WAITS if comment.status == Status.HELD else ""
    return Posted(comment.pk, comment.number, Status(comment.status), waits)


def _own(comment_id: int, by: UUID) -> models.Comment:
    comment = lock_comment(comment_id)
    if comment.author_id != by:
        raise NotYours(f"Comment {comment.number} is somebody else's.")
    if comment.status not in IN_PLAY:
        raise NothingToDecide(f"Comment {comment.number} is {comment.status} already.")
    return comment


def _may_edit(comment: models.Comment, room: Room, *, at: datetime) -> None:
    minutes = room.house.edit_minutes
    if at >= comment.created_at + timedelta(minutes=minutes):
        raise NothingToDecide(
            f"A comment can be changed for {minutes} minutes. Delete it, or answer it. "
            "Your text is still here."
        )


def _passes(comment: models.Comment, room: Room, text: str, *, at: datetime) -> tuple[bool, str]:
    """Whether the new text is held, and why; a refusal is raised."""
    masthead_id = comment.thread.masthead_id
    mine = models.Standing.objects.filter(Q(user_id=comment.author_id))
    case = Case(
        text=text,
        at=at,
        door=room.door,
        author=author_facts([m for m in mine if m.masthead_id in {None, masthead_id}], []),
        rules=house_rules(room.house),
        words=words.word_list(masthead_id, room.house.words_version),
        scorers=SCORERS,
        asks_outside=outside.service() is not None,
    )
    found = judge(case, PHASES_OF_AN_EDIT)
    if found.answer is Answer.REFUSE:
        raise CommentRefused(found.reasons[0], phase=found.decisive)
    comment.ran = [list(ran) for ran in found.ran]
    held = found.answer is Answer.HOLD
    author: UUID = comment.author_id  # type: ignore[assignment]  # `_own` has compared it
    return held and not people.moderates(author, masthead_id), " ".join(found.reasons)


def _replaced(comment: models.Comment, text: str, *, at: datetime) -> None:
    comment.revisions.create(number=comment.revision, text=comment.text, until=at)
    comment.revision += 1
    comment.text, comment.html, comment.sanitiser = text, html_of(text), SANITISER
    comment.fingerprint, comment.edited_at = fingerprint(text), at


@transaction.atomic
def delete_own(comment_id: int, *, by: UUID, at: datetime | None = None) -> None:
    """Take an author's own comment back for good; where others answered, a tombstone stays.

    Its text is kept as a revision for moderators, who may have to answer a report of it; nobody
    else can read it, and `forget_reader` erases it. `at` is aware UTC.

    Raises:
        NotYours: somebody else wrote it.
        NothingToDecide: it is removed or deleted already.

    """
    at = at or clock.now()
    comment = _own(comment_id, by)
    was = Status(comment.status)
    comment.revisions.create(number=comment.revision, text=comment.text, until=at)
    change_status(comment, Status.DELETED, at=at)
    comment.revision += 1
    comment.version += 1
    _emptied(comment)
    comment.save()
    outbox.record(
        CommentDeleted(
            comment_id=comment.pk, story_id=comment.thread.story_id,
            masthead_id=comment.thread.masthead_id, was=was, at=at,
        )
    )  # fmt: skip


def _emptied(comment: models.Comment) -> None:
    comment.text = comment.html = comment.quote = comment.fingerprint = ""
    comment.featured_at = None


@transaction.atomic
def forget_reader(reader_id: UUID, *, with_text: bool, at: datetime | None = None) -> int:
    """Take a leaving reader's name off their comments, and with `with_text` their words too.

    Threads hold together: what others answered stays as a tombstone, or without a name. Return how
    many comments there were. Votes count on, without a name. Safe to run twice. (GDPR 17.)
    """
    at = at or clock.now()
    threads: set[tuple[int, int]] = set()
    mine = models.Comment.objects.filter(author_id=reader_id).order_by("thread_id", "pk")
    ids = list(mine.values_list("pk", flat=True))
    for pk in ids:
        comment = lock_comment(pk)
        threads.add((comment.thread.story_id, comment.thread.masthead_id))
        comment.author_id, comment.key = None, None
        if with_text:
            change_status(comment, Status.DELETED, at=at)
            comment.revisions.all().delete()
            _emptied(comment)
        comment.version += 1
        comment.save()
    if with_text:
        models.Comment.objects.filter(answers_id__in=ids).update(quote="")
    models.Vote.objects.filter(user_id=reader_id).update(user=None)
    models.Report.objects.filter(reporter_id=reader_id).update(reporter=None)
    outbox.record(
        ReaderForgotten(
            reader_id=str(reader_id), with_text=with_text, threads=tuple(sorted(threads)), at=at
        )
    )
    return len(ids)
