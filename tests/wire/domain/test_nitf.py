"""NITF 3.x as a document of its own: identity, embargoes, kills by reference, what editors see."""

import pytest

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for
from tests.wire.domain.reading import read, read_one

ID = '<doc-id id-string="7"/>'


def nitf(docdata=ID, body="<p>a</p>", *, attributes="", head="", body_head="", doctype=""):
    return (
        f"{doctype}<nitf><head><docdata {attributes}>{docdata}</docdata>{head}</head><body>"
        f"<body.head>{body_head}</body.head><body.content>{body}</body.content></body></nitf>"
    )


def test_a_document_without_a_status_is_usable():
    one = read_one(nitf())

    assert (one.format, one.kind, one.status, one.version) == ("nitf", "text", "usable", 1)
    assert (one.usability, one.family, one.generation) == ("usable", "unknown:7", None)


@pytest.mark.parametrize("status", ["odd", "killed", "withheld", "embargoed"])
def test_a_status_that_is_not_usable_is_never_usable(status):
    assert read_one(nitf(attributes=f'management-status="{status}"')).usability == "held"


def test_a_status_is_seen_wherever_its_docdata_stands():
    inside = nitf().replace("<head>", '<head><docdata management-status="canceled"/>')
    beside = nitf().replace("<body>", '<docdata management-status="canceled"/><body>')

    assert [read_one(one).usability for one in (inside, beside)] == ["killed", "killed"]


@pytest.mark.parametrize(
    ("release", "reason"),
    [
        ('<date.release norm="20261121T093000"/>', "no time zone is given"),
        ('<date.release norm="20261121"/>', "no hour is given"),
        ("<date.release>Next Monday</date.release>", "'Next Monday' is not a time"),
        ("<date.release/>", "an embargo without a time"),
        ('<date.release norm="yyyy-mm-dd"/>', "an embargo without a time"),
    ],
)
def test_a_release_that_is_no_moment_holds_the_item(release, reason):
    one = read_one(nitf(ID + release))

    assert one.usability == "held"
    assert reason in one.reason


def test_a_placeholder_is_passed_over_where_the_provider_means_none_by_it():
    empty_means_none = profile_for("cp", empty_embargo="ignore")

    one = read_one(nitf(ID + '<date.release norm="YYYYMMDD"/>'), profile=empty_means_none)

    assert (one.usability, one.embargo_until) == ("usable", None)


@pytest.mark.parametrize(
    ("note", "usability"),
    [
        ("Embargoed to 0001 Friday", "held"),
        ("EMBARGO: 18:00", "held"),
        ("解禁日時は21日午前5時", "held"),
        ("Sperrfrist 18 Uhr", "held"),
        ("No embargo. The trade embargo on Port Aster goes on.", "usable"),
        ("Not embargoed", "usable"),
    ],
)
def test_an_embargo_that_only_a_note_tells_waits_for_a_person(note, usability):
    one = read_one(nitf(f'{ID}<ed-msg info="{note}"/>'))

    assert one.usability == usability
    assert (one.reason is None) or "but no field gives its end" in one.reason
    assert one.ed_note == note


def test_a_note_that_repeats_the_embargo_adds_nothing():
    release = '<date.release norm="20261121T093000Z"/><ed-msg info="Embargoed to 0930"/>'

    assert read_one(nitf(ID + release)).usability == "usable"


@pytest.mark.parametrize(
    ("status", "relation", "certain"),
    [("canceled", "kills", True), ("cancelled", "kills", True), ("withheld", "holds", True),
     ("gone", "holds", False)],
)  # fmt: skip
def test_a_document_that_ends_another_is_held_and_names_it(status, relation, certain):
    one = read_one(nitf(attributes=f'management-doc-idref="6" management-idref-status="{status}"'))

    assert one.usability == "held"
    assert [(r.type, r.family, r.certain) for r in one.relations] == [
        (relation, "unknown:6", certain)
    ]


@pytest.mark.parametrize("status", ["", "usable", "USABLE"])
def test_a_reference_to_a_usable_document_is_no_kill(status):
    one = read_one(nitf(attributes=f'management-doc-idref="6" management-idref-status="{status}"'))

    assert (one.usability, one.relations) == ("usable", ())


def test_a_dpa_id_and_the_id_it_kills_are_told_without_their_version():
    dpa = "urn-newsml-dpa-com-20090101-261120-99"
    one = read_one(
        nitf(
            f'<doc-id id-string="{dpa}-2:1795000000001" regsrc="dpa"/>',
            attributes=f'management-doc-idref="{dpa}-1:1795000000000" '
            'management-idref-status="canceled"',
        )
    )

    assert (one.family, one.version) == (f"dpa:{dpa}-2", 1795000000001)
    assert one.relations[0].family == f"dpa:{dpa}-1"


def test_a_document_without_an_id_is_held_under_the_hash_of_its_bytes():
    one, other = read_one(nitf("")), read_one(nitf("", "<p>b</p>"))

    assert one.family == read_one(nitf("")).family != other.family
    assert one.family.startswith("urn:sha256:")
    assert (one.usability, one.reason[:19]) == ("held", "It has no doc-id, s")


def test_a_note_that_is_not_for_publication_is_for_editors_only():
    note = '<note type="NPA"><p>Phone 555-0100</p></note><note type="std"><p>b</p></note>'

    one = read_one(nitf(body=note + "<p>a</p>"))

    assert (one.body_text, one.ed_note) == ("b\n\na", "Phone 555-0100")


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("<dateline>Port Aster, 20 Nov</dateline>", "Port Aster"),
        ("<dateline><location>Port <city>Aster</city></location> (HW)</dateline>", "Port Aster"),
        ("<dateline><location><city/></location></dateline>", None),
        ("<dateline><story.date>20261120T120000Z</story.date></dateline>", None),
    ],
)
def test_the_dateline_is_a_place_never_a_date(dateline, place):
    assert read_one(nitf(body_head=dateline)).dateline == place


def test_the_title_stands_in_for_a_headline():
    assert read_one(nitf(head="<title>From the head</title>")).headline == "From the head"


def test_the_owner_in_the_head_of_the_body_holds_the_rights():
    rights = "<rights><rights.owner>Harbour Wire</rights.owner></rights>"

    assert read_one(nitf(body_head=rights)).copyright_holder == "Harbour Wire"


def test_ap_set_as_provider_is_not_for_readers_without_its_signal():
    assert read_one(nitf(), profile=profile_for("ap")).usability == "not_for_readers"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE nitf SYSTEM "http://dtd.test/nitf.dtd">',
        "<!DOCTYPE nitf PUBLIC '-//IPTC//DTD NITF 3.4//EN' 'nitf-3-4.dtd' >",
        '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE nitf>\n<!-- b -->',
        '<!DOCTYPE nitf [<!-- <!ENTITY a "b"> --> <!ENTITY % n SYSTEM "n.dtd">\n%n;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_dtd_that_is_only_named_is_passed_over(doctype, encoding):
    assert read_one(nitf(doctype=doctype).encode(encoding)).body_text == "a"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE nitf [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE nitf [<!ENTITY % a \"<!ENTITY b SYSTEM 'file:///etc/passwd'>\"> %a;]>",
        '<!DOCTYPE nitf [<!ATTLIST docdata management-status CDATA "usable">]>',
        '<!DOCTYPE nitf SYSTEM "a"><!DOCTYPE nitf [<!ENTITY a "b">]>',
        "<!DOCTYPE nitf [" + "<!-- a -->" * 2_000 + "<!ELEMENT a ANY>]>",
    ],
)
def test_a_dtd_that_declares_anything_is_refused(doctype):
    with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
        read(nitf(doctype=doctype))


def test_a_named_dtd_in_utf_16_is_refused():
    with pytest.raises(WireFormatError, match="it declares a DTD or entities"):
        read(nitf(doctype="<!DOCTYPE nitf>").encode("utf-16"))


def test_an_entity_of_a_dtd_nobody_fetches_is_refused_with_its_line():
    with pytest.raises(WireFormatError, match=r"not well-formed XML .*'eacute'.* line 3"):
        read(nitf(body="&eacute;", doctype="<!DOCTYPE nitf\nSYSTEM 'a'\n>"))


def test_a_picture_of_a_media_is_told_once_and_loose_references_are_kept():
    media = (
        '<media media-type="photo"><media-reference source="a.jpg"/></media>'
        '<block><media-reference source="a.jpg"/></block><media/>'
    )

    assert [p.href for p in read_one(nitf(body=media)).pictures] == ["a.jpg"]
