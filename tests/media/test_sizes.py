"""Copies on offer: named, parsed back, never enlarged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.media.domain.sizes import RATIOS, WIDTHS, Size, on_offer, parse


@given(st.sampled_from(RATIOS), st.sampled_from(WIDTHS), st.sampled_from(["avif", "webp", "jpeg"]))
def test_reads_back_every_name_it_gives(ratio, width, form):
    size = Size(ratio, width, form)

    assert parse(size.file_name) == size


@pytest.mark.parametrize(
    "name",
    ["3x2-641.webp", "5x7-640.webp", "full-640.png", "3:2-640.webp", "../x", "3x2-640.webp/", ""],
)
def test_knows_no_other_names(name):
    assert parse(name) is None


@pytest.mark.parametrize(
    ("size", "spec"),
    [
        (Size("3:2", 640, "webp"), "fill-640x427|format-webp"),
        (Size("4:5", 320, "jpeg"), "fill-320x400|format-jpeg"),
        (Size("full", 960, "webp"), "width-960|format-webp"),
        (Size("1:1", 750, "avif"), "fill-750x750|format-avif"),
    ],
)
def test_says_how_wagtail_makes_it(size, spec):
    assert size.filter_spec == spec


@pytest.mark.parametrize(
    ("ratio", "size", "copies"),
    [
        ("3:2", (6000, 4000), [(w, w, round(w * 2 / 3)) for w in WIDTHS]),
        ("3:2", (600, 600), [(320, 320, 213), (480, 480, 320), (640, 600, 400)]),
        ("1:1", (600, 400), [(320, 320, 320), (480, 400, 400)]),
        ("full", (200, 3), [(320, 200, 3)]),
        ("16:9", (1, 1), [(320, 1, 1)]),
    ],
)
def test_offers_no_copy_wider_than_the_picture_needs(ratio, size, copies):
    assert list(on_offer(ratio, *size)) == copies


@given(st.sampled_from(RATIOS), st.integers(1, 20_000), st.integers(1, 20_000))
def test_never_enlarges(ratio, width, height):
    for asked, real, tall in on_offer(ratio, width, height):
        assert 1 <= real <= min(asked, width)
        assert 1 <= tall <= max(height, 1)
