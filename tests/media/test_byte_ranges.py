"""Range headers: one range is served, nonsense is ignored, nothing is served twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.media.domain.byte_ranges import Unsatisfiable, parse


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-3", (0, 3)),
        ("bytes=4-", (4, 9)),
        ("bytes=-4", (6, 9)),
        ("bytes=-400", (0, 9)),
        ("bytes=4-400", (4, 9)),
        ("bytes=9-9", (9, 9)),
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=4-3", None),
        ("bytes=0-1,4-5", None),
        ("bytes=a-b", None),
        ("lines=1-2", None),
    ],
)
def test_reads_one_range_or_the_whole(header, found):
    assert parse(header, 10) == found


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_refuses_a_range_behind_the_end(header):
    with pytest.raises(Unsatisfiable):
        parse(header, 10)


@given(st.text(max_size=20), st.integers(0, 100))
def test_never_leaves_the_file(rest, size):
    try:
        found = parse(f"bytes={rest}", size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found[0] <= found[1] < size
