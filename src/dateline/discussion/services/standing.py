"""Keep counts and ranks true when a comment appears, goes, or moves. Under the thread's lock."""

from datetime import datetime

from django.db.models import F, Q

from dateline.discussion import models
from dateline.discussion.domain import paths, ranks
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.status import Status


def change_status(comment: models.Comment, status: Status, *, at: datetime) -> None:
    """Give a locked comment another status, and count it in or out where readers count it."""
    was, comment.status = comment.status, status
    seen = (status == Status.VISIBLE) - (was == Status.VISIBLE)
    if seen:
        count(comment, seen, at=at)


def count(comment: models.Comment, seen: int, *, at: datetime) -> None:
    """Count a comment in (`seen` 1) or out (-1): in its thread, and below all it stands under.

    Saves the thread. `comment.thread` must be locked, and be the row that is saved last.
    """
    thread = comment.thread
    thread.visible += seen
    if comment.root_id:
        _count_below(comment, seen, at=at)
    thread.save(update_fields=["visible", "numbers", "moves"])


def _count_below(comment: models.Comment, seen: int, *, at: datetime) -> None:
    above = models.Comment.objects.filter(
        thread_id=comment.thread_id, number__in=paths.ancestors(bytes(comment.path))
    )
    above.update(below=F("below") + seen)
    root = models.Comment.objects.get(Q(pk=comment.root_id))
    root.thread = comment.thread
    move(root, Order.DISCUSSED, ranks.discussed(root.below, root.number), at=at)


def move(comment: models.Comment, order: Order, rank: bytes, *, at: datetime) -> None:
    """Give a comment another rank in one order, and keep the one it had for who reads by that.

    Changes `thread.moves`, which the caller saves.
    """
    field = f"rank_{order}"
    was = bytes(getattr(comment, field))
    if rank == was:
        return
    thread = comment.thread
    thread.moves += 1
    models.RankMove.objects.create(
        thread=thread, parent_id=comment.parent_id, comment=comment, order=order,
        move=thread.moves, was=was, at=at,
    )  # fmt: skip
    setattr(comment, field, rank)
    setattr(comment, f"moved_{order}", thread.moves)
    comment.save(update_fields=[field, f"moved_{order}"])
