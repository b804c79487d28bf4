"""What moderators decide over a person: warn, suspend for a time, ban, and lift that again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide
from dateline.discussion.domain.status import Verb, rule_text
from dateline.discussion.events import ReaderJudged
from dateline.discussion.queries import people
from dateline.discussion.services.decisions import must_moderate
from dateline.outbox import services as outbox


@transaction.atomic
def warn(
    reader_id: UUID,
    *,
    masthead_id: int | None,
    by: UUID,
    rule: int,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Tell a reader which house rule they broke; return the decision's id.

    `masthead_id` None means the whole network, which only its moderators may decide over. `at` is
    aware UTC.

    Raises:
        NotYours: `by` does not moderate there.
        NothingToDecide: the person moderates there themselves.
        ValueError: there is no such rule.

    """
    at = at or clock.now()
    row = _standing(reader_id, masthead_id, by=by, rule=rule)
    row.warned_at = at
    return _kept(row, Verb.WARNED, by=by, rule=rule, reason=reason, at=at)


@transaction.atomic
def suspend(
    reader_id: UUID,
    *,
    masthead_id: int | None,
    by: UUID,
    until: datetime,
    rule: int,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Take comments of a reader no more until a moment, aware UTC. Else as `warn`.

    Raises:
        NothingToDecide: also where `until` is not in the future.

    """
    at = at or clock.now()
    if until <= at:
        raise NothingToDecide(f"{until:%H:%M UTC, %d %B} has passed. Give a moment to come.")
    row = _standing(reader_id, masthead_id, by=by, rule=rule)
    row.suspended_until = until
    return _kept(row, Verb.SUSPENDED, by=by, rule=rule, reason=reason, until=until, at=at)


@transaction.atomic
def ban(
    reader_id: UUID,
    *,
    masthead_id: int | None,
    by: UUID,
    rule: int,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Take comments of a reader no more, until somebody lifts that. Else as `warn`."""
    at = at or clock.now()
    row = _standing(reader_id, masthead_id, by=by, rule=rule)
    row.banned_at = at
    return _kept(row, Verb.BANNED, by=by, rule=rule, reason=reason, at=at)


@transaction.atomic
def lift(
    reader_id: UUID,
    *,
    masthead_id: int | None,
    by: UUID,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """End a ban and a suspension of a reader; return the decision's id. Else as `warn`.

    Raises:
        NothingToDecide: neither is in force there.

    """
    at = at or clock.now()
    must_moderate(by, masthead_id)
    row = _locked(reader_id, masthead_id)
    suspended = row.suspended_until and at < row.suspended_until
    if not row.banned_at and not suspended:
        raise NothingToDecide("Neither a ban nor a suspension is in force there.")
    row.banned_at = row.suspended_until = None
    return _kept(row, Verb.LIFTED, by=by, reason=reason, at=at)


def _standing(reader_id: UUID, masthead_id: int | None, *, by: UUID, rule: int) -> models.Standing:
    must_moderate(by, masthead_id)
    rule_text(rule)
    if people.moderates(reader_id, masthead_id):
        raise NothingToDecide("They moderate there themselves. Ask who appointed them.")
    return _locked(reader_id, masthead_id)


def _locked(reader_id: UUID, masthead_id: int | None) -> models.Standing:
    mine: dict[str, Any] = {"user_id": reader_id, "masthead_id": masthead_id}
    models.Standing.objects.get_or_create(**mine)
    return models.Standing.objects.select_for_update().get(**mine)


def _kept(
    row: models.Standing,
    verb: Verb,
    *,
    by: UUID,
    at: datetime,
    rule: int | None = None,
    reason: str = "",
    until: datetime | None = None,
) -> int:
    row.save()
    decision = models.Decision.objects.create(
        reader_id=row.user_id, masthead_id=row.masthead_id, verb=verb, by_id=by, reason=reason,
        rule=rule, until=until, at=at,
    )  # fmt: skip
    outbox.record(
        ReaderJudged(
            reader_id=str(row.user_id), masthead_id=row.masthead_id, decision_id=decision.pk,
            verb=verb, until=until, by=str(by), at=at,
        )
    )  # fmt: skip
    return decision.pk
