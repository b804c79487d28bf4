"""Keep counts and ranks true when a comment appears, goes, or moves. Under the thread's lock."""

from datetime import datetime

from dateline.discussion import models
from dateline.discussion.domain import paths, ranks
from dateline.discussion.domain.ranks import Order
from dateline.discussion.domain.status import Status
from dateline.prepared import Change, Insert, Prepared

_counted = Change(models.Thread, "visible", "numbers", "moves")
_beneath = Change(models.Comment, "below")
_above: Prepared[models.Comment] = Prepared(
    lambda *, thread, numbers: (
        models.Comment.objects.filter(thread_id=thread, number__in=numbers)
        .only("number", "parent_id", "below", "rank_discussed")
        .order_by("depth")
    )
)
_moved = Insert(models.RankMove)
_placed = {
    order: Change(models.Comment, f"rank_{order}", f"moved_{order}") for order in ranks.MOVING
}


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
    if line := paths.ancestors(bytes(comment.path)):
        _count_below(thread, line, seen, at=at)
    _counted(thread)


def _count_below(thread: models.Thread, line: list[int], seen: int, *, at: datetime) -> None:
    above = _above(thread=thread.pk, numbers=line)
    for row in above:
        row.below += seen
        _beneath(row)
    root = above[0]
    root.thread = thread
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
    _moved(
        models.RankMove(
            thread=thread, parent_id=comment.parent_id, comment=comment, order=order,
            move=thread.moves, was=was, at=at,
        )
    )  # fmt: skip
    setattr(comment, field, rank)
    setattr(comment, f"moved_{order}", thread.moves)
    _placed[order](comment)
