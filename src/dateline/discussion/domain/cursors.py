"""Where a reader is in a thread: the order as it was when they began, and the last place shown."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.ranks import Order

HEAD = struct.Struct(">BQIQI")  # order, thread, number of the parent, moves seen, minute it began
ORDERS = tuple(Order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in one order of one thread.

    `below` is the number of the comment whose replies are read, 0 for the thread itself. `key` is
    the rank of the last comment shown. `moves` is how many times ranks of this thread had moved
    when the reader began, at `began_at` (aware UTC, to the minute): the order is kept as of then.
    """

    order: Order
    thread_id: int
    below: int
    moves: int
    began_at: datetime
    key: bytes

    def pack(self) -> bytes:
        """The cursor as bytes, to be signed."""
        minute = int(self.began_at.timestamp()) // 60
        place = ORDERS.index(self.order)
        return HEAD.pack(place, self.thread_id, self.below, self.moves, minute) + self.key


def unpack(packed: bytes) -> Cursor:
    """Read what `Cursor.pack` wrote.

    Raises:
        CursorRefused: it is too short, or names an order that does not exist.

    """
    try:
        place, thread_id, below, moves, minute = HEAD.unpack_from(packed)
        order = ORDERS[place]
    except (struct.error, IndexError) as error:
        raise CursorRefused(
            f"{packed[:12]!r} is no place in a thread. Start at its first page."
        ) from error
    return Cursor(
        order=order,
        thread_id=thread_id,
        below=below,
        moves=moves,
        began_at=datetime.fromtimestamp(minute * 60, UTC),
        key=packed[HEAD.size :],
    )
