"""The front's second look at what a renderer calls shared."""

import pytest

from dateline.edge.domain.note import PageNote
from dateline.project.front.fetched import Fetched

NOTE = PageNote(start=7, hard=("s:1",)).to_json()


@pytest.mark.parametrize(
    "value", [b"a\rb", b"a\nb", b"a\x00b", b"\x7f"], ids=["cr", "lf", "nul", "del"]
)
def test_a_field_that_could_split_an_answer_is_not_stored(value, logged):
    assert not fetched(headers=[(b"link", value)]).is_storable()
    assert "control character" in logged()


@pytest.mark.parametrize(
    "headers",
    [
        [], [(b"vary", b"Accept-Encoding")], [(b"vary", b"accept-encoding, ACCEPT-ENCODING,")],
        [(b"cache-control", b"public, max-age=5, no-cache")], [(b"content-encoding", b"identity")],
        [(b"link", b"a\tb")],
    ],
)  # fmt: skip
def test_what_every_reader_may_see_is_stored(headers):
    assert fetched(headers=headers).is_storable()


def test_a_type_that_is_missing_is_no_type():
    assert fetched().content_type == b""
    assert fetched(headers=[(b"content-type", b"a/b")]).content_type == b"a/b"


@pytest.mark.parametrize(
    ("value", "lasts"), [(b"max-age=9, public, immutable", True), (b"max-age=9", False)]
)
def test_a_file_that_never_changes_says_so(value, lasts):
    assert fetched(headers=[(b"cache-control", value)]).lasts is lasts


@pytest.mark.parametrize(
    ("status", "ttl", "expected"),
    [(404, None, 10), (404, 3, 3), (404, 60, 10), (410, None, None), (200, 60, 60)],
)
def test_only_what_is_not_found_is_short_lived(status, ttl, expected):
    word = PageNote(start=7, ttl=ttl).to_json()

    assert fetched(status=status, word=word).note().ttl == expected


def test_a_note_is_read_back():
    assert fetched(word=NOTE).note() == PageNote(start=7, hard=("s:1",))


def fetched(*, status=200, headers=(), word=NOTE):
    return Fetched(status, list(headers), b"<p>", word)
