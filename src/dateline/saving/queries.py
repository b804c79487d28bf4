"""What a reader saved. For answers to that one reader: none of them is ever shared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from dateline.mastheads import queries as mastheads
from dateline.saving import models
from dateline.saving.domain.saved import PAGE, Saved
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories

LEFT_OUT = ("body", "kill_reason", "usage_terms", "agency_usage_terms")


def is_saved(reader_id: UUID, story_id: int) -> bool:
    """Whether a reader saved a story. One query."""
    return models.SavedStory.objects.filter(reader_id=reader_id, story_id=story_id).exists()


def count(reader_id: UUID) -> int:
    """How many stories a reader saved. One query."""
    return models.SavedStory.objects.filter(reader_id=reader_id).count()


def saved_by(
    reader_id: UUID, *, at: datetime, before: int | None = None
) -> tuple[list[Saved], int | None]:
    """One page of what a reader saved on any title, newest first; and `before` of the next.

    Every story passes the gate of its title at `at` (aware UTC). One that readers may not see any
    more is listed without its words. Four queries at most.
    """
    found = models.SavedStory.objects.filter(reader_id=reader_id).order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    cards = _cards(rows[:PAGE], at=at)
    sites = {site.id: site for site in mastheads.all_mastheads()}
    told = [
        _told(row, sites.get(row.masthead_id), cards.get((row.masthead_id, row.story_id)))
        for row in rows[:PAGE]
    ]
    return told, rows[PAGE - 1].pk if len(rows) > PAGE else None


def shown_on(masthead_id: int, story_ids: Sequence[int], *, at: datetime) -> set[int]:
    """Which of these stories readers of a title see at `at` (aware UTC). One query."""
    found = stories.open_placements(use=Use.WEB, at=at)
    found = found.filter(masthead_id=masthead_id, story_id__in=story_ids)
    return set(found.values_list("story_id", flat=True))


def _cards(rows: Sequence[models.SavedStory], *, at: datetime) -> dict[tuple[int, int], Card]:
    notes = stories.told_wrong().filter(story_id=OuterRef("story_id"))
    found = (
        stories.open_placements(use=Use.WEB, at=at)
        .filter(story_id__in=[row.story_id for row in rows])
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(notes))
        .defer(*(f"story__{name}" for name in LEFT_OUT))
    )
    return {(row.masthead_id, row.story_id): stories.card(row, row.story, ()) for row in found}


def _told(row: models.SavedStory, site: Any, card: Card | None) -> Saved:
    name = site.name if site else ""
    if site is None or card is None:
        return Saved(id=row.pk, story_id=row.story_id, masthead=name, saved_at=row.saved_at)
    return Saved(
        id=row.pk, story_id=row.story_id, masthead=name, saved_at=row.saved_at,
        address=site.origin + card.path, headline=card.title, language=card.language,
        section=card.kicker, published_at=card.published_at,
    )  # fmt: skip


def are_there(story_id: int, masthead_id: int) -> bool:
    """Whether both a story and a title still have a row, shown or not. Two queries."""
    has_story = bool(stories.addresses(story_id))
    return has_story and any(site.id == masthead_id for site in mastheads.all_mastheads())
