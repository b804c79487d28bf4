"""Any document: told by its content, read by one reader, or refused in a sentence."""

import gzip
import json

import pytest

from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.formats import recognise
from tests.media.builders import jpeg
from tests.wire.domain.reading import read, read_one
from tests.wire.domain.test_golden import DOCUMENTS, SAMPLES

G2 = (SAMPLES / "g2-update.xml").read_bytes()
NINJS = (SAMPLES / "ninjs-3.json").read_bytes()
OF_NAMES = {
    "g2": "newsml-g2",
    "newsml1": "newsml-1",
    "nitf": "nitf",
    "ap-media": "ap-media",
    "digitalwires": "digitalwires",
    "feed": "feed",
    "jsonfeed": "jsonfeed",
    "7901": "iptc7901",
    "anpa": "anpa",
    "mail": "mail",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_the_content_tells_the_format_never_the_name(document):
    named = (format_ for start, format_ in OF_NAMES.items() if document.name.startswith(start))
    expected = next(named, "ninjs")

    assert recognise(document.read_bytes(), "anything.jpg") == expected


def test_a_picture_is_told_by_its_first_bytes():
    assert recognise(jpeg(), "x.xml") == "jpeg"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_is_read_in_every_unicode_encoding(mark):
    assert read_one(NINJS.decode().encode(mark)).family == "http://ninjs.harbourwire.test/ferry"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_xml_is_read_in_the_encoding_it_declares(mark):
    text = G2.decode().replace('encoding="UTF-8"', f'encoding="{mark.removesuffix("-sig")}"')

    assert read_one(text.encode(mark)).copyright == "© 2026 Harbour Wire"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "it is empty."),
        (b" \n\t", "it is empty."),
        (b"%PDF-1.7 ...", "it is a PDF document, which the wire does not take."),
        pytest.param(
            gzip.compress(b"{}", mtime=0),
            "it is a gzip archive, which the wire does not take.",
            id="gzip",
        ),
        pytest.param(
            b"\x89PNG\r\n", "it is a PNG picture, which the wire does not take.", id="PNG"
        ),
        (b"SAVE OUR FERRY", "it is no format the wire knows."),
        pytest.param(b"\x00\x01\x02\xff\xfe", "it is no format the wire knows.", id="bytes"),
        (
            b"<opml version='2.0'/>",
            "its first element is 'opml', which is no format the wire knows.",
        ),
        (b"<NewsML/>", "there is no item in it."),
        (b"<!-- nothing -->", "it begins like XML but has no element, which is no format"),
        (b"{}", "its JSON (empty) is no format the wire knows."),
        (b"[]", "its JSON (a list) is no format the wire knows."),
        (b'{"type": "FeatureCollection"}', "its JSON (type) is no format the wire knows."),
        (b'[{"uri": "1", "headline": "a"}, 2]', "its JSON (a list) is no format the wire knows."),
        (b'{"uri": "http://cv.test/", "type": "ConceptScheme"}', "its JSON (uri, type) is no"),
        (b'{"urn": "1", "headline": "a", "pubstatus": "b"}', "its JSON (urn, headline, pubsta"),
        (b'{"item": []}', "its JSON (item) is no format the wire knows."),
    ],
)
def test_what_is_no_wire_format_is_refused_with_what_it_seems(data, sentence):
    with pytest.raises(WireFormatError) as refused:
        read(data, source="x.bin")

    assert str(refused.value).startswith(f"x.bin: (document): {sentence}")
    assert (refused.value.source, refused.value.field) == ("x.bin", "(document)")


@pytest.mark.parametrize("start", [b"<newsItem>", b"{", pytest.param(b"\x00", id="NUL")])
def test_a_document_of_200_megabytes_is_refused_unread(start):
    with pytest.raises(WireFormatError, match=r"it has 200\.0 MB; the limit is 64 MB\."):
        read(start.ljust(200_000_000, b" "))


def test_a_picture_may_be_larger_than_a_document_but_not_any_size():
    with pytest.raises(WireFormatError, match=r"it has 81\.0 MB; the limit is 80 MB\."):
        read(b"\xff\xd8\xff".ljust(81_000_000))
    with pytest.raises(WireFormatError, match=r"\(picture\): "):
        read(b"\xff\xd8\xff".ljust(70_000_000))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE newsItem SYSTEM "http://dtd.test/x.dtd">',
        '<!DOCTYPE newsItem [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!-- hi -->\n<?x y?>\n<!doctype newsItem [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_dtd_or_an_entity_bomb_is_refused(declared, encoding):
    text = f'<?xml version="1.0"?>{declared}<newsItem guid="urn:x:1"><a>&b;</a></newsItem>'

    with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
        read(text.encode(encoding))


def test_a_reader_refuses_a_dtd_by_itself():
    with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
        formats.newsml_g2.read(b"<!DOCTYPE newsItem><newsItem/>", source="x")


def test_a_document_of_tags_only_is_refused():
    with pytest.raises(WireFormatError, match=r"it has more than 100,000 tags\."):
        read(b"<newsItem>" + b"<a/>" * 100_001 + b"</newsItem>")


def test_a_doctype_that_hides_behind_64_kilobytes_is_refused_too():
    text = f'<!--{"x" * 70_000}--><!DOCTYPE newsItem><newsItem guid="urn:x:1"/>'

    with pytest.raises(WireFormatError, match=r"no format|DTD"):
        read(text)
    with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
        formats.newsml_g2.read(text.encode(), source="x")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_document_cut_in_half_is_refused_as_cut(share):
    for data in (G2, NINJS):
        with pytest.raises(
            WireFormatError, match=r"it was cut off\. Ask for it again|not well-formed"
        ):
            read(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (G2.replace(b"Nobody", b"Nob\xc3dy"), "it has bytes that its encoding does not allow"),
        (G2.replace(b"Nobody", b"Nob\x00dy"), "it"),
        (G2.replace(b"<hr/>", b"<hr>"), "it"),
        (G2.replace(b"Nobody", b"&nobody;"), "it is not well-formed XML"),
        (
            NINJS.replace(b"Marigold", b"Mari\xffgold"),
            "it has bytes that its encoding does not allow",
        ),
        (NINJS.replace(b"Marigold", b"Mari\x00gold"), "it is not JSON"),
        (b'{"uri": "1", "version": NaN}', "it is not JSON we can read (NaN is not a JSON number)."),
        (b'{"uri": "1", "version": ' + b"9" * 5_000 + b"}", "it is not JSON we can read"),
        (
            b'{"uri": "1", "uri": "2"}',
            "it is not JSON we can read ('uri' is given twice in one object).",
        ),
        (b"[" * 100_000, "its objects are nested more than 100 levels deep."),
        (
            b'{"uri":' + b"[" * 150 + b"]" * 150 + b"}",
            "its objects are nested more than 100 levels deep.",
        ),
        (b"{'uri': 1}", "it is not JSON (line 1, column 2"),
    ],
    ids=[
        "XML not UTF-8", "NUL in XML", "open tag", "unknown entity", "JSON not UTF-8", "NUL in JSON",
        "NaN", "long number", "key twice", "endless nesting", "deep nesting", "single quotes",
    ],
)  # fmt: skip
def test_broken_documents_are_refused_with_what_is_broken(data, sentence):
    with pytest.raises(WireFormatError) as refused:
        read(data, source="x")

    assert str(refused.value).startswith(f"x: (document): {sentence}")


def test_xml_nested_too_deeply_is_refused():
    deep = b"<newsItem guid='urn:x:1'>" + b"<a>" * 150 + b"</a>" * 150 + b"</newsItem>"

    with pytest.raises(WireFormatError, match="nested more than 100 levels deep"):
        read(deep)


def test_a_list_of_ninjs_is_read_in_its_order():
    one, two = {"uri": "urn:x:1", "headline": "a"}, {"uri": "urn:x:2", "headline": "b"}

    assert [item.family for item in read(json.dumps([one, two]))] == ["urn:x:1", "urn:x:2"]


def test_one_bad_object_of_a_list_never_costs_the_others():
    bad, good = {"uri": "urn:x:1", "headline": [1]}, {"uri": "urn:x:2", "headline": "b"}

    item = read_one(json.dumps([bad, good]))

    assert item.family == "urn:x:2"
    assert item.warnings[-1].startswith("Another item of the message could not be read: headline: ")


def test_a_named_dtd_opens_no_format_but_those_that_pass_it_over():
    for named in ("<!DOCTYPE rss SYSTEM 'a'><rss/>", "<!DOCTYPE newsItem><newsItem/>"):
        with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
            recognise(named.encode(), "x")

    assert recognise(b"<!DOCTYPE nitf><nitf/>", "x") == "nitf"
    assert recognise(b"<!DOCTYPE NewsML><NewsML/>", "x") == "newsml-1"
