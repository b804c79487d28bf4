"""Every real file of AP's and dpa's JSON, and of feeds, is read as its MANIFEST row says."""

import json

import pytest

from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read, squeezed, told_of, visible_in_html

pytestmark = pytest.mark.samples

USABLE = {"usability": "usable", "reason": None}
HELD = {"usability": "held"}
EXPECTED = {
    "ap-media-api/ap_media_feed.json": [
        USABLE
        | {"provider": "ap", "version": 0, "kind": "picture", "pictures": 1, "warning": "Invision"}
    ],
    "ap-media-api/ap_media_item.json": [USABLE | {"kind": "picture", "urgency": 5}],
    "ap-media-api/ap_media_text_item.json": [
        USABLE | {"urgency": 4, "headline": "BC-BBN--Top Ten", "warning": "AP has it at https:"}
    ],
    "ap-media-api/ap-aps.json": [
        {"usability": "not_for_readers", "version": 3, "reason_has": "news content"}
    ],
    "ap-media-api/ap-broadcast.json": [
        USABLE | {"version": 8, "relation": "update-of", "pictures": 3, "dateline": "BUFFALO, N.Y."}
    ],
    "ap-media-api/ap-getty-picture.json": [
        USABLE | {"credit": "ASSOCIATED PRESS", "warning": "POOL Getty Images"}
    ],
    "dpa-digitalwires/embargoed.json": [
        USABLE | {"embargo_until": "2025-01-23T18:00:00+00:00", "dateline": "Berlin"}
    ],
    "dpa-digitalwires/eil.json": [USABLE | {"urgency": 2, "provider": "dpa"}],
    "dpa-digitalwires/with_dateline.json": [
        USABLE | {"dateline": "New York", "version": 2, "relation": "update-of"}
    ],
    "dpa-digitalwires/image.json": [
        USABLE | {"kind": "picture", "version": 4, "pictures": 1, "relation": "corrects"}
    ],
    "rss-atom/wenn.xml": [
        USABLE | {"language": "en", "version_created_at": "2015-01-30T00:33:06+00:00"},
        USABLE | {"family": "urn:feed-wenn-com:newsfeedarticle:2:2222:3"},
    ],
    "rss-atom/HuffPostCanada.xml": [
        USABLE | {"byline": "Canadian Press", "pictures": 1, "copyright": "copyright AOL 2017"},
        USABLE | {"byline": "Adrian Sutherland", "version_created_at": "2017-10-17T21:40:54+00:00"},
    ],
    "rss-atom/InvalidDateFormat.xml": [
        USABLE | {"version_created_at": None, "warning": "'1518478934', is not a time"},
        HELD | {"reason_has": "may be cut off"},
    ],
}
REFUSED = {  # a page and not a feed, DTDs, and feeds without an entry or an id
    "rss-atom/DuplicateContentAtomFeed.xml": "declares a DTD",
    "rss-atom/always_strip_doctype.xml": "declares a DTD",
    "rss-atom/feed_image_-_rss_channel_media_content.xml": "there is no item in it",
    "rss-atom/feed_item_image_-_rss_channel_item_media.xml": "id: the item has none",
    "rss-atom/rss_empty_document.xml": "has no element",
    "rss-atom/rss_incomplete_cdata.xml": "id: the item has none",
    "rss-atom/shiftjis.xml": "id: the item has none",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_it_in_a_sentence(samples, name):
    with pytest.raises(WireFormatError, match=REFUSED[name]):
        read((samples / name).read_bytes(), source=name)


def test_no_file_is_forgotten(samples):
    found = {
        str(file.relative_to(samples))
        for folder in ("ap-media-api", "dpa-digitalwires", "rss-atom")
        for file in (samples / folder).iterdir()
    }

    assert found == {*EXPECTED, *REFUSED}


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_it_as_its_manifest_row_says(samples, name):
    items = read((samples / name).read_bytes(), source=name)

    assert told_of(items, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("dpa-")])
def test_no_visible_word_of_a_digitalwires_body_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes()
    sent = json.loads(data)
    body = "".join(sent[f"{part}_html"] or "" for part in ("article", "infobox", "linkbox"))

    (item,) = read(data, source=name)

    assert squeezed(item.body_text) == squeezed(visible_in_html(body))


@pytest.mark.parametrize("name", ["eil", "embargoed"])
def test_one_item_reads_alike_in_both_of_dpa_s_formats(samples, name):
    (g2,) = read((samples / f"newsml-g2/{name}.xml").read_bytes())
    (wired,) = read((samples / f"dpa-digitalwires/{name}.json").read_bytes())
    alike = ("family", "version", "usability", "headline", "dateline", "language", "urgency",
             "embargo_until", "version_created_at", "copyright", "credit")  # fmt: skip

    assert [getattr(wired, key) for key in alike] == [getattr(g2, key) for key in alike]
    assert squeezed(wired.body_text.partition("\n\nInformationen")[0]) in squeezed(g2.body_text)
