"""A stored page comes back byte for byte, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import BadRecord, StoredPage, note_of
from tests.edge.pages import a_page

PAGES = st.builds(
    a_page,
    path=st.binary(min_size=1, max_size=20),
    headers=st.lists(st.tuples(st.binary(max_size=9), st.binary(max_size=9)), max_size=3).map(
        tuple
    ),
    bodies=st.dictionaries(st.sampled_from(["br", "gzip", "identity"]), st.binary(max_size=50)),
    note=st.builds(PageNote, start=st.integers(0, 2**64 - 1), ttl=st.none() | st.just(5.0)),
)


@given(PAGES)
def test_a_page_comes_back_as_it_was(page):
    record = page.to_bytes()

    assert StoredPage.from_bytes(record) == page
    assert note_of(memoryview(record)) == (page.held(), (*page.note.hard, *page.note.soft))


@given(PAGES, st.data())
def test_a_record_with_one_byte_changed_is_refused(page, data):
    record = bytearray(page.to_bytes())
    place = data.draw(st.integers(0, len(record) - 1))
    record[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(BadRecord):
        StoredPage.from_bytes(bytes(record))


@given(PAGES, st.data())
def test_a_record_cut_off_is_refused(page, data):
    record = page.to_bytes()

    with pytest.raises(BadRecord):
        StoredPage.from_bytes(record[: data.draw(st.integers(0, len(record) - 1))])


@pytest.mark.parametrize(
    "record",
    [b"", b"dlp1", b"x" * 12, b"dlp1" + b"\xff" * 8, b"dlp1" + bytes(8)],
    ids=["nothing", "mark only", "another mark", "endless", "empty"],
)
def test_the_head_of_something_else_is_refused(record):
    with pytest.raises(BadRecord):
        note_of(memoryview(record))
    with pytest.raises(BadRecord):
        StoredPage.from_bytes(record)


def test_what_a_judge_asks_stands_in_the_note():
    page = a_page(note=PageNote(start=3, opens=1.0, closes=2.0, ttl=4.0), stored_at=9.0)

    held = page.held()

    assert (held.start, held.opens, held.closes, held.ttl, held.stored_at) == (
        3,
        1.0,
        2.0,
        4.0,
        9.0,
    )
