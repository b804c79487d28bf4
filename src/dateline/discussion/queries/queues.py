"""What waits for moderators, what they decided, and what authors are told of their own comments."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dateline.discussion import models
from dateline.discussion.domain.rows import AppealRow, DecisionRow, OwnRow, QueueRow
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.phases.case import Answer
from dateline.discussion.queries import people

QUEUE_ROWS = 50
HIGHEST_ID = 2**63 - 1  # what a column of ids holds


class Queue(StrEnum):
    """The lists of the moderators' screen."""

    REPORTED = "reported"
    HELD = "held"
    NEW = "new"
    APPROVED = "approved"
    REMOVED = "removed"


OLDEST_FIRST = {Queue.REPORTED, Queue.HELD}
# They leave a comment's status to the decision before them, which has its rule and its reason.
BESIDE = (
    Verb.FEATURED, Verb.UNFEATURED, Verb.UNDONE, Verb.PASSED, Verb.APPEAL_UPHELD,
    Verb.APPEAL_REFUSED,
)  # fmt: skip
LOOKED_AT = (Verb.APPROVED, Verb.HELD, Verb.REMOVED, Verb.UNDONE)


def queue(
    name: Queue,
    *,
    by: UUID,
    masthead_id: int | None = None,
    after: int | None = None,
    size: int = QUEUE_ROWS,
) -> list[QueueRow]:
    """One page of a queue of the mastheads that `by` moderates, or of one of them.

    What waits (reported, held) comes oldest first, everything else newest first. What a moderator
    approved as it reads now is not new any more. `after` is the id
    of the last row of the page before. Somebody who moderates nothing gets nothing.
    """
    rows = _of(name).filter(moderated(by, "thread__masthead", masthead_id))
    if after is not None:
        rows = rows.filter(pk__gt=after) if name in OLDEST_FIRST else rows.filter(pk__lt=after)
    ordered = rows.order_by("pk" if name in OLDEST_FIRST else "-pk")
    return _queue_rows(list(ordered.select_related("thread")[:size]))


def waiting(*, by: UUID, masthead_id: int | None = None) -> dict[Queue, int]:
    """How many comments wait in the queues that want an answer, for whom `by` moderates."""
    mine = moderated(by, "thread__masthead", masthead_id)
    return {name: _of(name).filter(mine).count() for name in sorted(OLDEST_FIRST)}


def _of(name: Queue) -> QuerySet[models.Comment]:
    rows = models.Comment.objects.all()
    if name is Queue.REPORTED:
        return rows.filter(status=Status.VISIBLE, reports__gt=0)
    if name is Queue.NEW:
        looked = models.Decision.objects.filter(
            comment=OuterRef("pk"), revision=OuterRef("revision"), verb__in=LOOKED_AT
        )
        latest = Coalesce(Subquery(looked.order_by("-pk").values("verb")[:1]), Value(""))
        visible = rows.filter(status=Status.VISIBLE).annotate(looked=latest)
        return visible.exclude(looked=Verb.APPROVED)
    if name is Queue.APPROVED:
        seen = models.Decision.objects.filter(verb=Verb.APPROVED).values("comment_id")
        return rows.filter(status=Status.VISIBLE, pk__in=seen)
    return rows.filter(status=Status(name))


def outside_trouble() -> models.OutsideTrouble | None:
    """That the operator's own service does not answer now, or None."""
    return models.OutsideTrouble.objects.first()


def moderated(by: UUID, field: str, masthead_id: int | None = None) -> Q:
    """What `by` moderates, as a filter over the masthead at `field`; of one masthead, if given."""
    one = Q(**{f"{field}_id": masthead_id}) if masthead_id is not None else Q()
    if people.moderates(by, None):
        return one
    mine = models.Moderator.objects.filter(user_id=by, user__is_active=True)
    return one & Q(**{f"{field}_id__in": mine.values("masthead_id")})


def _queue_rows(comments: list[models.Comment]) -> list[QueueRow]:
    ids = [comment.pk for comment in comments]
    names = people.names_of(comment.author_id for comment in comments)
    reports: dict[int, list[tuple[str, str]]] = {}
    asked = models.Report.objects.filter(comment_id__in=ids, answered_at=None).order_by("pk")
    for pk, reason, note in asked.values_list("comment_id", "reason", "note"):
        reports.setdefault(pk, []).append((reason, note))
    return [
        QueueRow(
            id=c.pk, number=c.number, version=c.version, story_id=c.thread.story_id,
            masthead_id=c.thread.masthead_id, author_id=c.author_id,
            author=names.get(c.author_id, people.GONE) if c.author_id else people.GONE,
            text=c.text, quote=c.quote, status=Status(c.status), created_at=c.created_at,
            ups=c.ups, downs=c.downs,
            held_for=tuple(reason for _, reason in _held_by(c)), held_by=_held_by(c),
            reports=tuple(reports.get(c.pk, ())), revision=c.revision,
            featured=c.featured_at is not None,
        )
        for c in comments
    ]  # fmt: skip


def _held_by(comment: models.Comment) -> tuple[tuple[str, str], ...]:
    return tuple((rule, reason) for rule, said, reason in comment.ran if said == Answer.HOLD)


def some(comment_ids: Iterable[int], *, by: UUID) -> list[QueueRow]:
    """These comments as the queues show them, newest first; those `by` moderates.

    A number no row can have (an address may hold any) is of none: Django itself says so of one
    number, and hands the database a list as it is.
    """
    possible = [pk for pk in comment_ids if pk <= HIGHEST_ID]
    found = models.Comment.objects.filter(pk__in=possible)
    found = found.filter(moderated(by, "thread__masthead", None)).order_by("-pk")
    return _queue_rows(list(found.select_related("thread")))


def decisions_of(comment_id: int, *, by: UUID) -> list[DecisionRow]:
    """The log over one comment, newest first, for who moderates its masthead; else nothing."""
    rows = models.Decision.objects.filter(comment_id=comment_id)
    rows = rows.filter(moderated(by, "comment__thread__masthead", None))
    found = list(rows.order_by("-pk"))
    names = people.names_of(row.by_id for row in found)
    return [
        DecisionRow(
            id=d.pk, verb=d.verb, by=names.get(d.by_id, people.GONE) if d.by_id else "",
            reason=d.reason, rule=d.rule, revision=d.revision, was=d.was, became=d.became, at=d.at,
        )
        for d in found
    ]  # fmt: skip


def appeals(*, by: UUID, after: int | None = None, size: int = QUEUE_ROWS) -> list[AppealRow]:
    """Appeals that wait for an answer on the mastheads `by` moderates, oldest first."""
    rows = _open_appeals(by)
    rows = rows.filter(pk__gt=after) if after is not None else rows
    found = list(rows.select_related("decision").order_by("pk")[:size])
    people_of = [pk for a in found for pk in (a.decision.by_id, a.decision.reader_id)]
    names = people.names_of(people_of)
    return [_appeal_row(appeal, appeal.decision, names) for appeal in found]


def _appeal_row(a: models.Appeal, d: models.Decision, names: dict[UUID, str]) -> AppealRow:
    return AppealRow(
        id=a.pk, decision_id=d.pk, verb=d.verb, rule=d.rule, reason=d.reason, until=d.until,
        by=names.get(d.by_id, people.GONE) if d.by_id else "", decided_at=d.at,
        reader_id=d.reader_id,
        reader=names.get(d.reader_id, people.GONE) if d.reader_id else people.GONE,
        comment_id=d.comment_id, masthead_id=d.masthead_id, text=a.text, at=a.at,
    )  # fmt: skip


def open_appeals(*, by: UUID) -> int:
    """How many appeals wait for an answer on the mastheads `by` moderates."""
    return _open_appeals(by).count()


def _open_appeals(by: UUID) -> QuerySet[models.Appeal]:
    return models.Appeal.objects.filter(moderated(by, "decision__masthead", None), decided_at=None)


def own_comments(
    user_id: UUID, *, before: int | None = None, size: int = QUEUE_ROWS
) -> list[OwnRow]:
    """A person's own comments, newest first, whatever became of them, and why.

    For their eyes only. `before` is the id of the last row of the page before. Two queries.
    """
    mine = models.Comment.objects.filter(author_id=user_id)
    mine = mine.filter(pk__lt=before) if before else mine
    return own_rows(list(mine.select_related("thread").order_by("-pk")[:size]))


def own_rows(comments: Sequence[models.Comment]) -> list[OwnRow]:
    """These comments, with their threads, as their authors see them; one query."""
    latest = _latest_decisions(comment.pk for comment in comments)
    return [_own(comment, latest.get(comment.pk)) for comment in comments]


def _latest_decisions(comment_ids: Iterable[int]) -> dict[int, models.Decision]:
    rows = models.Decision.objects.filter(comment_id__in=list(comment_ids)).order_by("pk")
    kept = rows.filter(became=F("comment__status")).exclude(verb__in=BESIDE)
    return {row.comment_id: row for row in kept if row.comment_id}


def _own(comment: models.Comment, decision: models.Decision | None) -> OwnRow:
    return OwnRow(
        id=comment.pk, number=comment.number, story_id=comment.thread.story_id,
        masthead_id=comment.thread.masthead_id, text=comment.text, status=Status(comment.status),
        created_at=comment.created_at,
        decision_id=decision.pk if decision else None,
        rule=decision.rule if decision else None,
        reason=decision.reason if decision else "",
        automatic=bool(decision and decision.automatic),
    )  # fmt: skip
