"""NewsML-G2: identity, status and embargo wherever they stand, bodies of every type, packages."""

import base64

import pytest

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for
from tests.wire.domain.reading import read, read_one

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
STATUS = '<pubStatus qcode="stat:usable"/>'


def item(
    meta=STATUS, content="", *, inside="", attributes='guid="urn:x:1" version="2"', kind="text"
):
    return (
        f'<newsItem {NAR} {attributes}><itemMeta><itemClass qcode="ninat:{kind}"/>{meta}</itemMeta>'
        f"<contentMeta>{content}</contentMeta>{inside}</newsItem>"
    )


def inline(body, element="inlineXML", attributes=""):
    return f"<contentSet><{element} {attributes}>{body}</{element}></contentSet>"


def test_an_item_without_status_or_version_is_usable_version_one():
    one = read_one(item("", attributes='guid="urn:x:1"'))

    assert (one.status, one.version, one.usability) == ("usable", 1, "usable")


@pytest.mark.parametrize(
    "status",
    [
        '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>',
        '<pubStatus qcode="stat:canceled"/>',
        '<pubStatus qcode="stat:usable"/><pubStatus qcode="stat:canceled"/>',
        '<PubStatus qcode="stat:CANCELED"/>',
    ],
)
def test_a_cancel_is_seen_however_it_is_written(status):
    assert read_one(item(status)).usability == "killed"


@pytest.mark.parametrize(
    "status",
    [
        '<pubStatus qcode="stat:withdrawn"/>', '<pubStatus qcode="other:usable"/>', "<pubStatus/>",
        '<pubStatus qcode="stat:"/>', '<pubStatus uri="http://other.test/usable"/>',
        '<pubStatus literal="live"/>',
    ],
)  # fmt: skip
def test_a_status_of_another_vocabulary_is_held(status):
    assert read_one(item(status)).usability == "held"


def test_what_a_link_or_reference_says_of_another_item_is_not_about_this_one():
    link = '<link residref="urn:x:2"><pubStatus qcode="stat:canceled"/></link>'

    one = read_one(item(STATUS + link))

    assert (one.usability, one.relations[0].family) == ("usable", "urn:x:2")


@pytest.mark.parametrize("place", ["meta", "content", "item"])
def test_a_misplaced_embargo_is_still_an_embargo(place):
    embargo = "<Embargoed>Next Monday</Embargoed>"
    written = {
        "meta": item(STATUS + embargo),
        "content": item(content=embargo),
        "item": item(inside=embargo),
    }[place]

    assert read_one(written).usability == "held"


def test_reuters_deletion_mark_holds_an_item_that_calls_itself_usable():
    one = read_one(item(STATUS + '<signal qcode="edStat:D"/>'))

    assert (one.usability, one.reason[:27]) == ("held", "Reuters marks it as deleted")


@pytest.mark.parametrize(
    "mark", ["<profile>Advisory</profile>", '<role qcode="itemRole:advisory"/>']
)
def test_an_advisory_is_not_for_readers(mark):
    assert read_one(item(STATUS + mark)).usability == "not_for_readers"


@pytest.mark.parametrize("name", ["planningItem", "conceptItem", "knowledgeItem", "catalogItem"])
def test_items_that_are_no_news_are_refused_with_a_reason(name):
    with pytest.raises(WireFormatError, match=f"a {name.lower()} is no news item"):
        read(f'<{name} {NAR} guid="urn:x:1"/>')


@pytest.mark.parametrize("inside", ["", "<itemSet/>", "<header/>", "<itemSet><x/></itemSet>"])
def test_a_message_without_items_is_refused(inside):
    with pytest.raises(WireFormatError, match=r"\(document\): there is no item in it\."):
        read(f"<newsMessage {NAR}>{inside}</newsMessage>")


def test_one_bad_item_of_a_message_never_costs_the_others():
    bad, good = item(attributes='guid="urn:x:1" version="two"'), item(attributes='guid="urn:x:2"')

    one = read_one(f"<newsMessage {NAR}><itemSet>{bad}{good}</itemSet></newsMessage>")

    assert one.family == "urn:x:2"
    assert "version: expected a whole number, found 'two'" in one.warnings[-1]


def test_the_profile_is_the_namespace_of_a_bare_id():
    bare = item(attributes='guid="22751909"')

    assert read_one(bare).family == "unknown:22751909"
    assert read_one(bare, profile=profile_for("efe")).family == "efe:22751909"


def test_text_is_taken_in_the_items_own_language():
    rights = (
        '<rightsInfo><copyrightHolder literal="H"/><copyrightNotice xml:lang="en">E</copyrightNotice>'
        '<copyrightNotice xml:lang="de-DE">D</copyrightNotice></rightsInfo>'
    )
    german = item(content='<language tag="de"/>', inside=rights)

    assert (read_one(german).copyright, read_one(german).copyright_holder) == ("D", "H")
    assert read_one(item(inside=rights)).copyright == "E"


def test_the_photographer_is_the_byline_of_a_picture_but_never_of_a_text():
    creator = "<creator><name>Mia Holm</name></creator><creator/>"

    assert read_one(item(content=creator, kind="picture")).byline == "Mia Holm"
    assert read_one(item(content=creator)).byline is None


def test_a_place_known_only_to_the_document_is_no_place():
    assert read_one(item(content='<located literal="poi"/>')).located is None
    assert read_one(item(content='<located literal="NAPOLI"/>')).located == "NAPOLI"


def test_xhtml_goes_before_nitf_and_any_mark_up_before_text():
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>best</p></body></html>'
    content = (
        f"<contentSet><inlineData>text</inlineData><inlineXML><x>other</x></inlineXML>"
        f"<inlineXML>{xhtml}</inlineXML></contentSet>"
    )

    assert read_one(item(inside=content)).body_text == "best"
    assert read_one(item(inside=content.replace(xhtml, ""))).body_text == "other"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (inline("a\n\nb", "inlineData"), "a\n\nb"),
        (inline("&lt;p&gt;a&lt;/p&gt;", "inlineData"), "a"),
        (inline("only text"), "only text"),
        (inline(base64.b64encode(b"a & b").decode(), "inlineData", 'encoding="x:base64"'), "a & b"),
        (inline("  ", "inlineData"), None),
        ("<contentSet/>", None),
    ],
)
def test_plain_content_is_read(inside, text):
    assert read_one(item(inside=inside)).body_text == text


@pytest.mark.parametrize("encoding", ["enc:gzip", "enc:base64"])
def test_content_nobody_can_decode_is_told(encoding):
    one = read_one(item(inside=inline("/w==", "inlineData", f'encoding="{encoding}"')))

    assert one.body_text is None
    assert one.warnings[0] == "Its body is encoded in a way Dateline does not read."


def test_the_title_of_an_xhtml_body_stands_in_for_a_missing_headline():
    body = "<html><head><title>From the body</title></head><body><p>a</p></body></html>"

    assert read_one(item(inside=inline(body))).headline == "From the body"


@pytest.mark.parametrize(
    ("docdata", "usability", "reason"),
    [
        ('management-status="canceled"', "killed", "canceled this item"),
        ('management-status="withheld"', "held", "withholds this item"),
        ('management-status="embargoed"', "held", "embargo without a time"),
        ('management-status="odd"', "held", "The status 'odd'"),
        ('management-status="usable"', "usable", None),
        (
            'management-doc-idref="7" management-idref-status="withheld"',
            "held",
            "withdraws another",
        ),
        ('management-doc-idref="7" management-idref-status="usable"', "usable", None),
    ],
)
def test_nitf_inside_has_a_say_of_its_own(docdata, usability, reason):
    body = f"<nitf><head><docdata {docdata}/></head><body><body.content><p>a</p></body.content></body></nitf>"

    one = read_one(item(inside=inline(body)))

    assert one.usability == usability
    assert (reason or "") in (one.reason or "")
    assert [r.type for r in one.relations] == (
        ["holds"] if "withheld" in docdata and "idref" in docdata else []
    )


def test_links_become_relations_in_our_words():
    links = (
        '<link rel="irel:previousVersion" residref="urn:x:0"/><link rel="irel:odd" residref="urn:x:5"/>'
        '<link rel="x" guidref="urn:x:1"/><link rel="irel:seeAlso"/>'
    )

    found = [(r.type, r.family) for r in read_one(item(STATUS + links)).relations]

    assert found == [("update-of", "urn:x:0"), ("see-also", "urn:x:5"), ("update-of", "urn:x:1")]


def test_a_subject_known_by_address_keeps_it():
    one = read_one(item(content='<subject uri="http://cv.x.test/1"/><subject/>'))

    assert [topic.qcode for topic in one.subjects] == ["http://cv.x.test/1"]


def test_an_unusual_rank_counts_as_the_first():
    content = '<headline rank="2">b</headline><headline rank="x">a</headline><headline rank="3">a</headline>'

    one = read_one(item(content=content))

    assert (one.headline, one.subheadline) == ("a", "b")
