"""Save a story for one reader, and forget it. No fact is recorded: it is nobody else's business."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction

from dateline.saving import models, queries
from dateline.saving.domain.saved import MOST, Kept

UNDO_LIVES = timedelta(days=1)


@transaction.atomic
def save(reader_id: UUID, masthead_id: int, story_ids: Sequence[int], *, at: datetime) -> Kept:
    """Save stories that a title shows at `at` (aware UTC), the last of them as the newest.

    One that the reader saved before stays where it is. MOST are kept; what has no room is left
    out and counted.
    """
    shown = queries.shown_on(masthead_id, story_ids, at=at)
    mine = models.SavedStory.objects.filter(reader_id=reader_id)
    there = set(mine.filter(story_id__in=shown).values_list("story_id", flat=True))
    wanted = [pk for pk in dict.fromkeys(story_ids) if pk in shown and pk not in there]
    room = max(MOST - mine.count(), 0)
    models.SavedStory.objects.bulk_create(
        (
            models.SavedStory(
                reader_id=reader_id, story_id=pk, masthead_id=masthead_id, saved_at=at
            )
            for pk in wanted[:room]
        ),
        ignore_conflicts=True,
    )
    return Kept(
        new=len(wanted[:room]), left_out=len(wanted[room:]),
        missing=len(set(story_ids) - shown),
    )  # fmt: skip


@transaction.atomic
def remove(reader_id: UUID, story_id: int) -> str:
    """Forget that a reader saved a story; return what undoes it, empty where it was not saved."""
    row = models.SavedStory.objects.filter(reader_id=reader_id, story_id=story_id).first()
    if row is None:
        return ""
    undo = [row.story_id, row.masthead_id, row.saved_at.isoformat()]
    row.delete()
    return signing.dumps(undo, salt=_salt(reader_id))


@transaction.atomic
def put_back(reader_id: UUID, undo: str) -> bool:
    """Save again what `remove` forgot, shown or not, within a day; whether that could be done."""
    try:
        story_id, masthead_id, moment = signing.loads(
            undo, salt=_salt(reader_id), max_age=UNDO_LIVES
        )
    except signing.BadSignature:
        return False
    if queries.count(reader_id) >= MOST or not queries.are_there(story_id, masthead_id):
        return False
    models.SavedStory.objects.get_or_create(
        reader_id=reader_id, story_id=story_id,
        defaults={"masthead_id": masthead_id, "saved_at": datetime.fromisoformat(moment)},
    )  # fmt: skip
    return True


def copy_of_saved(user_id: str) -> dict[str, Any]:
    """Which stories a reader saved, oldest first, as JSON knows it; nothing that stands in them."""
    mine = models.SavedStory.objects.filter(reader_id=UUID(user_id)).order_by("pk")
    return {"saved_stories": list(mine.values("story_id", "masthead__name", "saved_at"))}


def forget_saved(user_id: str, choice: str) -> dict[str, int]:
    """Forget what a reader saved, however they want to be forgotten; count it."""
    del choice  # nobody else ever saw it
    found, _ = models.SavedStory.objects.filter(reader_id=UUID(user_id)).delete()
    return {"saved_stories": found}


def _salt(reader_id: UUID) -> str:
    return f"dateline.saving.{reader_id}"
