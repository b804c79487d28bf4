"""A cursor says the same after it was packed, and nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain.cursors import Cursor, unpack
from dateline.discussion.domain.errors import CursorRefused
from dateline.discussion.domain.ranks import Order
from tests.factories.discussion import MINUTE, NOON

BIG = st.integers(0, 2**63)


@given(st.sampled_from(Order), BIG, st.integers(0, 2**32 - 1), BIG, st.binary(max_size=7))
def test_nothing_is_lost_in_packing(order, thread_id, below, moves, key):
    cursor = Cursor(
        order=order, thread_id=thread_id, below=below, moves=moves,
        began_at=NOON + 7 * MINUTE, key=key,
    )  # fmt: skip

    assert unpack(cursor.pack()) == cursor


def test_an_unknown_order_is_refused():
    for wrong in (b"", b"\0" * 24, b"\xff" * 25, b"\x04" + b"\0" * 30):
        with pytest.raises(CursorRefused, match="is no place in a thread"):
            unpack(wrong)
