"""Lock what a verb changes, in one order for all: person, thread, comment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide, ThreadUnavailable
from dateline.discussion.domain.threads import Standing
from dateline.discussion.queries.doors import door_of, house_of


@dataclass(frozen=True, slots=True)
class Room:
    """A locked thread with what its masthead and its story say of it."""

    thread: models.Thread
    house: models.House
    door: Standing


def lock_thread(story_id: int, masthead_id: int, *, at: datetime) -> Room:
    """Lock the thread of a story on a masthead, made now if this is its first comment.

    Raises:
        ThreadUnavailable: readers do not see this story there now: never published there, killed,
            withheld, under embargo, out of licence.

    """
    mine: dict[str, Any] = {"story_id": story_id, "masthead_id": masthead_id}
    thread = _threads().filter(**mine).first()
    new = thread is None
    thread = thread or models.Thread(**mine)
    room = _room(thread, at=at)  # before a row is made: there may be no such story
    if new:
        models.Thread.objects.get_or_create(**mine)
        room = Room(_threads().get(**mine), room.house, room.door)
    return room


def lock_comment(comment_id: int) -> models.Comment:
    """Lock a comment's thread, then the comment; both as they are now.

    Raises:
        NothingToDecide: there is no such comment.

    """
    thread = _threads().filter(comments__pk=comment_id).first()
    if thread is None:
        raise NothingToDecide(f"There is no comment {comment_id}.")
    comment = models.Comment.objects.select_for_update().get(pk=comment_id)
    comment.thread = thread
    return comment


def room_of(comment: models.Comment, *, at: datetime) -> Room:
    """The locked comment's thread with what masthead and story say of it.

    Raises:
        ThreadUnavailable: as for `lock_thread`.

    """
    return _room(comment.thread, at=at)


def lock_person(user_id: UUID, masthead_id: int) -> list[models.Standing]:
    """Lock a person's standing; return their rows for the network and this masthead.

    Of one person, only one verb at a time goes on from here.
    """
    asked = models.Standing.objects.select_for_update().filter(user_id=user_id)
    rows = [row for row in asked.order_by("pk") if row.masthead_id in {None, masthead_id}]
    if not any(row.masthead_id is None for row in rows):
        models.Standing.objects.get_or_create(user_id=user_id, masthead=None)
        rows = [row for row in asked.order_by("pk") if row.masthead_id in {None, masthead_id}]
    return rows


def _threads() -> QuerySet[models.Thread]:
    locked = models.Thread.objects.select_for_update(of=("self",))
    return locked.select_related("masthead__house")


def _room(thread: models.Thread, *, at: datetime) -> Room:
    door = door_of(thread, at=at)
    if door is None:
        raise ThreadUnavailable(
            f"Story {thread.story_id} cannot be read on {thread.masthead.name} now, "
            "so nobody can comment."
        )
    return Room(thread, house_of(thread), door)
