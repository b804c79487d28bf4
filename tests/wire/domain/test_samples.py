"""Every real agency file is read, held or refused for the reason its MANIFEST row gives."""

import json

import pytest
from lxml import etree

from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read, squeezed, told_of, visible_in_html, visible_in_tree

pytestmark = pytest.mark.samples

REUTERS_2016 = "newsml-g2/tag_reuters.com_2016_newsml_L1N14N0FF_version_"
REUTERS_2014 = "newsml-g2/tag_reuters.com_2014_newsml_"
ILLINOIS = "S. Illinois battles flooding as Mississippi River builds downstream"
GOLD = "PRECIOUS-Gold rises as Trump policy fuels safe haven demand"
LIBERTY = "Statue of Liberty to reopen; shutdown keeps other parks, monuments closed"
TELUS = (
    "Les réseaux mobiles dans les régions rurales au Canada sont parmi les plus rapides au monde"
)
USABLE = {"usability": "usable", "reason": None}
HELD = {"usability": "held"}
COSTA = USABLE | {
    "headline": "Captain of wrecked cruise ship on trial in Italy",
    "family": "http://ninjs.example.com/newsitems/20130709cplx456",
    "byline": "Paulo Santalucia and Frances d'Emilio",
    "kind": "composite",
}

# One entry a file of newsml-g2, ninjs and photo: what each of its items must be.
EXPECTED = {
    REUTERS_2016 + "978556838": [
        USABLE
        | {
            "version": 978556838,
            "provider": "reuters",
            "urgency": 3,
            "language": "en",
            "headline": "CORRECTED-" + ILLINOIS,
            "reader_headline": ILLINOIS,
            "family": "tag:reuters.com,0000:newsml_L1N14N0FF",
            "relation": "corrects",
        }
    ],
    REUTERS_2016 + "1542761538": [
        {
            "version": 1542761538,
            "usability": "killed",
            "status": "canceled",
            "recalls": True,
            "family": "tag:reuters.com,0000:newsml_L1N14N0FF",
            "body_text": None,
            "body_html": None,
            "reason": "The agency canceled this item. Every version of it must come off every page.",
        }
    ],
    REUTERS_2014 + "KBN0FL0ZP_version_2": [
        USABLE | {"version": 2, "dateline": None, "relation": "update-of"}
    ],
    REUTERS_2014 + "LYNXMPEA6F0MS_version_2": [
        USABLE | {"kind": "picture", "pictures": 1, "byline": "REUTERS TV", "credit": "Reuters"}
    ],
    "newsml-g2/tag_reuters.com,0000_newsml_L4N1FL0N0_1132689232": [
        USABLE
        | {
            "version": 1132689232,
            "headline": GOLD,
        }
    ],
    "newsml-g2/text.xml": [USABLE | {"version": 263518268, "ed_note": "Editorial Note"}],
    "newsml-g2/picture.xml": [USABLE | {"kind": "picture", "byline": "MARKO DJURICA"}],
    "newsml-g2/dpa.xml": [
        USABLE | {"provider": "dpa", "dateline": "London", "urgency": 4, "language": "de"}
    ],
    "newsml-g2/ap.xml": [
        USABLE | {"provider": "ap", "version": 2, "dateline": "FORT WASHINGTON, Pa."},
        USABLE | {"provider": "ap", "version": 2},
        USABLE | {"provider": "ap", "version": 1},
    ],
    "newsml-g2/scoop.xml": [
        HELD | {"provider": "cl", "reason_has": "an embargo without a time", "embargo_until": None}
    ],
    "newsml-g2/ansa_culture.xml": [USABLE | {"version": 2, "urgency": None, "located": "Roma"}],
    "newsml-g2/stt1.xml": [
        USABLE
        | {"version": 2, "version_created_at": "2019-04-15T10:49:15+00:00", "dateline": "Helsinki"}
    ],
    "newsml-g2/stt_newsml_test_no_hl.xml": [USABLE | {"headline": None, "version": 4}],
    "newsml-g2/LISTING 1 A NewsML-G2 News Item.xml": [
        USABLE
        | {
            "embargo_until": "2016-10-23T12:00:00+00:00",
            "version": 9,
            "usage_terms": "Not for use outside the United States",
            "body_text": None,
        }
    ],
    "newsml-g2/dpa_newsml_2_0_belga.xml": [USABLE | {"version": 3, "provider": "dpa"}],
    "newsml-g2/tt_newsml_test.xml": [
        USABLE | {"version": 1, "relation": "replaces", "language": "sv", "pictures": 1}
    ],
    "newsml-g2/item.xml": [USABLE | {"provider": "ansa", "located": "NAPOLI"}],
    "newsml-g2/photo.xml": [USABLE | {"kind": "picture", "credit": "EPA", "byline": "MAST IRHAM"}],
    "newsml-g2/stt_newsml_pre_test.xml": [USABLE | {"version_created_at": None, "pictures": 1}],
    "newsml-g2/07ac.xml": [USABLE | {"provider": "globenewswire", "pictures": 0}],
    "newsml-g2/fr.xml": [
        USABLE
        | {
            "version": 1,
            "relation": "corrects",
            "family": "urn:newsml:marketwired.com:20020408:202005267925935-fr",
            "reader_headline": TELUS,
        }
    ],
    "newsml-g2/urn_newsml_dpa.com_20090101_171117-99-908458.xml": [
        HELD
        | {
            "status": "usable",
            "reason_has": "an embargo without a time",
            "kind": "picture",
            "pictures": 1,
        }
    ],
    "newsml-g2/embargoed.xml": [
        USABLE | {"embargo_until": "2025-01-23T18:00:00+00:00", "dateline": "Berlin"}
    ],
    "newsml-g2/eil.xml": [USABLE | {"urgency": 2, "provider": "dpa"}],
    "newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml": [
        USABLE
        | {"embargo_until": "2018-10-23T12:00:00+00:00", "version": 11, "relation": "update-of"}
    ],
    "newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml": [
        USABLE | {"byline": "By Meredith Jameson, Staff Reporter", "language": "en-US"}
    ],
    "newsml-g2/LISTING_3_Photo_in_NewsML-G2.xml": [
        USABLE
        | {
            "status": "usable",
            "kind": "picture",
            "byline": "Spencer Platt",
            "credit": "Getty Images",
        }
    ],
    "newsml-g2/LISTING_6_Simple_NewsML-G2_Package.xml": [
        USABLE | {"kind": "package", "relation": "contains", "pictures": 1}
    ],
    "newsml-g2/LISTING_26_Embedded_photo_metadata_fields_mapped_to_NewsML-G2.xml": [
        USABLE
        | {"usage_terms": "NO ARCHIVAL OR WIRELESS USE", "byline": "John Smith", "urgency": 4}
    ],
    "newsml-g2/001_simplest_file.xml": [
        USABLE | {"status": "usable", "version": 1, "headline": None}
    ],
    "newsml-g2/reuters_byline_in_body.xml": [
        USABLE
        | {
            "relation": "update-of",
            "reader_headline": LIBERTY,
        }
    ],
    "ninjs/ninjs1.json": [
        USABLE | {"version": 2, "ed_note": "ed note", "usage_terms": "Usage", "provider": "aap"}
    ],
    "ninjs/ninjs2.json": [USABLE | {"version": 4, "pictures": 1}],
    "ninjs/ninjs_embargoed.json": [
        USABLE | {"embargo_until": "2022-06-29T02:30:00+00:00", "version": 11}
    ],
    "ninjs/bbc-ninjs-text-test.json": [
        {
            "usability": "not_for_readers",
            "provider": "bbc",
            "reason_has": "an advisory",
            "created_at": "2018-05-28T15:40:08+00:00",
        }
    ],
    "ninjs/PA_API.json": [
        USABLE
        | {
            "family": "pa:8d588e55-f20e-4647-ad46-7d0e9d63e4b5",
            "version": 1,
            "headline": "Politics Starmer",
        }
    ],
    "ninjs/ninjsExComplex2.json": [COSTA | {"generation": "1.x", "pictures": 2}],
    "ninjs/ninjsExMediumText1.json": [
        USABLE | {"generation": "1.x", "located": "Grossetto, Italy"}
    ],
    "ninjs/dpa_text.json": [
        USABLE | {"generation": "2.x", "status": "usable", "version": 2, "urgency": 4}
    ],
    "ninjs/newsinjson__dpa_text.json": [
        USABLE
        | {
            "generation": "3.x",
            "status": "usable",
            "byline": "Von Christian Hollmann, dpa",
            "version_created_at": "2019-05-10T14:02:28+00:00",
            "version": 2,
        }
    ],
    "ninjs/newsinjson__ap_image.json": [
        USABLE
        | {
            "generation": "3.x",
            "version": 0,
            "provider": "ap",
            "ed_note": "TURKEY OUT  NOV. 11, 2019 FILE PHOTO",
            "family": "http://api.ap.org/media/v/content/b2b6c3f4642f46deac7509d4db315ca0",
            "credit": "ASSOCIATED PRESS",
            "warning": "TURKEY OUT",
        }
    ],
    "ninjs/SIPA_image_3.json": [
        USABLE
        | {
            "usage_terms": "*** World Rights Except Italy ***",
            "warning": "It may not be used in Italy",
        }
    ],
    "ninjs/007_multimedia.json": [COSTA | {"generation": "1.x"}],
    "ninjs/newsinjson__007_multimedia.json": [COSTA | {"generation": "2.x", "pictures": 2}],
    "ninjs/newsinjson__2__007_multimedia.json": [COSTA | {"generation": "3.x", "pictures": 2}],
    "ninjs/019_embargoed_bad_datetime.json": [
        HELD | {"reason_has": "'Next Monday' is not a time", "embargo_until": None}
    ],
    "ninjs/020_embargoed_date_only.json": [
        HELD | {"reason_has": "no hour is given", "embargo_until": "2019-10-02T12:00:00+00:00"}
    ],
    "ninjs/022_pubstatus_withheld.json": [
        HELD | {"status": "withheld", "recalls": True, "reason_has": "withholds"}
    ],
    "ninjs/007_pubstatus_cancelled.json": [
        HELD | {"status": "cancelled", "reason_has": "reads like a kill"}
    ],
    "photo/IPTC-PhotometadataRef-Std2017.1.jpg": [
        USABLE | {"headline": "The Headline (ref2017.1)", "usage_has": "An Instruction (ref2017.1)"}
    ],
    "photo/IPTC-PhotometadataRef-Std2023.2.jpg": [
        USABLE | {"headline": "The Headline (ref2023.2)", "usage_has": "An Instruction (ref2023.2)"}
    ],
    "photo/IPTC-Empty.jpg": [
        HELD | {"reason_has": "no caption, credit or rights", "headline": None}
    ],
    "photo/cp.jpg": [
        USABLE | {"usage_has": "FILE PHOTO", "headline": "MORT PIÉTONNE MONTRÉAL 20201014"}
    ],
    "photo/GAC103-thumb.jpg": [
        USABLE | {"usage_has": "ONE TIME USE ONLY", "warning": "It may not be kept for later use"}
    ],
    "photo/preview.jpg": [USABLE | {"usage_has": "SEQUENCES TO EMULATE VIDEO", "provider": "ap"}],
    "photo/iphone_gpsinfo_exif.JPG": [HELD | {"warning": "GPS"}],
}


def test_no_file_is_forgotten(samples):
    found = {
        str(file.relative_to(samples))
        for folder in ("newsml-g2", "ninjs", "photo")
        for file in (samples / folder).iterdir()
    }

    assert found == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_it_as_its_manifest_row_says(samples, name):
    items = read((samples / name).read_bytes(), source=name)

    assert told_of(items, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("newsml-g2")])
def test_no_visible_word_of_a_g2_body_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes()
    bodies = [_body_of(item) for item in etree.fromstring(data).iter("{*}newsItem")]

    items = [item for item in read(data, source=name) if item.kind != "package"]

    assert [squeezed(item.body_text) for item in items] == [squeezed(body) for body in bodies]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("ninjs")])
def test_no_visible_word_of_a_ninjs_body_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes()
    sent = json.loads(data)
    sent = sent["item"][0] if "item" in sent else sent
    marked = [sent[key] for key in ("body_html", "body_xhtml", "body_richtext") if key in sent]
    listed = [one["value"] for one in sent.get("bodies", []) if "<" in one["value"]]
    plain = [sent["body_text"]] if "body_text" in sent else []
    body = next(iter(marked + listed + plain), "")

    (item,) = read(data, source=name)

    assert squeezed(item.body_text) == squeezed(visible_in_html(body))


def test_links_lists_tables_and_preformatted_text_survive(samples):
    def html(name):
        return "".join(item.body_html or "" for item in read((samples / name).read_bytes()))

    assert '<a href="https://www.zacks.com/ap/NTRI" rel="nofollow noopener">' in html(
        "newsml-g2/ap.xml"
    )
    assert html("newsml-g2/tt_newsml_test.xml").count("<li>") == 4
    assert "<pre>It used to be a pre</pre>" in html("newsml-g2/stt_newsml_pre_test.xml")
    assert html("newsml-g2/07ac.xml").count("<pre>") == 1


def test_notes_for_editors_never_reach_a_body(samples):
    for name in ("dpa.xml", "dpa_newsml_2_0_belga.xml", "embargoed.xml"):
        (item,) = read((samples / "newsml-g2" / name).read_bytes())

        assert "@dpa.com" not in item.body_text + item.body_html
        assert "@dpa.com" in item.ed_note


def test_the_three_generations_of_one_story_read_alike(samples):
    names = ("007_multimedia", "newsinjson__007_multimedia", "newsinjson__2__007_multimedia")
    items = [read((samples / f"ninjs/{name}.json").read_bytes())[0] for name in names]

    told = [(i.headline, i.body_text, i.byline, i.copyright, i.version_created_at) for i in items]

    assert told == [told[0]] * 3
    assert [[p.href for p in i.pictures] for i in items] == [
        [p.href for p in items[0].pictures]
    ] * 3


def test_every_bomb_is_refused_and_nothing_else_happens(samples):
    files = [one for one in (samples / "badinput").rglob("*") if one.is_file()]
    assert len(files) > 20

    for file in files:
        with pytest.raises(WireFormatError) as refused:
            formats.read(file.read_bytes(), source=file.name)

        assert str(refused.value).startswith(f"{file.name}: (document): ")
        if file.parent.name == "xmlbombs" and not file.name.startswith("simple"):
            assert "declares a DTD or entities" in str(refused.value)


def _body_of(item):
    """The visible text of an item's best body, taken from the document without any of our code."""
    for inline in item.iter("{*}inlineXML"):
        body = next((e for e in inline.iter("{*}body", "{*}BODY")), None)
        return "" if body is None else visible_in_tree(body)
    for inline in item.iter("{*}inlineData"):
        return visible_in_html(inline.text)
    return ""
