"""The moderators' screen: queues with the place, the author's past and the log of each comment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q

from dateline.discussion import models
from dateline.discussion.domain.desk_rows import (
    DeskAppeal,
    DeskRow,
    History,
    Judged,
    Place,
    ReaderCard,
    StandingRow,
)
from dateline.discussion.domain.rows import DecisionRow, QueueRow
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.queries import people, queues
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.queries import reading as stories

UNDOABLE = {Verb.HELD, Verb.APPROVED, Verb.REMOVED}
LATEST = 20
NOWHERE = Place(masthead="", language="", headline="", address="", door="")


def moderates_any(user_id: UUID) -> bool:
    """Whether somebody moderates any masthead at all; one query, for every screen of the desk."""
    mine = models.Moderator.objects.filter(user_id=OuterRef("pk"))
    person = get_user_model().objects.filter(pk=user_id, is_active=True)
    return person.filter(Q(is_superuser=True) | Exists(mine)).exists()


def sites_of(user_id: UUID) -> list[Site]:
    """The mastheads that somebody moderates, in the network's order."""
    mine = people.moderated(user_id)
    return [site for site in mastheads.all_mastheads() if None in mine or site.id in mine]


def desk_rows(rows: Sequence[QueueRow], *, by: UUID, at: datetime) -> list[DeskRow]:
    """Each comment with its place, its author's past and its log; eight queries for any number.

    `by` must moderate the mastheads of `rows`, as it does where `queues` gave them: of authors it
    tells what they did there and nowhere else. `at` is aware UTC.
    """
    places = _places(rows)
    histories = histories_of((row.author_id for row in rows), by=by, at=at)
    logs = _logs([row.id for row in rows])
    return [
        DeskRow(
            comment=row,
            place=places.get((row.story_id, row.masthead_id), NOWHERE),
            history=histories.get(row.author_id, History()) if row.author_id else History(),
            log=tuple(logs.get(row.id, ())),
            undo_id=_undo_id(row, logs.get(row.id, ())),
        )
        for row in rows
    ]


def desk_row(comment_id: int, *, by: UUID, at: datetime) -> DeskRow | None:
    """One comment as `desk_rows` has it; None where `by` does not moderate its masthead."""
    rows = desk_rows(queues.some([comment_id], by=by), by=by, at=at)
    return rows[0] if rows else None


def _undo_id(row: QueueRow, log: Sequence[DecisionRow]) -> int | None:
    """The latest decision, where `decisions.undo` would take it back: a person's, of this text."""
    latest = log[0] if log else None
    if latest is None or row.status is Status.DELETED or latest.revision != row.revision:
        return None
    return latest.id if latest.verb in UNDOABLE and latest.by else None


def _places(rows: Iterable[QueueRow]) -> dict[tuple[int, int], Place]:
    wanted = {(row.story_id, row.masthead_id) for row in rows}
    threads = models.Thread.objects.filter(
        story_id__in={story for story, _ in wanted}, masthead_id__in={site for _, site in wanted}
    )
    found = threads.select_related("story", "masthead").defer("story__body")
    return {
        (thread.story_id, thread.masthead_id): _place(thread)
        for thread in found.prefetch_related("story__placements__section")
    }


def _place(thread: models.Thread) -> Place:
    placed = [p for p in thread.story.placements.all() if p.masthead_id == thread.masthead_id]
    origin = mastheads.origin_of(thread.masthead.host)
    return Place(
        masthead=thread.masthead.name,
        language=thread.masthead.language,
        headline=thread.story.headline,
        address=origin + stories.path_of(placed[0]) if placed else "",
        door=thread.door,
    )


def histories_of(
    author_ids: Iterable[UUID | None], *, by: UUID, at: datetime
) -> dict[UUID, History]:
    """What these people's comments became on the mastheads that `by` moderates. Four queries."""
    ids = {pk for pk in author_ids if pk}
    mine = [site.id for site in sites_of(by)]
    told: dict[UUID, dict[str, Any]] = {pk: {} for pk in ids}
    counted: Any = models.Comment.objects.filter(author_id__in=ids, thread__masthead_id__in=mine)
    by_status = counted.values_list("author_id", "status").annotate(number=Count("pk"))
    for author, status, number in by_status:
        told[author][status] = number
    here = Q(masthead=None) | Q(masthead_id__in=mine)
    for row in models.Standing.objects.filter(here, user_id__in=ids):
        _stands(told[row.user_id], row, at=at)
    return {pk: _history(facts) for pk, facts in told.items()}


def _stands(told: dict[str, Any], row: models.Standing, *, at: datetime) -> None:
    told["warned"] = told.get("warned", False) or row.warned_at is not None
    told["banned"] = told.get("banned", False) or row.banned_at is not None
    if row.suspended_until and row.suspended_until > at:
        told["until"] = max(row.suspended_until, told.get("until", row.suspended_until))


def _history(told: dict[str, Any]) -> History:
    return History(
        posted=sum(told.get(status, 0) for status in Status),
        visible=told.get(Status.VISIBLE, 0),
        held=told.get(Status.HELD, 0),
        removed=told.get(Status.REMOVED, 0),
        warned=told.get("warned", False),
        banned=told.get("banned", False),
        suspended_until=told.get("until"),
    )


def _logs(comment_ids: Sequence[int]) -> dict[int, list[DecisionRow]]:
    """The log over each comment, newest first."""
    rows = models.Decision.objects.filter(comment_id__in=comment_ids).order_by("-pk")
    found: list[Any] = list(rows)
    names = people.names_of(row.by_id for row in found)
    logs: dict[int, list[DecisionRow]] = {}
    for row in found:
        logs.setdefault(row.comment_id, []).append(_line(row, names))
    return logs


def _line(row: models.Decision, names: dict[UUID, str]) -> DecisionRow:
    by = names.get(row.by_id, people.GONE) if row.by_id else ""
    return DecisionRow(
        id=row.pk, verb=row.verb, by=by, reason=row.reason, rule=row.rule,
        revision=row.revision, was=row.was, became=row.became, at=row.at,
    )  # fmt: skip


def reader_card(reader_id: UUID, *, by: UUID, at: datetime) -> ReaderCard | None:
    """A person as `by` may see them: what they did on the mastheads that `by` moderates.

    None where there is no such person, or they never wrote there and nothing was decided there.
    `at` is aware UTC.
    """
    person = get_user_model().objects.filter(pk=reader_id).first()
    if person is None:
        return None
    sites = {site.id: site.name for site in sites_of(by)}
    latest = models.Comment.objects.filter(author_id=reader_id, thread__masthead_id__in=sites)
    ids = latest.order_by("-pk").values_list("pk", flat=True)[:LATEST]
    rows = queues.some(ids, by=by)
    judged = _judged(reader_id, sites)
    if not rows and not judged:
        return None
    return ReaderCard(
        id=reader_id,
        name=people.names_of([reader_id])[reader_id],
        joined_at=person.date_joined,
        history=histories_of([reader_id], by=by, at=at)[reader_id],
        standings=_standings(reader_id, sites, at=at),
        judged=judged,
        latest=tuple(desk_rows(rows, by=by, at=at)),
    )


def _judged(reader_id: UUID, sites: dict[int, str]) -> tuple[Judged, ...]:
    """What was decided about the person there, or in the network: not about one comment."""
    here = Q(masthead=None) | Q(masthead_id__in=sites)
    rows = list(
        models.Decision.objects.filter(here, reader_id=reader_id, comment=None).order_by("-pk")
    )
    names = people.names_of(row.by_id for row in rows)
    return tuple(
        Judged(
            decision=_line(row, names),
            masthead=sites[row.masthead_id] if row.masthead_id else "",
            until=row.until,
        )
        for row in rows
    )


def _standings(reader_id: UUID, sites: dict[int, str], *, at: datetime) -> tuple[StandingRow, ...]:
    here = Q(masthead=None) | Q(masthead_id__in=sites)
    rows = models.Standing.objects.filter(here, user_id=reader_id).order_by("masthead_id")
    return tuple(
        StandingRow(
            masthead_id=row.masthead_id,
            masthead=sites[row.masthead_id] if row.masthead_id else "",
            banned_at=row.banned_at,
            suspended_until=row.suspended_until,
            warned_at=row.warned_at,
            in_force=bool(row.banned_at or (row.suspended_until and row.suspended_until > at)),
        )
        for row in rows
    )


def desk_appeals(*, by: UUID, at: datetime) -> list[DeskAppeal]:
    """The appeals that wait longest on what `by` moderates, with what they are about."""
    found = queues.appeals(by=by)
    comments = queues.some((row.comment_id for row in found if row.comment_id), by=by)
    rows = {row.comment.id: row for row in desk_rows(comments, by=by, at=at)}
    sites = {site.id: site.name for site in mastheads.all_mastheads()}
    return [
        DeskAppeal(
            appeal=one,
            masthead=sites[one.masthead_id] if one.masthead_id else "",
            row=rows.get(one.comment_id) if one.comment_id else None,
        )
        for one in found
    ]
