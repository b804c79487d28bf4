"""Every real agency file in a flat format is read for what its MANIFEST row says of it."""

import re

import pytest

from tests.wire.domain.reading import read, squeezed

pytestmark = pytest.mark.samples

DPA = {"usability": "usable", "provider": "dpa", "ed_note_has": "dpa"}
AP = {"usability": "usable", "provider": "ap"}
EXPECTED = {
    "iptc7901/IPTC7901.txt": DPA | {"family": "dpa:dpa-61-20131113", "dateline": "Berlin"},
    "iptc7901/IPTC7901_odd_charset.txt": DPA
    | {"body_has": "Thomas Müller", "relations": {"update-of"}, "warnings_has": "Latin-1"},
    "iptc7901/dpa_four_line.txt": DPA
    | {
        "headline": "Switzerland joins list of countries resisting UN migration pact",
        "relations": {"corrects", "update-of"},
        "byline": "By dpa correspondents",
    },
    "iptc7901/dpa.txt": DPA
    | {
        "headline": "Top EU court: Britain can unilaterally reverse Brexit decision",
        "relations": {"update-of"},
        "dateline": "Luxembourg",
    },
    "iptc7901/ats.txt": {
        "usability": "usable",
        "provider": "ats",
        "body_has": "«C'est une catastrophe pour le commerce, c'est une catastrophe",
        "ed_note_has": "(SDA\\/sj)",
    },
    "anpa/anpa-1.tst": AP
    | {
        "headline": "For Argentine chemo patients, mirrors can hurt",
        "byline": "By PAUL BYRNE and ALMUDENA CALATRAVA, Associated Press",
        "ed_note_has": "AP Photo XNP101",
        "urgency": None,
    },
    "anpa/anpa-2.tst": AP
    | {"relations": {"update-of"}, "ed_note_has": "Eds: Restores reference", "urgency": 5},
    "anpa/ap_anpa-1.tst": AP | {"dateline": "ATLANTA", "relations": {"update-of"}},
    "anpa/ap_anpa-3.tst": AP
    | {"body_has": "CHATHAM, Mass. (AP) \u2014 A lobster died.", "dateline": "CHATHAM, Mass."},
    "anpa/ap_anpa-7.tst": AP
    | {"ed_note_has": "Eds: With AP Photos.", "body_has": "10. NEW TROVE OF EPSTEIN"},
    "anpa/kyodo.txt": {
        "usability": "usable",
        "provider": "kyodo",
        "family": "kyodo:a0105-20181209",
        "dateline": "SAITAMA, Japan",
        "urgency": 3,
        "ed_note": None,
    },
    "email/simple_email.txt": {
        "usability": "usable",
        "headline": "Test message 1234",
        "family": "mid:CAHU3GgVHd6C_RSMQXvOhr6V-Ya0LwdBkqpbZ_qUwGF8JvhrQVg@mail.gmail.com",
        "body_text": "body text",
    },
    "email/odd_charset_email.txt": {
        "usability": "usable",
        "headline": "TravTalk\u2019s Special for TAAI convention",
        "body_has": "LOS ANGELES, March 10 AAP \u2013 Adam Scott",
        "warnings_has": "dmarc=fail",
    },
    "iptc7901/eil.iptc": DPA | {"headline": "Grünen-Spitze tritt nach Wahlniederlagen ab"},
}


def test_no_file_is_forgotten(samples):
    found = {
        str(file.relative_to(samples))
        for folder in {name.partition("/")[0] for name in EXPECTED}
        for file in (samples / folder).iterdir()
    }

    assert found == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_it_as_its_manifest_row_says(samples, name):
    (item,) = read((samples / name).read_bytes(), source=name)

    assert {key: _seen(item, key, wanted) for key, wanted in EXPECTED[name].items()} == (
        EXPECTED[name]
    )
    assert (item.reason is None) == (item.usability == "usable")


@pytest.mark.parametrize("name", [one for one in EXPECTED if one.startswith("iptc7901")])
def test_no_word_of_a_7901_message_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes()
    charset = "utf-8" if name.endswith((".iptc", "/dpa.txt")) else "latin-1"
    whole = data.decode(charset).partition("\x03")[0]
    sent = squeezed(re.split(r"=[ \r]*\n", whole, maxsplit=1)[1].replace("101137 GMT Dez 18", ""))

    (item,) = read(data, source=name)

    body = squeezed(item.body_text)
    assert sent.startswith(body)
    assert squeezed(item.ed_note).endswith(sent.removeprefix(body))


@pytest.mark.parametrize("name", [one for one in EXPECTED if one.startswith("anpa")])
def test_no_word_of_an_anpa_body_is_lost_or_moved(samples, name):
    data = (samples / name).read_bytes().decode("ascii")
    lines = data.partition("\x03")[0].replace("==Kyodo", "").splitlines()
    first = next(number for number, one in enumerate(lines) if one.startswith(("\t ", "     ")))
    sent = "\n".join(lines[first:]).replace("``", "“").replace("''", "”").replace("`", "\u2018")

    (item,) = read(data.encode(), source=name)

    assert squeezed(item.body_text.replace("\u2014", "_")) == squeezed(sent)
    assert "Eds:" not in item.body_text


def test_notes_for_editors_never_reach_a_body(samples):
    for name in EXPECTED:
        (item,) = read((samples / name).read_bytes())

        assert "@dpa.com" not in item.body_text + item.body_html
        assert "Tel:" not in item.body_text


def test_the_json_twin_of_a_message_reads_alike(samples):
    (item,) = read((samples / "iptc7901/eil.iptc").read_bytes())

    assert item.version_created_at.isoformat() == "2024-09-25T08:37:00+00:00"


def _seen(item, key, wanted):
    """What the item shows for one expectation, as it would be written in the table."""
    if key == "relations":
        return {relation.type for relation in item.relations}
    name = key.removesuffix("_has")
    value = {"body": item.body_text, "warnings": " ".join(item.warnings)}.get(
        name, getattr(item, name, None)
    )
    if key == name:
        return value
    return wanted if wanted in " ".join((value or "").split()) else value
