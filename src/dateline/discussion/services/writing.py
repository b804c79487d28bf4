"""Lock what a verb changes, in one order for all: person, thread, comment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide, ThreadUnavailable
from dateline.discussion.domain.threads import Standing
from dateline.discussion.queries.doors import house_and_door
from dateline.prepared import Prepared

_threads: Prepared[models.Thread] = Prepared(
    lambda *, story, masthead: models.Thread.objects.select_for_update().filter(
        story_id=story, masthead_id=masthead
    )
)
_thread_of: Prepared[models.Thread] = Prepared(
    lambda *, comment: models.Thread.objects.select_for_update(of=("self",)).filter(
        comments__pk=comment
    )
)
_comments: Prepared[models.Comment] = Prepared(
    lambda *, pk: models.Comment.objects.select_for_update().filter(pk=pk)
)
_standings: Prepared[models.Standing] = Prepared(
    lambda *, user: models.Standing.objects.select_for_update().filter(user_id=user).order_by("pk")
)


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
    thread = _locked(story_id, masthead_id)
    if thread:
        return room_of(thread, at=at)
    mine: dict[str, Any] = {"story_id": story_id, "masthead_id": masthead_id}
    room = room_of(models.Thread(**mine), at=at)  # before a row is made: is there such a story?
    models.Thread.objects.get_or_create(**mine)
    return Room(_locked(story_id, masthead_id) or room.thread, room.house, room.door)


def lock_comment(comment_id: int) -> models.Comment:
    """Lock a comment's thread, then the comment; both as they are now.

    Raises:
        NothingToDecide: there is no such comment.

    """
    for thread in _thread_of(comment=comment_id):
        (comment,) = _comments(pk=comment_id)
        comment.thread = thread
        return comment
    raise NothingToDecide(f"There is no comment {comment_id}.")


def room_of(thread: models.Thread, *, at: datetime) -> Room:
    """A locked thread with what its masthead and its story say of it.

    Raises:
        ThreadUnavailable: as for `lock_thread`.

    """
    found = house_and_door(thread, at=at)
    if found is None:
        raise ThreadUnavailable(
            f"Story {thread.story_id} cannot be read here now, so nobody can comment."
        )
    return Room(thread, *found)


def lock_person(user_id: UUID, masthead_id: int) -> list[models.Standing]:
    """Lock a person's standing; return their rows for the network and this masthead.

    Of one person, only one verb at a time goes on from here.
    """
    rows = _standings(user=user_id)
    if not any(row.masthead_id is None for row in rows):
        models.Standing.objects.get_or_create(user_id=user_id, masthead=None)
        rows = _standings(user=user_id)
    return [row for row in rows if row.masthead_id in {None, masthead_id}]


def _locked(story_id: int, masthead_id: int) -> models.Thread | None:
    return next(iter(_threads(story=story_id, masthead=masthead_id)), None)
