"""XMP packets: both notations, languages, lists, structures, and everything hostile."""

import pytest

from dateline.media.domain import xmp
from dateline.media.domain.refusal import PictureRefused
from tests.media import builders


@pytest.mark.parametrize(
    "packet",
    [
        builders.xmp("<photoshop:Credit>KNS</photoshop:Credit>"),
        builders.xmp(attributes='photoshop:Credit="KNS"'),
        builders.xmp('<photoshop:Credit rdf:resource="KNS"/>'),
        b"\x00\n" + builders.xmp(attributes='photoshop:Credit="KNS"') + b"\x00\x00",
    ],
    ids=["element", "attribute", "resource", "padded"],
)
def test_reads_a_simple_value_in_each_notation(packet):
    assert read(packet).text("photoshop:Credit") == "KNS"


def test_takes_the_default_language_else_the_first():
    both = (
        '<dc:rights><rdf:Alt><rdf:li xml:lang="ja">権利</rdf:li>'
        '<rdf:li xml:lang="x-default">Rights</rdf:li></rdf:Alt></dc:rights>'
    )
    found = read(builders.xmp(both + builders.alternative("dc:title", "題", "ja")))

    assert (found.text("dc:rights"), found.text("dc:title")) == ("Rights", "題")


def test_reads_lists_and_lets_a_single_value_be_a_list_of_one():
    inside = (
        "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li> </rdf:li><rdf:li>Ben</rdf:li>"
        "</rdf:Seq></dc:creator><dc:subject>ferry</dc:subject>"
    )
    found = read(builders.xmp(inside, 'photoshop:City="Kobe"'))

    assert found.every("dc:creator") == ("Ana", "Ben")
    assert found.every("dc:subject") == ("ferry",)
    assert found.every("photoshop:City") == ("Kobe",)
    assert found.every("dc:rights") == ()


@pytest.mark.parametrize(
    "licensor",
    [
        '<rdf:li rdf:parseType="Resource"><plus:LicensorName>KNS</plus:LicensorName></rdf:li>',
        '<rdf:li plus:LicensorName="KNS"/>',
        "<rdf:li><rdf:Description><plus:LicensorName>KNS</plus:LicensorName></rdf:Description></rdf:li>",
    ],
    ids=["resource", "attribute", "description"],
)
def test_reads_a_field_inside_a_structure(licensor):
    found = read(builders.xmp(f"<plus:Licensor><rdf:Seq>{licensor}</rdf:Seq></plus:Licensor>"))

    assert found.inside("plus:Licensor", "plus:LicensorName") == "KNS"
    assert found.inside("plus:Licensor", "plus:LicensorURL") is None
    assert found.inside("plus:ImageSupplier", "plus:ImageSupplierName") is None


def test_reads_a_structure_that_stands_alone():
    packet = builders.xmp(
        '<plus:Licensor rdf:parseType="Resource"><plus:LicensorName>KNS</plus:LicensorName>'
        "</plus:Licensor>"
    )

    assert read(packet).inside("plus:Licensor", "plus:LicensorName") == "KNS"
    assert read(packet).every("plus:Licensor") == ()


def test_reads_every_description_and_lets_the_first_win():
    packet = builders.xmp(attributes='photoshop:City="Kobe"').replace(
        b"</rdf:RDF>",
        b'<rdf:Description photoshop:City="Nara" photoshop:Country="Japan"/></rdf:RDF>',
    )
    found = read(packet)

    assert (found.text("photoshop:City"), found.text("photoshop:Country")) == ("Kobe", "Japan")


@pytest.mark.parametrize(
    ("packet", "warning"),
    [
        (b"\xff\xfe<\x00x\x00", "The XMP block is not UTF-8 and was not read."),
        (b"<x:xmpmeta>", "The XMP block is not well-formed and was not read."),
        (b"", "The XMP block is not well-formed and was not read."),
        (b"<x>" + b" " * xmp.MAX_BYTES, "The XMP block is too large and was not read."),
    ],
    ids=["UTF-16", "broken", "empty", "too large"],
)
def test_goes_on_without_a_packet_it_cannot_read(packet, warning):
    found = read(packet)

    assert found.warnings == (warning,)
    assert found.text("dc:rights") is None


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    ],
)
def test_refuses_a_document_type(bomb):
    with pytest.raises(PictureRefused, match=r"a\.jpg has a document type in its XMP block"):
        read(bomb)


def read(packet):
    return xmp.read(packet, source="a.jpg")
