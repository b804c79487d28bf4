"""What changed between two versions, paragraph by paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain.changes import Change, changes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("A\n\nB", " A \nB\n", [Change("same", "A"), Change("same", "B")]),
        ("A\nB", "A\nC", [Change("same", "A"), Change("removed", "B"), Change("added", "C")]),
        ("", "A", [Change("added", "A")]),
        ("A", "", [Change("removed", "A")]),
    ],
)
def test_says_what_stayed_what_went_and_what_came(before, after, expected):
    assert changes(before, after) == expected


texts = st.lists(st.sampled_from(["A", "B", "C", "", "  "]), max_size=8).map("\n".join)


@given(texts, texts)
def test_both_texts_can_be_read_back(before, after):
    found = changes(before, after)

    assert [c.text for c in found if c.kind != "added"] == before.split()
    assert [c.text for c in found if c.kind != "removed"] == after.split()
