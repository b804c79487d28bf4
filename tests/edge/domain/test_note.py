"""The note beside an answer comes back as it was sent, and nonsense is refused with a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edge.domain.note import BadNote, PageNote

TAGS = st.lists(st.text(min_size=1, max_size=20), max_size=8).map(tuple)
SECONDS = st.none() | st.floats(0, 2.0**39)


@given(st.integers(0, 2**64 - 1), TAGS, TAGS, SECONDS, SECONDS, SECONDS)
def test_a_note_comes_back_as_it_was_sent(start, hard, soft, opens, closes, ttl):
    note = PageNote(start=start, hard=hard, soft=soft, opens=opens, closes=closes, ttl=ttl)

    text = note.to_json()

    assert PageNote.from_json(text) == note
    assert PageNote.from_json(text.encode()) == note
    assert text.isascii()
    assert text.isprintable()


def test_what_is_not_said_takes_no_room():
    assert PageNote(start=0).to_json() == '{"start": 0}'
    assert PageNote(start=1, ttl=0.0).to_json() == '{"start": 1, "ttl": 0.0}'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": None}, "start: expected a whole number from 0, found None"),
        ({"start": -1}, "start: expected a whole number from 0, found -1"),
        ({"start": True}, "start: expected a whole number from 0, found True"),
        ({"start": 2**64}, "start: expected a whole number"),
        ({"hard": "s:1"}, "hard: expected a list of tags of 1 to 200 characters"),
        ({"hard": [""]}, "hard: expected a list of tags"),
        ({"soft": [1]}, "soft: expected a list of tags"),
        ({"soft": ["x" * 201]}, "soft: expected a list of tags"),
        ({"opens": "soon"}, "opens: expected seconds, found 'soon'"),
        ({"closes": -1}, "closes: expected seconds, found -1"),
        ({"closes": True}, "closes: expected seconds, found True"),
        ({"ttl": float("nan")}, "ttl: expected seconds, found nan"),
        ({"ttl": 2.0**40}, "ttl: expected seconds"),
        ({"hard": ["a"] * 1_001}, "The page names more than 1000 tags."),
    ],
    ids=str,
)
def test_nonsense_is_refused_by_field(change, reason):
    with pytest.raises(BadNote) as refused:
        PageNote.from_json(json.dumps({"start": 1} | change))

    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize("text", ["", "{", "[1]", "[" * 9_000, '{"hard": []}'])
def test_what_is_no_note_is_refused(text):
    with pytest.raises(BadNote):
        PageNote.from_json(text)


def test_a_note_that_would_not_fit_a_head_is_refused_on_both_sides():
    with pytest.raises(BadNote, match="more than 1000 tags"):
        PageNote(start=1, hard=("a",) * 600, soft=("b",) * 401).to_json()
    with pytest.raises(BadNote, match="the limit is 16384"):
        PageNote(start=1, hard=tuple(f"t:{number:0100}" for number in range(200))).to_json()
    with pytest.raises(BadNote, match="the limit is 16384"):
        PageNote.from_json(" " * 20_000)


@pytest.mark.parametrize("query", [None, (), ("page",), ("page", "v")])
def test_a_note_says_which_names_of_a_query_were_read(query):
    note = PageNote(start=1, query=query)

    assert PageNote.from_json(note.to_json()) == note


def test_names_that_are_no_names_are_refused():
    with pytest.raises(BadNote, match="query: expected a list"):
        PageNote.from_json('{"start": 1, "query": "page"}')
