"""WebP files: simple, extended and lossless ones, and damaged ones."""

import struct

import pytest

from dateline.media.domain import webp
from dateline.media.domain.refusal import PictureRefused
from tests.media import builders


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"xmp": b"<x/>"}])
def test_finds_the_size_of_each_kind(options):
    found = webp.read(builders.picture("WEBP", size=(61, 43), **options), source="a")

    assert (found.kind, found.width, found.height) == ("webp", 61, 43)
    assert found.xmp == options.get("xmp")


def test_finds_exif_without_the_prefix_some_writers_leave_on():
    block = builders.exif(main={315: "Ana"}).tobytes()

    found = webp.read(builders.picture("WEBP", exif=block), source="a")

    assert found.exif == block.removeprefix(b"Exif\x00\x00")


@pytest.mark.parametrize("keep", [14, 18, 30, -4])
def test_refuses_a_picture_that_is_cut_off(keep):
    with pytest.raises(PictureRefused, match=r"^a\.webp is cut off"):
        webp.read(builders.picture("WEBP")[:keep], source="a.webp")


def test_refuses_a_chunk_that_is_longer_than_the_file():
    data = bytearray(builders.picture("WEBP"))
    data[16:20] = b"\xff\xff\xff\x7f"

    with pytest.raises(PictureRefused, match="is cut off"):
        webp.read(bytes(data), source="a.webp")


@pytest.mark.parametrize("chunk", [b"VP8X", b"VP8 ", b"VP8L", b"JUNK"])
def test_refuses_a_picture_that_does_not_say_its_size(chunk):
    data = b"RIFF" + struct.pack("<I", 16) + b"WEBP" + chunk + struct.pack("<I", 4) + b"\x00" * 4

    with pytest.raises(PictureRefused, match="does not say its size"):
        webp.read(data, source="a.webp")


def test_refuses_too_many_pixels():
    data = bytearray(builders.picture("WEBP", xmp=b"<x/>"))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (29_999).to_bytes(3, "little") * 2

    with pytest.raises(PictureRefused, match="30,000 by 30,000 pixels"):
        webp.read(bytes(data), source="a.webp")


def test_knows_its_own_from_other_riff_files():
    assert webp.looks_like(builders.picture("WEBP"))
    assert not webp.looks_like(b"RIFF\x00\x00\x00\x00WAVE")
