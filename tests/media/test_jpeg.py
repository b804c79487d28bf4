"""JPEG files: cut into segments without decoding, refused when something is missing."""

import struct

import pytest

from dateline.media.domain import jpeg
from dateline.media.domain.refusal import PictureRefused
from tests.media import builders


def test_finds_size_and_blocks():
    record = builders.iim((105, b"Ferry"))
    data = builders.jpeg(iim=record, xmp=b"<x/>", exif=builders.exif(main={315: "Ana"}))

    found = jpeg.read(data, source="a.jpg")

    assert (found.kind, found.width, found.height) == ("jpeg", 60, 40)
    assert found.iim == record
    assert found.xmp == b"<x/>"
    assert found.exif[:2] in {b"II", b"MM"}
    assert found.iim_digest is None
    assert not found.has_extended_xmp


def test_joins_an_iim_record_that_spans_two_segments():
    record = builders.iim((120, b"x" * 300))
    block = builders.photoshop(record)
    halves = [(0xED, block[:100]), (0xED, jpeg.PHOTOSHOP_PREFIX + block[100:])]

    assert jpeg.read(builders.jpeg(extra=halves), source="a").iim == record


def test_reads_past_other_photoshop_resources_with_names_and_padding():
    block = (
        jpeg.PHOTOSHOP_PREFIX
        + builders.resource(0x03ED, b"odd", name=b"\x03dpi")
        + builders.resource(0x0404, b"iim")
        + builders.resource(0x0425, b"d" * 16)
    )

    found = jpeg.read(builders.jpeg(extra=[(0xED, block)]), source="a")

    assert (found.iim, found.iim_digest) == (b"iim", b"d" * 16)


def test_stops_at_a_photoshop_resource_whose_name_runs_over_the_end():
    block = jpeg.PHOTOSHOP_PREFIX + b"8BIM\x04\x04\xffabcdefgh"

    assert jpeg.read(builders.jpeg(extra=[(0xED, block)]), source="a").iim is None


def test_says_when_there_is_more_xmp_than_one_segment_holds():
    more = (0xE1, jpeg.MORE_XMP_PREFIX + b"0" * 40)

    assert jpeg.read(builders.jpeg(extra=[more]), source="a").has_extended_xmp


def test_skips_fill_bytes_stray_bytes_and_markers_without_length():
    data = builders.picture()
    odd = data[:2] + b"stray\xff\xff\xff\x01" + data[2:]

    assert jpeg.read(odd, source="a").width == 60


def test_leaves_out_what_follows_the_end_marker():
    data = builders.picture()

    assert jpeg.lay_out(data + b"a second picture with GPS", source="a").pixels[-2:] == jpeg.END


def test_reads_a_progressive_picture_with_tables_between_its_scans():
    data = builders.picture(progressive=True)

    layout = jpeg.lay_out(data, source="a")

    assert layout.pixels.count(b"\xff\xda") > 1
    assert data.endswith(layout.pixels)


@pytest.mark.parametrize("keep", [2, 3, 5, 21, 100, 500, -2])
def test_refuses_a_picture_that_is_cut_off(keep):
    with pytest.raises(PictureRefused, match=r"^half\.jpg is cut off"):
        jpeg.read(builders.picture()[:keep], source="half.jpg")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xd8\xff\xd9", "a JPEG without a picture"),
        (b"\xff\xd8\xff\xe0\x00\x01", "a segment has no length"),
        (b"\xff\xd8\xff\xda\x00\x02\xff\xd9", "does not say its size"),
        (b"\xff\xd8\xff\xc0\x00\x04\x08\x00\xff\xda\x00\x02\xff\xd9", "does not say its size"),
        (b"\xff\xd8\xff\xff", "is cut off"),
        (b"\xff\xd8\xff\xe0\x00", "is cut off"),
    ],
    ids=["no scan", "no length", "no frame", "short frame", "only fill", "half a length"],
)
def test_refuses_damage_and_says_which(data, why):
    with pytest.raises(PictureRefused, match=why):
        jpeg.read(data, source="a.jpg")


@pytest.mark.parametrize(
    ("width", "height", "why"),
    [
        (30_000, 30_000, r"big\.jpg is 30,000 by 30,000 pixels; the limit is 100 million in all"),
        (0, 40, "says it is 0 by 40 pixels"),
        (40, 0, "says it is 40 by 0 pixels"),
    ],
)
def test_refuses_sizes_before_a_pixel_is_decoded(width, height, why):
    data = sized(width, height)

    with pytest.raises(PictureRefused, match=why):
        jpeg.read(data, source="big.jpg")


def sized(width, height):
    data = bytearray(builders.picture())
    frame = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, frame + 5, height, width)
    return bytes(data)
