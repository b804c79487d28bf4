"""Notices as those see them who gave or decide them, and the numbers of a year."""

from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from dateline.discussion import models
from dateline.discussion.domain.desk_rows import DeskNotice
from dateline.discussion.domain.notices import NoticeKind, NoticeTold, Numbers, Outcome
from dateline.discussion.domain.status import HOUSE_RULES, Verb
from dateline.discussion.queries import moderating, queues

ON_SCREEN = 50
HOUR_S = 3_600


def told_notice(reference: str) -> NoticeTold | None:
    """One notice for whoever holds its link; None where there is none."""
    row = models.Notice.objects.filter(reference=reference).first()
    if row is None:
        return None
    return NoticeTold(
        reference=row.reference, masthead_id=row.masthead_id, address=row.address,
        kind=NoticeKind(row.kind), reasons=row.reasons, at=row.at, decided_at=row.decided_at,
        outcome=row.outcome, answer=row.answer,
    )  # fmt: skip


def open_notices(*, by: UUID) -> int:
    """How many notices wait for a decision on the mastheads that `by` moderates."""
    return _waiting(by).count()


def _waiting(by: UUID) -> QuerySet[models.Notice]:
    return models.Notice.objects.filter(queues.moderated(by, "masthead"), decided_at=None)


def desk_notices(*, by: UUID, at: datetime) -> list[DeskNotice]:
    """The notices that wait longest on what `by` moderates, with the comments they are about."""
    found = list(_waiting(by).select_related("masthead").order_by("at", "pk")[:ON_SCREEN])
    comments = queues.some((row.comment_id for row in found if row.comment_id), by=by)
    rows = {row.comment.id: row for row in moderating.desk_rows(comments, by=by, at=at)}
    return [
        DeskNotice(
            id=row.pk, reference=row.reference, masthead=row.masthead.name, address=row.address,
            kind=row.kind, reasons=row.reasons, name=row.name, email=row.email, at=row.at,
            row=rows.get(row.comment_id) if row.comment_id else None,
        )
        for row in found
    ]  # fmt: skip


def numbers(year: int, *, masthead_id: int) -> Numbers:
    """What was noticed, decided and appealed on one masthead in a year of UTC (DSA 24).

    Rows are (group, what, how many), and for `median_hours` hours; removals name the house rule.
    """
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    span = {"masthead_id": masthead_id, "at__gte": begin, "at__lt": end}
    decided = models.Decision.objects.filter(**span)
    asked = models.Appeal.objects.filter(
        decision__masthead_id=masthead_id, at__gte=begin, at__lt=end
    )
    return Numbers(
        year=year,
        rows=(
            *_of_notices(models.Notice.objects.filter(**span)),
            *_of_removals(decided),
            *_of_holds(decided),
            *_of_people(decided),
            *_of_appeals(asked),
        ),
    )


def _of_notices(rows: QuerySet[models.Notice]) -> Iterable[tuple[str, str, float]]:
    kinds: dict[str, int] = dict(rows.values_list("kind").annotate(number=Count("pk")))
    outcomes: dict[str, int] = dict(rows.values_list("outcome").annotate(number=Count("pk")))
    yield "notices", "received_n", sum(kinds.values())
    yield from (("notices", kind.value, kinds.get(kind, 0)) for kind in NoticeKind)
    yield "notices", "acted_n", outcomes.get(Outcome.ACTED, 0)
    yield "notices", "kept_n", outcomes.get(Outcome.KEPT, 0)
    yield "notices", "open_n", outcomes.get("", 0)
    yield "notices", "median_hours", _median_hours(rows)


def _of_removals(rows: QuerySet[models.Decision]) -> Iterable[tuple[str, str, float]]:
    removed = rows.filter(verb=Verb.REMOVED)
    by_rule: dict[Any, int] = dict(removed.values_list("rule").annotate(number=Count("pk")))
    yield from (("removals", str(rule), by_rule.get(rule, 0)) for rule in HOUSE_RULES)


def _of_holds(rows: QuerySet[models.Decision]) -> Iterable[tuple[str, str, float]]:
    held = rows.filter(verb=Verb.HELD)
    yield "holds", "automatic_n", held.filter(automatic=True).count()
    yield "holds", "person_n", held.filter(automatic=False).count()


def _of_people(rows: QuerySet[models.Decision]) -> Iterable[tuple[str, str, float]]:
    about: dict[str, int] = dict(
        rows.filter(comment=None).values_list("verb").annotate(number=Count("pk"))
    )
    for verb in (Verb.WARNED, Verb.SUSPENDED, Verb.BANNED):
        yield "people", verb.value, about.get(verb, 0)


def _of_appeals(rows: QuerySet[models.Appeal]) -> Iterable[tuple[str, str, float]]:
    ways: dict[bool | None, int] = dict(rows.values_list("upheld").annotate(number=Count("pk")))
    yield "appeals", "received_n", sum(ways.values())
    yield "appeals", "upheld_n", ways.get(True, 0)
    yield "appeals", "refused_n", ways.get(False, 0)
    yield "appeals", "open_n", ways.get(None, 0)
    yield "appeals", "median_hours", _median_hours(rows)


def _median_hours(rows: Any) -> float:
    """Hours from arrival to decision, of what was decided; 0 where nothing was."""
    took = [
        (decided - came).total_seconds() / HOUR_S
        for came, decided in rows.exclude(decided_at=None).values_list("at", "decided_at")
    ]
    return round(median(took), 1) if took else 0
