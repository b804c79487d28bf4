"""Whom a reader mutes, and which threads they follow."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide
from dateline.discussion.events import ReaderMuted, ThreadFollowed
from dateline.discussion.services.writing import lock_thread
from dateline.outbox import services as outbox


@transaction.atomic
def mute(reader_id: UUID, *, muted_id: UUID, on: bool = True, at: datetime | None = None) -> None:
    """Let a reader not read another one, or, with `on` false, read them again.

    Nobody is told. `at` is aware UTC. Safe to run twice.

    Raises:
        NothingToDecide: they are the same person.

    """
    if reader_id == muted_id:
        raise NothingToDecide("You cannot mute yourself.")
    if on:
        models.Mute.objects.get_or_create(user_id=reader_id, muted_id=muted_id)
    else:
        models.Mute.objects.filter(user_id=reader_id, muted_id=muted_id).delete()
    outbox.record(
        ReaderMuted(reader_id=str(reader_id), muted_id=str(muted_id), on=on, at=at or clock.now())
    )


@transaction.atomic
def follow_thread(
    story_id: int, masthead_id: int, *, by: UUID, on: bool = True, at: datetime | None = None
) -> None:
    """Let a reader hear of new comments below a story, or, with `on` false, no longer.

    `at` is aware UTC. Safe to run twice.

    Raises:
        ThreadUnavailable: readers do not see the story there now.

    """
    at = at or clock.now()
    thread = lock_thread(story_id, masthead_id, at=at).thread
    if on:
        thread.followers.get_or_create(user_id=by)
    else:
        thread.followers.filter(user_id=by).delete()
    outbox.record(
        ThreadFollowed(story_id=story_id, masthead_id=masthead_id, reader_id=str(by), on=on, at=at)
    )
