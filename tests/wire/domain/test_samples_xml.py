"""Every real NITF and NewsML 1 file is read, held or refused for the reason its MANIFEST row gives."""

import pytest
from lxml import etree

from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read, squeezed, texts_of_newsml_1, told_of, visible_in_tree

pytestmark = pytest.mark.samples

USABLE = {"usability": "usable", "reason": None}
HELD = {"usability": "held"}
NO_RIGHTS = {"usability": "held", "reason_has": "no caption, credit or rights"}
EDITORS = {"usability": "not_for_readers", "provider": "afp"}
PRODUCT_LINE = "ProductLine: (Croquis d'audience+Photo+Video)"
NO_ID = {"usability": "held", "provider": "ap", "reason_has": "It has no doc-id"}
GATE = "Man accused of ramming gate at Rideau Hall with truck faces multiple charges"

# One entry a file of nitf and newsml-1.2: what its item must be.
EXPECTED = {
    "nitf/aap.xml": [
        USABLE
        | {
            "provider": "aap",
            "family": "aap:AAP.115314987.5417374",
            "embargo_until": "2013-10-20T08:27:51+00:00",
            "expires_at": "2013-11-19T08:27:51+00:00",
            "urgency": 5,
            "dateline": "Sydney",
            "copyright_holder": "Australian Associated Press",
            "usage_has": "AAP Information Supply Agreement",
        }
    ],
    "nitf/ap-nitf.xml": [
        NO_ID | {"generation": "3.4", "dateline": "NEW YORK", "ed_note": "For global distribution"}
    ],
    "nitf/ap_media_text_nitf.xml": [NO_ID | {"headline": "BC-BBN--Top Ten"}],
    "nitf/efe_nitf.xml": [
        USABLE
        | {
            "family": "efe:22751909",
            "language": "en-US",
            "dateline": None,
            "version_created_at": "2017-01-02T22:28:00+00:00",
            "warnings": (),
        }
    ],
    "nitf/nitf-fishing.xml": [
        {
            "usability": "killed",
            "recalls": True,
            "status": "canceled",
            "relation": "kills",
            "pictures": 1,
            "expires_at": "2012-02-26T14:30:00+00:00",
            "embargo_until": "2002-02-26T14:30:00+00:00",
        }
    ],
    "nitf/handle_invalid_fields.xml": [
        HELD
        | {
            "provider": "cp",
            "status": "usable",
            "reason_has": "an embargo without a time",
            "warning": "The expiry 'YYYYMMDD000000-HHMM' is not a time",
            "expires_at": None,
            "urgency": 2,
            "headline": GATE,
        }
    ],
    "nitf/pa1.xml": [USABLE | {"provider": "pa", "urgency": 4, "embargo_until": None}],
    "nitf/pa3.xml": [USABLE | {"provider": "pa", "embargo_until": "2016-09-08T23:01:00+00:00"}],
    "newsml-1.2/afp.xml": [
        USABLE
        | {
            "provider": "afp",
            "family": "urn:newsml:afp.com:20140829T135002Z:TX-PAR-FXW86",
            "version": 1,
            "dateline": "STOCKHOLM",
            "located": "Stockholm",
            "urgency": 4,
            "usage_has": "NO ARCHIVAL USE",
            "version_created_at": "2014-08-29T13:49:51+00:00",
        }
    ],
    "newsml-1.2/afp20.xml": [
        USABLE
        | {
            "slugline": "procès-santé-secours",
            "language": "fr",
            "generation": None,
            "warning": "its bytes are UTF-8",
        }
    ],
    "newsml-1.2/afp_belga.xml": [
        USABLE | {"version": 1, "urgency": 4, "ed_note": PRODUCT_LINE, "language": "fr"}
    ],
    "newsml-1.2/afp_no_headline.xml": [USABLE | {"headline": None, "urgency": 4}],
    "newsml-1.2/afp.com-20231124T193153Z-TX-PAR-EWF23.xml": [
        EDITORS | {"urgency": 2, "headline": None, "reason_has": "It is an alert"}
    ],
    "newsml-1.2/afp.com-20231125T000001Z-TX-PAR-EWI57.xml": [
        EDITORS | {"reason_has": "a memo to clients"}
    ],
    "newsml-1.2/index.xml": [EDITORS | {"body_text": None, "reason_has": "It is no story"}],
    "newsml-1.2/anp_belga.xml": [
        USABLE
        | {
            "family": "urn:newsml:ANP:20181210:ANPX-101218-041",
            "version": 2,
            "relation": "update-of",
            "urgency": 3,
            "version_created_at": "2018-12-10T11:37:31+00:00",
        }
    ],
    "newsml-1.2/ats_newsml_1_2_belga.xml": [
        USABLE
        | {
            "provider": "ats",
            "headline": "Un taureau entre dans un magasin à Landquart (GR)",
            "urgency": 4,
            "warnings": (),
        }
    ],
    "newsml-1.2/belga_remote_newsml_1_2.xml": [
        USABLE | {"provider": "belga", "version": 0, "pictures": 1, "urgency": None}
    ],
    "newsml-1.2/efe_belga.xml": [
        USABLE
        | {
            "provider": "efe",
            "urgency": 5,
            "family": "urn:newsml:texto.efeservicios.com:20190121T103600+0000:25413502",
        }
    ],
    "newsml-1.2/kyodo_newsml_1_2_belga.xml": [
        USABLE
        | {
            "provider": "kyodo",
            "dateline": "BEIJING",
            "urgency": None,
            "version_created_at": "2019-07-23T11:21:19+00:00",
        }
    ],
    "newsml-1.2/20210130005024r1.xml": [
        USABLE | {"provider": "businesswire", "language": "en", "pictures": 1}
    ],
    "newsml-1.2/businesswire-newsml-20130605006126.xml": [
        USABLE | {"provider": "businesswire", "language": "zh", "pictures": 1}
    ],
    "newsml-1.2/newsmlmmd.urn.newsml.afp.com.20200613.doc.1te647.xml": [
        USABLE | {"version": 3, "pictures": 1, "relation": "update-of"}
    ],
    "newsml-1.2/newsmlmmd.urn.newsml.afp.com.20231126.doc.344y83e.xml": [
        USABLE | {"version": 1, "pictures": 1, "slugline": "fbl-Fbl-Eur-C1-Fbl-Eur-C1-fbl"}
    ],
    "newsml-1.2/newsmlmmd.urn.newsml.afp.com.20200613.doc.1td46m.xml": [
        USABLE | {"version": 1, "pictures": 1}
    ],
    "newsml-1.2/0bd8cb32e9b0a3102563c00dbd8ead6819e60cb4.jpg": [NO_RIGHTS],
    "newsml-1.2/37a0b449cbb3f20be53bebf48e0b6ea398621c45.jpg": [NO_RIGHTS],
    "newsml-1.2/7af842103e9bf06fe20c6307cee5a2f1d29bf420.jpg": [NO_RIGHTS],
}
# Files nobody may read, and the sentence each is refused with.
REFUSED = {
    "nitf/nitf-starline.xml": "(document): it is not well-formed XML (EntityRef: expecting ';', "
    "line 47, column 351"
}


def test_no_file_is_forgotten(samples):
    found = {
        str(file.relative_to(samples))
        for folder in ("newsml-1.2", "nitf")
        for file in (samples / folder).iterdir()
    }

    assert found == set(EXPECTED) | set(REFUSED)


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_it_as_its_manifest_row_says(samples, name):
    items = read((samples / name).read_bytes(), source=name)

    assert told_of(items, EXPECTED[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_it_with_the_line(samples, name):
    with pytest.raises(WireFormatError) as refused:
        read((samples / name).read_bytes(), source=name)

    assert str(refused.value).startswith(f"{name}: {REFUSED[name]}")


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("nitf")])
def test_no_visible_word_of_a_nitf_body_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes()
    body = next(etree.fromstring(data).iter("{*}body"))

    (item,) = read(data, source=name)

    assert squeezed(item.body_text) == squeezed(visible_in_tree(body))


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("newsml-1.2")])
def test_no_visible_word_of_a_newsml_1_item_is_lost(samples, name):
    data = (samples / name).read_bytes()
    (item,) = read(data, source=name)
    shown = (
        item.headline, item.subheadline, item.summary, item.body_text, item.ed_note,
        *(picture.caption for picture in item.pictures),
    )  # fmt: skip

    for part in texts_of_newsml_1(data) if name.endswith(".xml") else ():
        assert any(squeezed(part) in squeezed(text) for text in shown)


def test_the_pictures_of_a_journal_come_largest_with_caption_and_credit(samples):
    name = "newsml-1.2/newsmlmmd.urn.newsml.afp.com.20231126.doc.344y83e.xml"
    (item,) = read((samples / name).read_bytes())
    (picture,) = item.pictures

    assert picture.href == "0bd8cb32e9b0a3102563c00dbd8ead6819e60cb4.jpg"
    assert (picture.width, picture.height, picture.credit) == (768, 511, "ا ف ب/ا ف ب")
    assert picture.caption.startswith("تعيين نيناد")
