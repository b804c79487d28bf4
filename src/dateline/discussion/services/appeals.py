"""Appeal against a decision, once, and answer an appeal (DSA 17 and 20)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide, NotYours
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.domain.text import LONGEST, SHORTEST, typed
from dateline.discussion.events import AppealDecided, DecisionAppealed
from dateline.discussion.services.decisions import must_moderate, note
from dateline.discussion.services.standing import change_status
from dateline.discussion.services.writing import lock_comment
from dateline.outbox import services as outbox

APPEALABLE = {Verb.HELD, Verb.REMOVED, Verb.WARNED, Verb.SUSPENDED, Verb.BANNED}
FROM_READERS = {Status.HELD, Status.REMOVED}


@transaction.atomic
def appeal(decision_id: int, *, by: UUID, text: str, at: datetime | None = None) -> int:
    """Ask that a decision be looked at again; return the appeal's id.

    Only whom the decision is about may, and once. `text` has 1 to 5,000 characters. `at` is aware
    UTC.

    Raises:
        NothingToDecide: no such decision, one of another kind, appealed before, or no fit text.
        NotYours: the decision is about somebody else.

    """
    at = at or clock.now()
    text = typed(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise NothingToDecide(
            f"Say why in {SHORTEST} to {LONGEST:,} characters; these are {len(text):,}. "
            "Your text is still here."
        )
    asked = models.Decision.objects.select_for_update().filter(pk=decision_id)
    decision = asked.filter(verb__in=APPEALABLE).first()
    if decision is None:
        raise NothingToDecide(f"There is no decision {decision_id} that can be appealed.")
    if decision.reader_id != by:
        raise NotYours(f"Decision {decision_id} is about somebody else.")
    if models.Appeal.objects.filter(decision=decision).exists():
        raise NothingToDecide("You appealed before. There is one appeal for each decision.")
    row = models.Appeal.objects.create(decision=decision, text=text, at=at)
    outbox.record(
        DecisionAppealed(
            appeal_id=row.pk, decision_id=decision.pk, masthead_id=decision.masthead_id, at=at
        )
    )
    return row.pk


@transaction.atomic
def decide_appeal(
    appeal_id: int, *, by: UUID, upheld: bool, answer: str, at: datetime | None = None
) -> None:
    """Answer an appeal. Where it is upheld, what the decision did is taken back.

    `answer` is for the reader. `at` is aware UTC. A comment its author deleted meanwhile stays so.

    Raises:
        NothingToDecide: no such appeal, it was answered before, or there is no answer.
        NotYours: `by` does not moderate there.

    """
    at = at or clock.now()
    if not answer.strip():
        raise NothingToDecide("An appeal needs an answer for the reader.")
    found = models.Appeal.objects.select_for_update(of=("self",)).select_related("decision")
    row = found.filter(pk=appeal_id).first()
    if row is None:
        raise NothingToDecide(f"There is no appeal {appeal_id}.")
    decision = row.decision
    must_moderate(by, decision.masthead_id)
    if row.decided_at:
        raise NothingToDecide(f"It was answered at {row.decided_at:%H:%M UTC, %d %B}.")
    row.decided_at, row.decided_by_id, row.upheld, row.answer = at, by, upheld, answer
    row.save()
    story_id = _answered(decision, by=by, upheld=upheld, answer=answer, at=at)
    outbox.record(
        AppealDecided(
            appeal_id=row.pk, decision_id=decision.pk, comment_id=decision.comment_id,
            story_id=story_id, masthead_id=decision.masthead_id, upheld=upheld, by=str(by), at=at,
        )
    )  # fmt: skip


def _answered(
    decision: models.Decision, *, by: UUID, upheld: bool, answer: str, at: datetime
) -> int | None:
    """Keep the answer in the log, and take back what it overturns; the story it was about."""
    verb = Verb.APPEAL_UPHELD if upheld else Verb.APPEAL_REFUSED
    if decision.comment_id is None:
        if upheld:
            _reinstated(decision)
        models.Decision.objects.create(
            reader_id=decision.reader_id, masthead_id=decision.masthead_id, verb=verb, by_id=by,
            reason=answer, at=at,
        )  # fmt: skip
        return None
    comment = lock_comment(decision.comment_id)
    was = Status(comment.status)
    if upheld and was in FROM_READERS:
        change_status(comment, Status.VISIBLE, at=at)
        comment.version += 1
        comment.save(update_fields=["status", "version"])
    note(comment, verb, was=was, by=by, reason=answer, at=at)
    return comment.thread.story_id


def _reinstated(decision: models.Decision) -> None:
    ended = {
        Verb.WARNED: "warned_at",
        Verb.SUSPENDED: "suspended_until",
        Verb.BANNED: "banned_at",
    }[Verb(decision.verb)]
    mine = models.Standing.objects.filter(
        Q(user_id=decision.reader_id, masthead_id=decision.masthead_id)
    )
    mine.update(**{ended: None})
