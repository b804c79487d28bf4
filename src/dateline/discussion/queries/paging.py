"""Find the places on one page of a thread, in the order as it was when the reader began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from dateline.discussion import models
from dateline.discussion.domain import merging
from dateline.discussion.domain.cursors import Cursor, unpack
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.merging import Place
from dateline.discussion.domain.ranks import HIGHEST_NUMBER, MOVING, Order, newest, oldest
from dateline.discussion.queries.visibility import STANDS
from dateline.prepared import Prepared

ORDER_KEPT = timedelta(hours=12)  # an older cursor goes on in the order as it is now
MOST_MOVES = 5_000  # as does one since which more ranks have moved
MANY = 200  # visible comments below: from here on a comment's replies are asked for by themselves
_SIGNER = signing.Signer(salt="dateline.discussion.cursor")


@dataclass(frozen=True, slots=True)
class Found:
    """A comment on a page: its own place, and the comment it stands below (None for the thread)."""

    place: Place
    parent_id: int | None
    moves: int


def sealed(cursor: Cursor) -> str:
    """The cursor as text for an address, signed: nobody can ask for a place we did not give."""
    return _SIGNER.sign(signing.b64_encode(cursor.pack()).decode())


def opened(token: str) -> Cursor:
    """Read what `sealed` wrote.

    Raises:
        CursorRefused: we did not write it.

    """
    try:
        return unpack(signing.b64_decode(_SIGNER.unsign(token).encode()))
    except signing.BadSignature as error:
        raise CursorRefused(
            f"{token[:40]!r} is no place in a thread. Start at its first page."
        ) from error


def order_below(order: Order) -> Order:
    """How replies are ordered where the thread is in `order`."""
    return Order.BEST if order is Order.DISCUSSED else order


def first(thread_id: int, order: Order, *, size: int) -> list[Found]:
    """The first `size` comments of a thread that answer its story. One query.

    Each says how many moves the thread had made at that moment: what a cursor starts from.
    """
    return [_found(row, order) for row in _roots(order, size, thread=thread_id)]


def after(cursor: Cursor, parent_id: int | None, *, size: int, at: datetime) -> list[Found]:
    """The next `size` comments after a cursor. At most three queries, each one range of an index.

    None is left out or shown twice, however many votes and replies have moved ranks since the
    reader began, within ORDER_KEPT and MOST_MOVES.
    """
    if cursor.order not in MOVING or at - cursor.began_at > ORDER_KEPT:
        return _beyond(cursor, parent_id, size)
    # What stands still is read before what moved: a comment that moves in between is in both.
    standing = [found.place for found in _beyond(cursor, parent_id, size, moves=cursor.moves)]
    moved = _moved(cursor, parent_id)
    if moved is None:
        return _beyond(cursor, parent_id, size)
    ahead = [pk for pk, rank in moved.items() if rank > cursor.key]
    late = _siblings(cursor.thread_id, parent_id).filter(pk__in=ahead) if ahead else ()
    places = merging.page(
        standing,
        moved,
        [_found(row, cursor.order).place for row in _values(late, cursor.order)],
        size=size,
    )
    return [Found(place, parent_id, cursor.moves) for place in places]


def below(parents: Sequence[Place], order: Order, *, size: int) -> list[Found]:
    """The first `size` replies to each of these comments, in order. One query for most of them.

    A comment with more than MANY below it is asked about by itself: then as many of its replies
    are read as are shown, where the others' are all numbered.
    """
    order = order_below(order)
    few = [place.id for place in parents if 0 < place.below <= MANY]
    found = [_found(row, order) for row in _numbered(order, size, parents=few)]
    for place in parents:
        if place.below > MANY:
            found += [_found(row, order) for row in _replies(order, size, parent=place.id)]
    return found


def _build_numbered(order: Order, size: int, *, parents: Sequence[int]) -> QuerySet[Any, Any]:
    field, backwards = _field(order)
    sort = F(field).desc() if backwards else F(field).asc()
    place = Window(RowNumber(), partition_by=F("parent_id"), order_by=sort)
    rows = models.Comment.objects.filter(STANDS, parent_id__in=parents)
    numbered = rows.annotate(place=place).filter(place__lte=size).order_by("place")
    placed: QuerySet[Any, Any] = _values(numbered, order)
    return placed


def _siblings(thread_id: int, parent_id: int | None) -> QuerySet[models.Comment]:
    mine = models.Comment.objects.filter(STANDS)
    if parent_id is None:
        return mine.filter(thread_id=thread_id, parent=None)
    return mine.filter(parent_id=parent_id)


def _field(order: Order) -> tuple[str, bool]:
    return (f"rank_{order}", False) if order in MOVING else ("number", order is Order.NEWEST)


def _ordered(rows: QuerySet[models.Comment], order: Order) -> QuerySet[models.Comment]:
    field, backwards = _field(order)
    return rows.order_by(f"-{field}" if backwards else field)


def _beyond(cursor: Cursor, parent_id: int | None, size: int, **moves: int) -> list[Found]:
    """The next comments after a cursor's key as they are; with `moves`, those not moved since."""
    order, at_top = cursor.order, parent_id is None
    place = cursor.thread_id if parent_id is None else parent_id
    key: dict[str, Any] = {"key": _key(cursor)} if cursor.key else {}
    shape = (order, size, at_top, bool(key), bool(moves))
    return [_found(row, order) for row in _nexts(*shape, place=place, **key, **moves)]


def _key(cursor: Cursor) -> bytes | int:
    """What the ranks or numbers of the comments after a cursor are beyond."""
    if cursor.order in MOVING:
        return cursor.key
    number = int.from_bytes(cursor.key, "big")
    return HIGHEST_NUMBER - number if cursor.order is Order.NEWEST else number


def _build_nexts(
    order: Order, size: int, at_top: bool, _keyed: bool, _kept: bool,
    *, place: int, key: bytes | int | None = None, moves: int | None = None,
) -> QuerySet[Any, Any]:  # fmt: skip
    rows = _ordered(_siblings(place, None) if at_top else _siblings(0, place), order)
    field, backwards = _field(order)
    if key is not None:
        rows = rows.filter(**{f"{field}__{'lt' if backwards else 'gt'}": key})
    if moves is not None:
        rows = rows.filter(**{f"moved_{order}__lte": moves})
    nexts: QuerySet[Any, Any] = _values(rows, order)[:size]
    return nexts


def _build_moves(
    order: Order, at_top: bool, *, thread: int, moves: int, parent: int = 0
) -> QuerySet[Any, Any]:
    made = models.RankMove.objects.filter(
        thread_id=thread, order=order, parent_id=None if at_top else parent, move__gt=moves
    )
    return made.order_by("-move").values_list("comment_id", "was")[: MOST_MOVES + 1]


def _values(rows: Any, order: Order) -> Any:
    if not isinstance(rows, QuerySet):
        return rows
    return rows.values_list("pk", "parent_id", "below", _field(order)[0], "thread__moves")


_nexts: Prepared[tuple[Any, ...]] = Prepared(_build_nexts)
_moves: Prepared[tuple[int, bytes]] = Prepared(_build_moves)
_numbered: Prepared[tuple[Any, ...]] = Prepared(_build_numbered)
_roots: Prepared[tuple[Any, ...]] = Prepared(
    lambda order, size, *, thread: _values(_ordered(_siblings(thread, None), order), order)[:size]
)
_replies: Prepared[tuple[Any, ...]] = Prepared(
    lambda order, size, *, parent: _values(_ordered(_siblings(0, parent), order), order)[:size]
)


def _found(row: tuple[Any, ...], order: Order) -> Found:
    pk, parent_id, beneath, value, moves = row
    if order in MOVING:
        rank = bytes(value)
    else:
        rank = newest(value) if order is Order.NEWEST else oldest(value)
    return Found(Place(pk, rank, beneath), parent_id, moves)


def _moved(cursor: Cursor, parent_id: int | None) -> dict[int, bytes] | None:
    """The rank each moved comment had when the reader began; None where too much has moved."""
    below: dict[str, int] = {} if parent_id is None else {"parent": parent_id}
    asked = {"thread": cursor.thread_id, "moves": cursor.moves, **below}
    found = _moves(cursor.order, parent_id is None, **asked)
    if len(found) > MOST_MOVES:
        return None
    return {pk: bytes(was) for pk, was in found}  # newest first, so that the oldest stays
