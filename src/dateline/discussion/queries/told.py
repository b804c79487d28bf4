"""What a person is told: their comments, what became of them and why, and decisions about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from dateline.discussion import models
from dateline.discussion.domain.rows import OwnRow
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.domain.told import AppealTold, CommentTold, PersonTold
from dateline.discussion.queries import queues
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

PAGE = 30
ABOUT_PEOPLE = {Verb.WARNED, Verb.SUSPENDED, Verb.BANNED, Verb.LIFTED}
CLOSED = {Status.HELD, Status.REMOVED}


def told_comments(
    user_id: UUID, *, at: datetime, before: int | None = None, size: int = PAGE
) -> list[CommentTold]:
    """A page of somebody's own comments, newest first. `before` is the id of the last one seen.

    `at` is aware UTC: a story that readers do not see then is not named.
    """
    rows = queues.own_comments(user_id, before=before, size=size)
    sites = {site.id: site for site in mastheads.all_mastheads()}
    shown = places(rows, sites, at=at)
    appeals = _appeals_by_comment(rows)
    asked = [row.decision_id for row in rows if row.decision_id]
    noticed = set(
        models.Notice.objects.filter(decision_id__in=asked).values_list("decision_id", flat=True)
    )
    return [
        _comment(row, sites, shown, appeals.get(row.id, {}), by_notice=row.decision_id in noticed)
        for row in rows
    ]


def _comment(
    row: OwnRow,
    sites: dict[int, Site],
    places: dict[tuple[int, int], tuple[str, str]],
    appeals: dict[int, AppealTold],
    *,
    by_notice: bool,
) -> CommentTold:
    headline, address = places.get((row.story_id, row.masthead_id), ("", ""))
    appeal = appeals.get(row.decision_id) if row.decision_id else None
    if row.status is Status.VISIBLE:  # what was decided is undone: the answer tells why
        appeal = next(iter(appeals.values()), None)
    return CommentTold(
        comment=row,
        masthead=sites[row.masthead_id].name,
        headline=headline,
        address=address,
        appeal=appeal,
        by_notice=by_notice,
        may_appeal=bool(row.decision_id and not appeal and row.status in CLOSED),
    )


def places(
    rows: Sequence[OwnRow] | Sequence[models.Thread], sites: dict[int, Site], *, at: datetime
) -> dict[tuple[int, int], tuple[str, str]]:
    """(headline, address) of the stories that readers see at `at`, by story and masthead."""
    shown = stories.open_placements(use=Use.WEB, at=at).filter(
        story_id__in={row.story_id for row in rows},
        masthead_id__in={row.masthead_id for row in rows},
    )
    return {
        (p.story_id, p.masthead_id): (
            p.story.headline,
            sites[p.masthead_id].origin + stories.path_of(p),
        )
        for p in shown.select_related("story", "section").defer("story__body")
    }


def _appeals_by_comment(rows: list[OwnRow]) -> dict[int, dict[int, AppealTold]]:
    """The appeals over each comment by the decision they were against, the latest first."""
    asked: Any = models.Appeal.objects.select_related("decision").order_by("-pk")
    found: dict[int, dict[int, AppealTold]] = {}
    for row in asked.filter(decision__comment_id__in=[row.id for row in rows]):
        found.setdefault(row.decision.comment_id, {})[row.decision_id] = _told(row)
    return found


def _told(row: models.Appeal) -> AppealTold:
    return AppealTold(text=row.text, at=row.at, upheld=row.upheld, answer=row.answer)


def told_decisions(user_id: UUID) -> list[PersonTold]:
    """Every warning, suspension and ban of somebody, and what was lifted; newest first."""
    mine = models.Decision.objects.filter(reader_id=user_id, comment=None, verb__in=ABOUT_PEOPLE)
    rows = list(mine.select_related("masthead").order_by("-pk"))
    asked = models.Appeal.objects.filter(decision__in=rows)
    appeals = {row.decision_id: _told(row) for row in asked}
    return [
        PersonTold(
            decision_id=row.pk, verb=row.verb, masthead=row.masthead.name if row.masthead else "",
            rule=row.rule, reason=row.reason, until=row.until, at=row.at,
            appeal=appeals.get(row.pk),
            may_appeal=row.verb != Verb.LIFTED and row.pk not in appeals,
        )
        for row in rows
    ]  # fmt: skip
