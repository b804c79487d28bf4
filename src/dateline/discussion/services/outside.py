"""Ask the operator's own service about held comments, and do as it says. Never while one is stored.

A comment is stored held, with a note that it is to be asked about; the worker asks, with no
transaction open, then carries the answer out as one more automatic decision.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from dateline import clock
from dateline.discussion import models
from dateline.discussion.adapters import outside as adapter
from dateline.discussion.domain.outside import Said, Service, Verdict, silence
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.phases.case import Answer
from dateline.discussion.phases.outside import outside as phase
from dateline.discussion.services.decisions import carry_out
from dateline.discussion.services.writing import lock_comment

log = structlog.get_logger(__name__)

RULE = phase.__name__
LEASE_S = 10.0  # beyond the time limit; a dead process's questions are asked again then
WHAT = {
    Verdict.THROUGH: (Verb.PASSED, Status.VISIBLE),
    Verdict.HOLD: (Verb.HELD, Status.HELD),
    Verdict.REFUSE: (Verb.REMOVED, Status.REMOVED),
}
AS_A_RULE = {
    Verdict.THROUGH: Answer.ALLOW,
    Verdict.HOLD: Answer.HOLD,
    Verdict.REFUSE: Answer.REFUSE,
}


def service() -> Service | None:
    """The service that is set up, or None."""
    found: Service | None = settings.DATELINE_COMMENT_HOOK
    return found


def note_question(comment: models.Comment, *, at: datetime) -> None:
    """Have the service asked about a comment that its rule holds, as it is now."""
    if [RULE, Answer.HOLD.value] in [list(ran[:2]) for ran in comment.ran]:
        models.OutsideAsk.objects.update_or_create(
            comment=comment, defaults={"version": comment.version, "at": at, "leased_until": None}
        )


def may_ask_again(comment: models.Comment) -> bool:
    """Whether the service may let a comment through once its author has changed it.

    Not where a person or another rule holds it: then it waits for a person, whatever it says.
    """
    if comment.status == Status.VISIBLE:
        return True
    asked = models.OutsideAsk.objects.filter(comment=comment, version=comment.version)
    return asked.exists() and not _other_holds(comment)


def _other_holds(comment: models.Comment) -> list[str]:
    """Why other rules hold a comment."""
    return [ran[2] for ran in comment.ran if ran[0] != RULE and ran[1] == Answer.HOLD]


def ask_due(*, at: datetime | None = None) -> int:
    """Ask about the comments that wait for it, oldest first; return how many were dealt with.

    `at` is aware UTC. Several workers may run this.
    """
    asked, now = service(), at or clock.now()
    rows = _leased(asked, at=now) if asked else []
    if asked is None or not rows:
        return 0
    found = adapter.ask(asked, [_question(row.comment, row) for row in rows], at=now)
    said = [silence(asked, one) if isinstance(one, str) else one for one in found]
    _note_trouble(said, at=now)
    for row, answer in zip(rows, said, strict=True):
        _carry_out(row, answer, at=at or clock.now())
    return len(rows)


@transaction.atomic
def _leased(asked: Service, *, at: datetime) -> list[models.OutsideAsk]:
    free = models.OutsideAsk.objects.filter(Q(leased_until=None) | Q(leased_until__lt=at))
    ids = free.select_for_update(skip_locked=True).order_by("at").values_list("pk", flat=True)
    mine = models.OutsideAsk.objects.filter(pk__in=list(ids[: adapter.AT_ONCE]))
    mine.update(leased_until=at + timedelta(seconds=asked.limit_s + LEASE_S))
    whole = "comment__thread__masthead"
    return list(mine.select_related(whole).order_by("at", "pk"))


def _question(comment: models.Comment, row: models.OutsideAsk) -> dict[str, Any]:
    """What the service is told: the comment and where it stands, nothing of its author but an id.

    `id` and `version` are the same each time the same text is asked about.
    """
    return {
        "id": comment.pk,
        "version": row.version,
        "masthead": comment.thread.masthead.slug,
        "story": comment.thread.story_id,
        "author": str(comment.author_id) if comment.author_id else None,
        "answers": comment.answers_id,
        "quote": comment.quote,
        "text": comment.text,
        "posted_at": comment.created_at.isoformat(),
        "edited": comment.revision > 1,
        "held_by": [list(r[::2]) for r in comment.ran if r[1] == Answer.HOLD and r[0] != RULE],
    }


def _note_trouble(said: list[Said], *, at: datetime) -> None:
    """Keep for the desk that the service fails, or that it answers again."""
    failed = [one for one in said if one.failed]
    if not failed:
        if models.OutsideTrouble.objects.exists():
            models.OutsideTrouble.objects.all().delete()
        return
    log.warning("outside_service_silent", comments=len(failed), error=failed[-1].failed)
    row, _ = models.OutsideTrouble.objects.get_or_create(
        one=1, defaults={"since": at, "latest_at": at}
    )
    models.OutsideTrouble.objects.filter(pk=row.pk).update(
        comments=F("comments") + len(failed), latest_at=at, error=failed[-1].failed
    )


@transaction.atomic
def _carry_out(row: models.OutsideAsk, said: Said, *, at: datetime) -> None:
    """Do as the service says, unless a person decided or the author wrote meanwhile."""
    comment = lock_comment(row.comment_id)
    mine = models.OutsideAsk.objects.filter(pk=row.pk, version=row.version)
    if not mine.delete()[0] or comment.version != row.version or comment.status != Status.HELD:
        return
    told = f"The outside service did not answer: {said.failed}." if said.failed else said.reason
    comment.ran = [
        [RULE, AS_A_RULE[said.answer].value, told] if ran[0] == RULE else ran for ran in comment.ran
    ]
    comment.save(update_fields=["ran"])
    others = _other_holds(comment)
    if said.answer is Verdict.THROUGH and others:
        said = replace(said, answer=Verdict.HOLD, reason=" ".join(others))
    verb, status = WHAT[said.answer]
    carry_out(comment, verb, status, by=None, rule=said.rule, reason=said.reason, at=at)
