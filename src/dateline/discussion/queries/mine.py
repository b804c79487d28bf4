"""What a thread is to the one who reads it: own votes, own comments, people not to be read."""

from datetime import datetime, timedelta
from uuid import UUID

from dateline.discussion import models
from dateline.discussion.domain.rows import Mine
from dateline.discussion.domain.status import Status
from dateline.discussion.queries import people
from dateline.discussion.queries.doors import house_on
from dateline.discussion.queries.queues import own_rows

MOST = 500  # votes and comments of one reader in one thread that are looked at, the newest
SHOWN_TO_AUTHOR = {Status.HELD, Status.REMOVED}


def mine_in(story_id: int, masthead_id: int, reader_id: UUID, *, at: datetime) -> Mine:
    """What a story's thread on a masthead is to one reader; at most six queries.

    For their eyes only: never part of a page that is shared. `at` is aware UTC.
    """
    here = {"thread__story_id": story_id, "thread__masthead_id": masthead_id}
    votes = models.Vote.objects.filter(
        user_id=reader_id, comment__thread__story_id=story_id,
        comment__thread__masthead_id=masthead_id,
    ).exclude(value=0)  # fmt: skip
    written = models.Comment.objects.filter(author_id=reader_id, **here).select_related("thread")
    comments = list(written.exclude(status=Status.DELETED).order_by("-pk")[:MOST])
    since = at - timedelta(minutes=house_on(masthead_id).edit_minutes)
    seen = [c for c in comments if c.status == Status.VISIBLE]
    hidden = [c for c in comments if c.status in SHOWN_TO_AUTHOR]
    follows = models.Follow.objects.filter(
        user_id=reader_id, thread__story_id=story_id, thread__masthead_id=masthead_id
    )
    return Mine(
        reader_id=reader_id,
        votes=dict(votes.order_by("-pk").values_list("comment_id", "value")[:MOST]),
        own=frozenset(c.pk for c in seen),
        editable={c.pk: c.text for c in seen if c.created_at > since},
        muted=people.muted_by(reader_id),
        follows=follows.exists(),
        waiting=tuple(own_rows(hidden)) if hidden else (),
    )
