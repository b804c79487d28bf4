"""What a picture says about itself: three blocks, one answer, differences told."""

import hashlib
from datetime import UTC, datetime

import pytest

from dateline.media.domain import metadata
from dateline.media.domain.metadata import PictureRefused, read_metadata
from tests.media import builders
from tests.media.builders import alternative, iim, xmp


def test_reads_every_field_of_xmp():
    inside = (
        alternative("dc:description", "The ferry leaves.")
        + alternative("dc:rights", "© Harbour Press")
        + alternative("dc:title", "FERRY-01")
        + alternative("xmpRights:UsageTerms", "Editorial use only.")
        + alternative("Iptc4xmpCore:AltTextAccessibility", "A white ferry.")
        + "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Ben</rdf:li></rdf:Seq></dc:creator>"
        + "<dc:subject><rdf:Bag><rdf:li>ferry</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>"
        + "<plus:Licensor><rdf:Seq><rdf:li plus:LicensorName='KNS'/></rdf:Seq></plus:Licensor>"
    )
    attributes = " ".join(f'{name}="{value}"' for name, value in XMP_VALUES.items())

    found = read(builders.jpeg(xmp=xmp(inside, attributes)))

    assert found == EVERYTHING


def test_reads_every_field_of_iim():
    record = iim(
        (5, b"FERRY-01"),
        (10, b"4"),
        (25, b"ferry"),
        (25, b"sea"),
        (40, b"NO ARCHIVES"),
        (55, b"20261121"),
        (60, b"100500+0900"),
        (80, b"Ana"),
        (80, b"Ben"),
        (90, b"Kobe"),
        (95, b"Hyogo"),
        (101, b"Japan"),
        (103, b"HP01"),
        (105, b"Ferry leaves"),
        (110, b"HP via KNS"),
        (115, b"HP"),
        (116, b"(c) Harbour Press"),
        (120, b"The ferry leaves."),
    )

    found = read(builders.jpeg(iim=record))

    assert (found.title, found.headline, found.caption) == (
        "FERRY-01",
        "Ferry leaves",
        "The ferry leaves.",
    )
    assert (found.byline, found.credit, found.source) == ("Ana, Ben", "HP via KNS", "HP")
    assert (found.city, found.region, found.country) == ("Kobe", "Hyogo", "Japan")
    assert (found.copyright_notice, found.instructions) == ("(c) Harbour Press", "NO ARCHIVES")
    assert (found.transmission_ref, found.urgency) == ("HP01", 4)
    assert found.keywords == ("ferry", "sea")
    assert found.taken_at == datetime(2026, 11, 21, 1, 5, tzinfo=UTC)
    assert found.warnings == ()


def test_falls_back_to_exif_and_turns_the_size_upright():
    block = builders.exif(
        main={270: "The ferry.", 315: "Ana", 33432: "(c) Ana", 274: 6},
        camera={0x9003: "2026:11:21 10:05:00", 0x9011: "+09:00"},
        gps=builders.GPS,
    )

    found = read(builders.jpeg(exif=block))

    assert (found.width, found.height) == (40, 60)
    assert (found.caption, found.byline, found.copyright_notice) == ("The ferry.", "Ana", "(c) Ana")
    assert found.taken_at == datetime(2026, 11, 21, 1, 5, tzinfo=UTC)
    assert found.has_gps


def test_says_nothing_about_a_picture_that_says_nothing():
    assert read(builders.picture()) == metadata.PhotoMetadata(kind="jpeg", width=60, height=40)
    assert read(builders.picture("WEBP")).kind == "webp"


def test_puts_xmp_before_iim_and_tells_the_difference():
    found = read(
        builders.jpeg(
            iim=iim((115, b"The Harbour Press"), (105, b"x" * 200)),
            xmp=xmp(attributes='photoshop:Source="HP" photoshop:Headline="Ferry"'),
        )
    )

    assert (found.source, found.headline) == ("HP", "Ferry")
    assert found.warnings == (
        f"XMP and IIM give a different headline; XMP was taken. IIM says {'x' * 79 + '…'!r}.",
        "XMP and IIM give a different source; XMP was taken. IIM says 'The Harbour Press'.",
    )


def test_does_not_call_a_shortened_value_a_difference():
    found = read(
        builders.jpeg(
            iim=iim((120, b"The ferry\r\nleaves at")),
            xmp=xmp(alternative("dc:description", "The ferry leaves at dawn.")),
        )
    )

    assert (found.caption, found.warnings) == ("The ferry leaves at dawn.", ())


def test_puts_iim_first_when_it_was_changed_after_the_xmp():
    record = iim((110, b"New credit"), (55, b"20261121"), (60, b"100500+0900"))
    packet = xmp(attributes='photoshop:Credit="Old" photoshop:DateCreated="2020-01-01T00:00:00Z"')
    stale, fresh, none = (
        builders.jpeg(
            xmp=packet, extra=[(0xED, builders.photoshop(record, digest)), (0xFE, b"comment")]
        )
        for digest in (b"x" * 16, _md5(record), b"\x00" * 16)
    )

    found = read(stale)

    assert found.credit == "New credit"
    assert found.taken_at == datetime(2026, 11, 21, 1, 5, tzinfo=UTC)
    assert found.warnings == (
        "The IIM block was changed after the XMP block; IIM goes first.",
        "IIM and XMP give a different credit; IIM was taken. XMP says 'Old'.",
    )
    assert read(fresh).credit == read(none).credit == "Old"


def test_keeps_both_instructions_because_either_binds():
    data = builders.jpeg(
        iim=iim((40, b"NO SALES")), xmp=xmp(attributes='photoshop:Instructions="NO ARCHIVES"')
    )

    found = read(data)

    assert found.instructions == "NO ARCHIVES\nNO SALES"
    assert found.warnings == ("XMP and IIM give different instructions; both were kept.",)


def test_keeps_the_longer_of_two_instructions_that_start_alike():
    data = builders.jpeg(
        iim=iim((40, b"NO ARCHIVES; NO SALES")),
        xmp=xmp(attributes='photoshop:Instructions="NO ARCHIVES"'),
    )

    assert read(data).instructions == "NO ARCHIVES; NO SALES"


@pytest.mark.parametrize("urgency", ["0", "DEFAULT", "10", "²", "99999999999"])
def test_takes_no_urgency_that_is_none(urgency):
    found = read(builders.jpeg(xmp=xmp(attributes=f'photoshop:Urgency="{urgency}"')))

    assert found.urgency is None
    assert found.warnings == (f"The urgency {urgency!r} is not a number from 1 to 9.",)


def test_tells_of_a_time_without_zone_and_of_xmp_left_unread():
    more = (0xE1, b"http://ns.adobe.com/xmp/extension/\x00")
    packet = xmp(attributes='photoshop:DateCreated="2026-11-21T10:05:00"')

    found = read(builders.jpeg(xmp=packet, extra=[more]))

    assert found.taken_at is None
    assert found.warnings == (
        "There is more XMP in a second block, which was not read.",
        "XMP says it was taken at '2026-11-21T10:05:00', without a time zone.",
    )


def test_takes_the_suppliers_id_and_the_licensors_address_for_want_of_better():
    packet = xmp(
        "<plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL='https://kns.test'/></rdf:Seq>"
        "</plus:Licensor><plus:ImageSupplierImageID>7f3a</plus:ImageSupplierImageID>"
    )

    found = read(builders.jpeg(xmp=packet))

    assert (found.guid, found.licensor) == ("7f3a", "https://kns.test")


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\n"],
    ids=["nothing", "GIF", "SVG", "PNG"],
)
def test_refuses_what_is_no_picture_we_take(data):
    with pytest.raises(PictureRefused) as refused:
        read(data)

    assert str(refused.value) == "a.jpg is not a JPEG or WebP picture. Save it as one of these."


def test_refuses_a_file_over_the_limit_before_reading_it(monkeypatch):
    monkeypatch.setattr(metadata, "MAX_BYTES", 1_000_000)

    with pytest.raises(PictureRefused) as refused:
        read(b"\xff\xd8" + b"\x00" * 2_100_000)

    assert str(refused.value) == "a.jpg is 2 MB; the limit is 1 MB. Ask for a smaller copy."


def _md5(record):
    return hashlib.md5(record, usedforsecurity=False).digest()


def read(data):
    return read_metadata(data, source="a.jpg")


XMP_VALUES = {
    "photoshop:Headline": "Ferry leaves",
    "photoshop:Credit": "HP via KNS",
    "photoshop:Source": "HP",
    "photoshop:Instructions": "NO ARCHIVES",
    "photoshop:TransmissionReference": "HP01",
    "photoshop:City": "Kobe",
    "photoshop:State": "Hyogo",
    "photoshop:Country": "Japan",
    "photoshop:DateCreated": "2026-11-21T10:05:00+09:00",
    "photoshop:Urgency": "4",
    "Iptc4xmpExt:DigImageGUID": "urn:example:ferry",
    "Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "plus:DataMining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    "xmpRights:WebStatement": "https://example.test/licence",
    "exif:GPSLatitude": "35,41.3N",
}
EVERYTHING = metadata.PhotoMetadata(
    kind="jpeg",
    width=60,
    height=40,
    headline="Ferry leaves",
    title="FERRY-01",
    caption="The ferry leaves.",
    alt_text="A white ferry.",
    byline="Ana, Ben",
    credit="HP via KNS",
    source="HP",
    copyright_notice="© Harbour Press",
    usage_terms="Editorial use only.",
    instructions="NO ARCHIVES",
    transmission_ref="HP01",
    guid="urn:example:ferry",
    keywords=("ferry", "sea"),
    city="Kobe",
    region="Hyogo",
    country="Japan",
    taken_at=datetime(2026, 11, 21, 1, 5, tzinfo=UTC),
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    web_statement="https://example.test/licence",
    licensor="KNS",
    urgency=4,
    has_gps=True,
)
