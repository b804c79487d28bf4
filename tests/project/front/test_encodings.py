"""Which form of a page a reader takes, and making the forms."""

import gzip

import brotli
import pytest

from dateline.project.front import encodings
from dateline.project.front.encodings import Encoding, choose

BR, GZIP, PLAIN = Encoding.BROTLI, Encoding.GZIP, Encoding.IDENTITY


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, PLAIN),
        (b"", PLAIN),
        (b"gzip", GZIP),
        (b"x-gzip", PLAIN),
        (b"br", BR),
        (b"gzip, deflate, br, zstd", BR),
        (b"GZIP;Q=1.0", GZIP),
        (b"br;q=0.5, gzip;q=0.8", GZIP),
        (b"br;q=0, gzip", GZIP),
        (b"br;q=0, *", GZIP),
        (b"*", BR),
        (b"*;q=0", PLAIN),
        (b"gzip;q=0.1, identity", PLAIN),
        (b"identity;q=0", PLAIN),
        (b"gzip;q=nan, br;q=2", PLAIN),
        (b"gzip;q=high", PLAIN),
        (b"gzip;level=1", GZIP),
        pytest.param(b"\xff\xfe, gzip", GZIP, id="not text"),
    ],
)
def test_a_reader_gets_the_smallest_form_it_likes_best(accept, expected):
    assert choose(accept) is expected
    assert choose(accept) is expected  # remembered


def test_any_number_of_wishes_takes_little_memory():
    for number in range(2 * encodings.REMEMBER_AT_MOST):
        assert choose(b"gzip, x-%d" % number) is GZIP

    assert len(encodings.CHOSEN) <= encodings.REMEMBER_AT_MOST + 1
    assert choose(None) is PLAIN


def test_both_forms_hold_the_same_page_and_are_the_same_each_time():
    body = "日本のニュース ".encode() * 500

    zipped, small = encodings.compress(body)

    assert gzip.decompress(zipped) == brotli.decompress(small) == encodings.plain(zipped) == body
    assert len(small) < len(zipped) < len(body)
    assert encodings.compress(body) == (zipped, small)


@pytest.mark.parametrize(("size", "is_smaller"), [(encodings.BEST_UP_TO, True), (70_000, False)])
def test_what_lasts_is_made_as_small_as_it_goes_unless_it_is_large(size, is_smaller):
    body = b"".join(b".card-%d { inset: %dpx }\n" % (n, n * n) for n in range(9_000))[:size]

    _, small = encodings.compress(body, lasts=True)

    assert brotli.decompress(small) == body
    assert (len(small) < len(encodings.compress(body)[1])) is is_smaller


@pytest.mark.parametrize(
    ("content_type", "size", "expected"),
    [
        (b"text/html; charset=utf-8", 256, True),
        (b"TEXT/CSS", 256, True),
        (b"application/rss+xml", 256, True),
        (b"text/html", 255, False),
        (b"image/webp", 9999, False),
        (b"font/woff2", 9999, False),
        (b"", 9999, False),
    ],
)
def test_only_text_that_is_long_enough_is_compressed(content_type, size, expected):
    assert encodings.is_worth_it(content_type, size) is expected
