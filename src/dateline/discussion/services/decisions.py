"""What moderators decide over a comment; each decision is kept with who, why, rule and text."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import Clash, NothingToDecide, NotYours
from dateline.discussion.domain.status import Status, Verb, rule_text
from dateline.discussion.events import CommentDecided
from dateline.discussion.queries import people
from dateline.discussion.services.standing import change_status
from dateline.discussion.services.writing import lock_comment
from dateline.outbox import services as outbox

UNDOABLE = {Verb.HELD, Verb.APPROVED, Verb.REMOVED}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision's id, to undo it by, and the version the comment has now."""

    decision_id: int
    version: int


@transaction.atomic
def approve(comment_id: int, *, by: UUID, expected: int, at: datetime | None = None) -> Decided:
    """Let readers see a comment that was held, reported or removed. Its reports are answered.

    `by` must moderate its masthead. `expected` is the comment's version as the moderator saw it.
    `at` is aware UTC.

    Raises:
        NothingToDecide: no such comment, or its author deleted it.
        NotYours: `by` does not moderate that masthead.
        Clash: somebody decided, or the author wrote, since the moderator looked.

    """
    return _decide(comment_id, Verb.APPROVED, Status.VISIBLE, by=by, expected=expected, at=at)


@transaction.atomic
def hold(
    comment_id: int, *, by: UUID, expected: int, reason: str = "", at: datetime | None = None
) -> Decided:
    """Take a comment from readers until somebody decides. Else as `approve`."""
    return _decide(
        comment_id, Verb.HELD, Status.HELD, by=by, expected=expected, reason=reason, at=at
    )


@transaction.atomic
def remove(
    comment_id: int,
    *,
    by: UUID,
    expected: int,
    rule: int,
    reason: str = "",
    at: datetime | None = None,
) -> Decided:
    """Take a comment from readers; where others answered it, a tombstone stays in its place.

    `rule` is the number of a house rule; `reason` is added for the author, who is told both.
    Else as `approve`.

    Raises:
        ValueError: there is no such rule.

    """
    rule_text(rule)
    return _decide(
        comment_id, Verb.REMOVED, Status.REMOVED,
        by=by, expected=expected, rule=rule, reason=reason, at=at,
    )  # fmt: skip


@transaction.atomic
def undo(decision_id: int, *, by: UUID, at: datetime | None = None) -> Decided:
    """Give a comment back the status it had before its latest decision, and reopen its reports.

    Raises:
        NothingToDecide: no such decision, one of another kind, or the author deleted the comment.
        NotYours: `by` does not moderate that masthead.
        Clash: another decision, or another text, came after it.

    """
    at = at or clock.now()
    wanted = models.Decision.objects.filter(pk=decision_id, verb__in=UNDOABLE).first()
    if wanted is None or wanted.comment_id is None:
        raise NothingToDecide(f"There is no decision {decision_id} that can be undone.")
    comment = lock_comment(wanted.comment_id)
    _may_decide(comment, by)
    latest = comment.decisions.order_by("-pk").first()
    if latest is None or latest.pk != decision_id or latest.revision != comment.revision:
        raise Clash(_whats_new(comment))
    reopened = comment.reported.filter(answered_at=wanted.at).update(answered_at=None)
    comment.reports += reopened
    return carry_out(comment, Verb.UNDONE, Status(wanted.was), by=by, at=at)


@transaction.atomic
def feature(
    comment_id: int, *, by: UUID, expected: int, on: bool = True, at: datetime | None = None
) -> Decided:
    """Mark a visible comment as one the editors point to, or, with `on` false, no longer.

    Raises:
        NothingToDecide: readers do not see it.
        NotYours, Clash: as for `approve`.

    """
    at = at or clock.now()
    comment = _found(comment_id, by=by, expected=expected)
    if comment.status != Status.VISIBLE:
        raise NothingToDecide(f"Readers do not see comment {comment_id}. Approve it first.")
    comment.featured_at = at if on else None
    verb = Verb.FEATURED if on else Verb.UNFEATURED
    return carry_out(comment, verb, Status.VISIBLE, by=by, at=at)


def _decide(
    comment_id: int,
    verb: Verb,
    status: Status,
    *,
    by: UUID,
    expected: int,
    rule: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Decided:
    at = at or clock.now()
    comment = _found(comment_id, by=by, expected=expected)
    comment.reported.filter(answered_at=None).update(answered_at=at)
    comment.reports = 0
    return carry_out(comment, verb, status, by=by, rule=rule, reason=reason, at=at)


def _found(comment_id: int, *, by: UUID, expected: int) -> models.Comment:
    comment = lock_comment(comment_id)
    _may_decide(comment, by)
    if comment.version != expected:
        raise Clash(_whats_new(comment))
    return comment


def _may_decide(comment: models.Comment, by: UUID) -> None:
    must_moderate(by, comment.thread.masthead_id)
    if comment.status == Status.DELETED:
        raise NothingToDecide(f"The author of comment {comment.pk} deleted it.")


def must_moderate(user_id: UUID, masthead_id: int | None) -> None:
    """Stop whoever does not moderate this masthead, or, for None, the whole network.

    Raises:
        NotYours: always then; the message says which masthead it is about.

    """
    if not people.moderates(user_id, masthead_id):
        where = f"masthead {masthead_id}" if masthead_id else "the network"
        raise NotYours(f"You do not moderate {where}. Ask who does.")


def _whats_new(comment: models.Comment) -> str:
    latest = comment.decisions.select_related("by").order_by("-pk").first()
    if latest and latest.revision == comment.revision:
        named = people.names_of([latest.by_id])
        name = named[latest.by_id] if latest.by_id else "A rule"
        return (
            f"{name} decided before you, at {latest.at:%H:%M:%S} UTC: {latest.verb}. "
            f"It is {comment.status} now; look again."
        )
    return f"Comment {comment.pk} changed since you looked. It is {comment.status}; look again."


def carry_out(
    comment: models.Comment,
    verb: Verb,
    status: Status,
    *,
    by: UUID | None,
    at: datetime,
    rule: int | None = None,
    reason: str = "",
) -> Decided:
    """Give a locked comment a status by a decision; `by` None: nobody's, a rule's own."""
    was = Status(comment.status)
    change_status(comment, status, at=at)
    comment.version += 1
    comment.save(update_fields=["status", "version", "reports", "featured_at"])
    decision = note(
        comment, verb, was=was, by=by, rule=rule, reason=reason, automatic=by is None, at=at
    )
    outbox.record(
        CommentDecided(
            comment_id=comment.pk, story_id=comment.thread.story_id,
            masthead_id=comment.thread.masthead_id, decision_id=decision.pk, verb=verb,
            was=was, status=status, rule=rule, by=str(by or ""), at=at,
        )
    )  # fmt: skip
    return Decided(decision.pk, comment.version)


def note(
    comment: models.Comment,
    verb: Verb,
    *,
    was: Status,
    at: datetime,
    by: UUID | None = None,
    rule: int | None = None,
    reason: str = "",
    automatic: bool = False,
) -> models.Decision:
    """Keep one decision over a comment as it is now. `was` is its status before."""
    return models.Decision.objects.create(
        comment=comment, reader_id=comment.author_id, masthead_id=comment.thread.masthead_id,
        verb=verb, by_id=by, automatic=automatic, reason=reason, rule=rule,
        revision=comment.revision, was=was, became=comment.status, at=at,
    )  # fmt: skip
