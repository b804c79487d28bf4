"""EXIF: the few facts we need from any byte order, and the little we write."""

import struct

import pytest

from dateline.media.domain import exif
from tests.media import builders


@pytest.mark.parametrize("endian", ["<", ">"])
def test_reads_what_a_camera_wrote(endian):
    block = builders.exif(
        main={270: "Ferry at dawn", 315: "Ana", 33432: "(c) Ana", 274: 6},
        camera={0x9003: "2026:11:21 10:05:00", 0x9011: "+09:00"},
        gps=builders.GPS,
    )
    block.endian = endian

    found = exif.read(block.tobytes()[6:])

    assert found == exif.Exif(
        description="Ferry at dawn",
        artist="Ana",
        copyright="(c) Ana",
        taken_at="2026:11:21 10:05:00",
        taken_offset="+09:00",
        orientation=6,
        has_gps=True,
    )


@pytest.mark.parametrize(
    "block",
    [
        None,
        b"",
        b"not a TIFF",
        pytest.param(b"II*\x00", id="ends after its mark"),
        pytest.param(b"MM\x00*\x00\x00\x00\x00", id="points at its own head"),
        pytest.param(b"MM\x00*\x00\x00\xff\xff", id="points beyond its end"),
        pytest.param(b"MM\x00*\x00\x00\x00\x08\x00\x09\x01", id="ends in its first field"),
    ],
)
def test_reads_damage_as_nothing(block):
    assert exif.read(block) == exif.Exif()


def test_reads_a_number_where_text_should_be_as_nothing():
    entry = struct.pack(">HHII", exif.ARTIST, 4, 1, 7)
    turned = struct.pack(">HHIHH", exif.ORIENTATION, 3, 1, 9, 0)
    block = b"MM\x00*" + struct.pack(">IH", 8, 2) + entry + turned + b"\x00" * 4

    assert exif.read(block) == exif.Exif()


def test_writes_what_pillow_and_we_read_alike():
    block = exif.write(artist="Ana Ō", copyright_notice="©", orientation=8)

    assert exif.read(block) == exif.Exif(artist="Ana Ō", copyright="©", orientation=8)
    again = builders.opened(builders.picture(exif=b"Exif\x00\x00" + block)).getexif()
    assert (again[274], set(again)) == (8, {274, 315, 33432})


def test_writes_nothing_when_there_is_nothing_to_say():
    assert exif.write(artist=None, copyright_notice=None, orientation=1) == b""
