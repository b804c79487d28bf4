"""A picture as an item: its own words, its restrictions, and one identity over resends."""

import hashlib

import pytest

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for
from tests.media import builders
from tests.wire.domain.reading import read, read_one

CAPTION, HEADLINE, BYLINE, CREDIT, SOURCE = 120, 105, 80, 110, 115
INSTRUCTIONS, TRANSMISSION, COPYRIGHT, URGENCY, KEYWORD, CITY = 40, 103, 116, 10, 25, 90


def picture(**said):
    sets = [(globals()[name.upper()], value.encode()) for name, value in said.items()]
    return builders.jpeg(iim=builders.iim(*sets, utf8=True))


def test_a_picture_says_what_its_metadata_says():
    one = read_one(
        picture(
            caption="The ferry at the pier.", headline="Ferry", byline="Mia Holm", source="AFP",
            transmission="HW7", copyright="© 2026 Mia Holm", urgency="4", keyword="ferry", city="Port Aster",
        )
    )  # fmt: skip

    assert (one.format, one.kind, one.usability, one.provider) == (
        "jpeg",
        "picture",
        "usable",
        "afp",
    )
    assert (one.family, one.version, one.headline) == ("afp:HW7", 1, "Ferry")
    assert (one.caption, one.byline, one.credit) == ("The ferry at the pier.", "Mia Holm", "AFP")
    assert (one.urgency, one.keywords, one.located) == (4, ("ferry",), "Port Aster")
    assert (one.copyright, one.body_html, one.dateline) == ("© 2026 Mia Holm", None, None)
    (own,) = one.pictures
    assert (own.href, own.guid, own.width, own.height) == (None, "afp:HW7", 60, 40)


def test_instructions_restrict_use_and_are_shown_before_it():
    one = read_one(picture(caption="The ferry.", instructions="ONE TIME USE ONLY; FREEDONIA OUT"))

    assert one.usage_terms == one.pictures[0].usage == "ONE TIME USE ONLY; FREEDONIA OUT"
    assert one.ed_note == "ONE TIME USE ONLY; FREEDONIA OUT"
    assert any("It may be used once" in warning for warning in one.warnings)


def test_a_picture_that_says_nothing_of_its_rights_is_held():
    data = builders.jpeg()

    one = read_one(data)

    assert (one.usability, one.reason[:46]) == (
        "held",
        "It carries no caption, credit or rights, so no",
    )
    assert one.family == f"urn:sha256:{hashlib.sha256(data).hexdigest()}"
    assert read_one(data) == one


def test_a_photographer_is_no_agency():
    one = read_one(picture(credit="Mia Holm", transmission="7"), profile=profile_for("harbour"))

    assert (one.provider, one.family) == (None, "harbour:7")


def test_a_banner_that_kills_a_picture_is_held_and_proposes_it():
    one = read_one(
        picture(headline="MANDATORY KILL", caption="Please kill photo HW7.", transmission="HW8")
    )

    assert one.usability == "held"
    assert [(r.type, r.note) for r in one.relations] == [("kills", "HW7")]


def test_gps_is_told_so_that_it_is_taken_out():
    data = builders.jpeg(
        iim=builders.iim((CAPTION, b"a")), exif=builders.exif(gps=builders.GPS).tobytes()
    )

    assert any("GPS" in warning for warning in read_one(data).warnings)


def test_a_picture_of_more_pixels_than_anyone_can_draw_is_refused():
    data = bytearray(builders.jpeg())
    frame = data.find(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (30_000).to_bytes(2, "big") * 2

    with pytest.raises(WireFormatError, match=r"\(picture\): it is 30,000 by 30,000 pixels"):
        read(bytes(data))


def test_a_picture_without_end_or_sense_is_refused_by_name():
    for data in (picture(caption="a")[:200], b"\xff\xd8\xff\xe0"):
        with pytest.raises(WireFormatError) as refused:
            read(data, source="ferry.jpg")

        assert str(refused.value).startswith("ferry.jpg: (picture): ")
        assert str(refused.value).count("ferry.jpg") == 1
