"""Renditions: credit and rights go in, GPS and all else goes out, pixels stay."""

from io import BytesIO

import pytest
from PIL import Image, IptcImagePlugin

from dateline.media.domain.embed import Credits, embed_metadata
from dateline.media.domain.metadata import PictureRefused, read_metadata
from tests.media import builders

CREDITS = Credits(
    headline="Ferry leaves",
    caption="The ferry <leaves> & returns.",
    alt_text="A white ferry.",
    byline="Ana Ōta",
    credit="HP via KNS",
    source="HP",
    copyright_notice="© 2026 Harbour Press",
    usage_terms="Editorial use only.",
    web_statement="https://example.test/licence",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    guid="urn:example:ferry",
)


@pytest.mark.parametrize("make", ["photo", "webp_photo", "simple_webp", "lossless_webp"])
def test_carries_the_credits_and_loses_the_rest(request, make):
    data = request.getfixturevalue(make)

    out = embed_metadata(data, CREDITS, source="a")

    found = read_metadata(out, source="a")
    for name in Credits.__dataclass_fields__:
        assert getattr(found, name) == getattr(CREDITS, name), name
    assert not found.has_gps
    assert found.instructions is None
    assert found.warnings == ()
    assert builders.opened(out).tobytes() == builders.opened(data).tobytes()
    for secret in (b"SecretCam", b"NO ARCHIVES", b"GIMP"):
        assert secret not in out


def test_strips_gps_as_other_readers_see_it(photo):
    before = builders.opened(photo).getexif()
    after = builders.opened(embed_metadata(photo, CREDITS, source="a")).getexif()

    assert before.get_ifd(0x8825)
    assert not after.get_ifd(0x8825)
    assert set(after) == {274, 315, 33432}
    assert after[274] == 6  # still lies on its side, so it must still say so


def test_writes_iim_that_other_readers_see(photo):
    out = embed_metadata(photo, CREDITS, source="a")

    record = IptcImagePlugin.getiptcinfo(builders.opened(out))

    assert record[(2, 110)] == b"HP via KNS"
    assert record[(2, 80)] == "Ana Ōta".encode()


def test_keeps_the_colour_profile_and_cuts_what_follows_the_picture():
    data = builders.picture(icc_profile=b"a profile") + b"second picture with GPS"

    out = embed_metadata(data, Credits(), source="a")

    assert builders.opened(out).info["icc_profile"] == b"a profile"
    assert b"second picture" not in out


def test_writes_no_block_when_there_is_nothing_to_say():
    clean, webp = (
        embed_metadata(builders.picture(kind), Credits(), source="a") for kind in ("JPEG", "WEBP")
    )

    assert b"Photoshop" not in clean
    assert b"xmp" not in clean + webp


def test_keeps_transparency_of_webp_with_and_without_a_head(rgba_webps):
    for data in rgba_webps:
        assert builders.opened(embed_metadata(data, CREDITS, source="a")).mode == "RGBA"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_cuts_texts_that_do_not_fit_a_segment(kind):
    long = Credits(
        caption="“漢字”&" * 2_000,
        headline="&" * 4_000,
        usage_terms="漢" * 9_000,
        alt_text="&" * 4_000,
        byline="&" * 9_000,
    )

    out = embed_metadata(builders.picture(kind), long, source="a")

    assert read_metadata(out, source="a").caption == long.caption[:400]


def test_gives_the_same_bytes_for_the_same_credits(photo):
    once = embed_metadata(photo, CREDITS, source="a")

    assert embed_metadata(once, CREDITS, source="a") == once
    assert embed_metadata(photo, CREDITS, source="b") == once


def test_drops_what_xml_may_not_hold():
    out = embed_metadata(builders.picture(), Credits(caption="a\x00b\ud800c\ufffe"), source="a")

    assert read_metadata(out, source="a").caption == "abc"


def test_refuses_what_is_no_picture():
    with pytest.raises(PictureRefused, match="not a JPEG or WebP"):
        embed_metadata(b"GIF89a", CREDITS, source="a")


@pytest.fixture
def camera():
    return builders.exif(
        main={271: "SecretCam", 274: 6, 315: "Someone"},
        camera={0x9003: "2026:11:21 10:05:00"},
        gps=builders.GPS,
    )


@pytest.fixture
def photo(camera):
    """A picture with everything that must not reach readers."""
    return builders.jpeg(
        iim=builders.iim((40, b"NO ARCHIVES"), (110, b"Old credit")),
        xmp=builders.xmp(attributes='exif:GPSLatitude="35,41N" photoshop:Credit="Old"'),
        exif=camera,
        extra=[(0xFE, b"made with GIMP"), (0xE2, b"FPXR\x00a camera preview")],
    )


@pytest.fixture
def webp_photo(camera):
    return builders.picture("WEBP", exif=camera.tobytes(), xmp=builders.xmp())


@pytest.fixture
def simple_webp():
    return builders.picture("WEBP")


@pytest.fixture
def lossless_webp():
    return builders.picture("WEBP", size=(61, 43), lossless=True)


@pytest.fixture
def rgba_webps():
    files = []
    for options in ({"lossless": True}, {"lossless": False}, {"lossless": True, "xmp": b"<x/>"}):
        out = BytesIO()
        Image.new("RGBA", (8, 8), (255, 0, 0, 99)).save(out, "WEBP", **options)
        files.append(out.getvalue())
    return files
