"""Heads of stored pages: what a reader hears, what an outer cache hears, and for how long."""

import pytest

from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
from dateline.project.front import answers
from dateline.project.front.encodings import Encoding, compress

NOON = 1_795_435_200.0


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", "a"', True),
        (b'"b",W/"a"', True),
        (b"*", True),
        (b'"b"', False),
        (b"a", False),
        (b"", False),
        (b'"a', False),
        (b'w/"a"', False),
    ],
)
def test_a_tag_is_compared_weakly(sent, same):
    assert answers.is_same(sent, b'"a"') is same


def test_what_the_front_computes_is_not_taken_from_a_renderer():
    kept = answers.kept_headers(
        [
            (b"content-type", b"text/html"), (b"etag", b'"theirs"'), (b"age", b"9"),
            (b"xkey", b"all"), (b"cache-status", b"origin; hit"), (b"x-dateline-edge", b"{}"),
            (b"vary", b"Accept-Encoding"), (b"x-frame-options", b"DENY"), (b"link", b"a"),
            (b"link", b"b"), (b"cache-control", b"public, max-age=9"),
        ]
    )  # fmt: skip

    assert kept == (
        (b"content-type", b"text/html"), (b"x-frame-options", b"DENY"), (b"link", b"a"),
        (b"link", b"b"), (b"cache-control", b"no-cache"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content_type", "own", "expected"),
    [
        (b"text/html; charset=utf-8", b"max-age=60", b"no-cache"),
        (b"application/rss+xml", b"max-age=60", b"max-age=60"),
        (b"application/rss+xml", None, b"no-cache"),
        (None, None, b"no-cache"),
    ],
)
def test_a_page_is_asked_for_again_and_the_rest_keeps_its_life(content_type, own, expected):
    headers = [(b"content-type", content_type)] if content_type else []
    headers += [(b"cache-control", own)] if own else []

    assert [v for k, v in answers.kept_headers(headers) if k == b"cache-control"] == [expected]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ({}, b"max-age=86400, stale-while-revalidate=60, stale-if-error=86400"),
        ({"opens": NOON + 30}, b"max-age=30"),
        ({"opens": NOON + 30, "closes": NOON + 20.9}, b"max-age=20"),
        ({"ttl": 5.0}, b"max-age=3"),
        ({"closes": NOON - 1}, b"max-age=0"),
        ({"closes": NOON + 10**6}, b"max-age=86400"),
    ],
)
def test_an_outer_cache_keeps_no_page_beyond_a_moment(moments, expected):
    page = a_page(note=PageNote(start=1, **moments), stored_at=NOON - 2)

    assert answers.outer_life(page, NOON) == (b"surrogate-control", expected)


def test_a_page_that_nobody_could_check_is_kept_by_no_outer_cache():
    assert answers.for_outer(a_page(), NOON, -1) == []


def test_identity_is_unpacked_from_what_is_kept():
    zipped, small = compress(b"<p>" * 500)
    page = a_page(bodies={"gzip": zipped, "br": small})

    forms = [answers.form_of(page, encoding) for encoding in Encoding]

    assert [form.etag for form in forms] == [b'"abc"', b'"abc-gzip"', b'"abc-br"']
    assert [answers.body_of(page, form.encoding) for form in forms] == [
        b"<p>" * 500, zipped, small,
    ]  # fmt: skip


def test_a_304_repeats_what_a_copy_needs():
    fields = [
        (b"content-type", b"text/html"), (b"vary", b"Accept-Encoding"), (b"etag", b'"a"'),
        (b"cache-control", b"no-cache"), (b"content-encoding", b"br"),
    ]  # fmt: skip

    assert sorted(name for name, _ in answers.without_body(fields)) == [
        b"cache-control", b"etag", b"vary",
    ]  # fmt: skip


def a_page(**fields):
    given = {
        "host": b"a", "path": b"/", "query": b"", "status": 200, "headers": (),
        "bodies": {"identity": b"x"}, "etag": "abc", "stored_at": NOON, "made_ms": 1.0,
        "note": PageNote(start=1),
    }  # fmt: skip
    return StoredPage(**(given | fields))
