"""NewsML 1.0 to 1.2: identity and revisions, status and its changes, components and their roles."""

import base64

import pytest

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for
from tests.wire.domain.reading import read, read_one

STATUS = '<Status FormalName="Usable"/>'
REVISION = '<RevisionId PreviousRevision="0" Update="N">1</RevisionId>'


def item(management=STATUS, components="", *, revision=REVISION, kind="News", news_id="7"):
    return (
        "<NewsItem><Identification><NewsIdentifier><ProviderId>harbour.test</ProviderId>"
        f"<DateId>20261120</DateId><NewsItemId>{news_id}</NewsItemId>{revision}</NewsIdentifier>"
        f'</Identification><NewsManagement><NewsItemType FormalName="{kind}"/>{management}'
        f"</NewsManagement>{components or component(content('<p>a</p>'))}</NewsItem>"
    )


def newsml(*items):
    return f"<NewsML>{''.join(items or (item(),))}</NewsML>"


def component(inside="", *, role="", headline="", attributes=""):
    lines = f"<NewsLines><HeadLine>{headline}</HeadLine></NewsLines>" if headline else ""
    named = f'<Role FormalName="{role}"/>' if role else ""
    return f"<NewsComponent {attributes}>{named}{lines}{inside}</NewsComponent>"


def content(data="", *, href="", about=""):
    address = f' Href="{href}"' if href else ""
    held = f"<DataContent>{data}</DataContent>" if data else ""
    return f"<ContentItem{address}>{about}{held}</ContentItem>"


def picture(href, *, role="", width=""):
    size = (
        f'<Property FormalName="Width" Value="{width}"/><Property FormalName="Height" Value="9"/>'
    )
    about = (
        f'<MediaType FormalName="Photo"/><Characteristics>{size if width else ""}</Characteristics>'
    )
    return component(content(href=href, about=about), role=role)


def read_parts(*parts, headline="h"):
    return read_one(newsml(item(components=component("".join(parts), headline=headline))))


def test_the_family_is_provider_date_and_item_never_the_revision():
    one = read_one(newsml())

    assert (one.family, one.version) == ("urn:newsml:harbour.test:20261120:7", 1)
    assert (one.usability, one.kind, one.relations) == ("usable", "text", ())


@pytest.mark.parametrize("part", ["ProviderId", "DateId", "NewsItemId"])
def test_an_identifier_without_one_of_its_parts_is_refused(part):
    with pytest.raises(WireFormatError, match=f"NewsIdentifier/{part}: the item has none"):
        read(newsml().replace(f"<{part}>", f"<{part}/><x>").replace(f"</{part}>", "</x>"))


@pytest.mark.parametrize("revision", ["<RevisionId>x</RevisionId>", "<RevisionId>1N</RevisionId>"])
def test_a_revision_that_is_no_number_is_refused(revision):
    with pytest.raises(WireFormatError, match="version: expected a whole number"):
        read(newsml(item(revision=revision)))


def test_an_item_without_a_revision_is_its_first():
    assert read_one(newsml(item(revision=""))).version == 1


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ("A", "changes only the management"),
        ("U", "holds only changes"),
        ("X", "'X', not N, U or A"),
    ],
)
def test_a_revision_that_is_not_the_whole_item_waits_for_a_person(update, reason):
    revision = f'<RevisionId PreviousRevision="1" Update="{update}">2</RevisionId>'

    one = read_one(newsml(item(revision=revision)))

    assert one.usability == "held"
    assert reason in one.reason
    assert [r.type for r in one.relations] == ["update-of"]


def test_changes_in_place_of_a_whole_item_are_held_whatever_the_revision_says():
    assert read_one(newsml(item(components='<Update IdRef="x"/>'))).usability == "held"


@pytest.mark.parametrize(
    ("status", "usability", "recalls"),
    [
        ("USABLE", "usable", False), ("Canceled", "killed", True), ("Withheld", "held", True),
        ("OPEN", "held", False), ("Cancelled", "held", False), ("", "held", False),
    ],
)  # fmt: skip
def test_a_status_is_read_in_any_case_and_an_unknown_one_holds(status, usability, recalls):
    one = read_one(newsml(item(f'<Status FormalName="{status}"/>')))

    assert (one.usability, one.recalls) == (usability, recalls)


def test_an_item_without_a_status_is_held():
    assert "no Status" in read_one(newsml(item(""))).reason


def test_a_misplaced_status_still_counts():
    misplaced = component('<Status FormalName="Canceled"/>')

    assert read_one(newsml(item(components=misplaced))).usability == "killed"


@pytest.mark.parametrize(
    ("change", "usability", "reason"),
    [
        ("Usable 2036-11-21T12:00:00Z", "usable", None),
        ("Usable soon", "held", "'soon' is not a time"),
        ("Usable ", "held", "an embargo without a time"),
        ("Canceled 20361121T120000Z", "usable", None),
        ("Withheld soon", "held", "will change to 'withheld' at 'soon'"),
        ("Embargoed 20361121T120000Z", "held", "will change to 'embargoed'"),
        (" ", "held", "will change to '(nothing)' at '(no time)'"),
    ],
)
def test_a_status_that_will_change_is_an_embargo_an_expiry_or_a_doubt(change, usability, reason):
    future, _, when = change.partition(" ")
    named = f'<FutureStatus FormalName="{future}"/>' if future else ""
    told = f"<StatusWillChange>{named}<DateAndTime>{when}</DateAndTime></StatusWillChange>"

    one = read_one(newsml(item(STATUS + told)))

    assert one.usability == usability
    assert (reason or "") in (one.reason or "")
    assert (one.embargo_until is not None) is (change == "Usable 2036-11-21T12:00:00Z")
    assert (one.expires_at is not None) is (change == "Canceled 20361121T120000Z")


def test_what_is_said_of_earlier_revisions_is_not_said_of_this_one():
    def about(status):
        said = f'<RevisionStatus><Status FormalName="{status}"/></RevisionStatus>'
        return read_one(newsml(item(f"{STATUS}<Instruction>{said}</Instruction>")))

    assert (about("Usable").usability, about("Usable").relations) == ("usable", ())
    assert [(r.type, r.certain) for r in about("Withheld").relations] == [("holds", False)]
    assert [(r.type, r.certain) for r in about("Canceled").relations] == [("kills", False)]
    assert (about("Canceled").usability, about("Canceled").recalls) == ("held", False)


@pytest.mark.parametrize("kind", ["Advisory", "MEMO", "Notice"])
def test_a_type_that_is_for_editors_is_not_for_readers(kind):
    one = read_one(newsml(item(kind=kind)))

    assert (one.usability, "for editors" in one.reason) == ("not_for_readers", True)


def test_another_item_inside_is_not_about_this_one():
    inner = item('<Status FormalName="Canceled"/>', news_id="8")
    outer = item(components=component(inner, headline="h"))

    outside, inside = read(newsml(outer))

    assert (outside.usability, outside.kind, inside.usability) == ("usable", "package", "killed")
    assert [r.family for r in outside.relations] == [inside.family]


def test_a_reference_to_nothing_is_none():
    one = read_one(newsml(item(components=component("<NewsItemRef/>", headline="h"))))

    assert (one.kind, one.relations) == (None, ())


def test_one_bad_item_never_costs_the_others():
    bad = item(revision="<RevisionId>x</RevisionId>")

    one = read_one(newsml(bad, item(news_id="8")))

    assert "version: expected a whole number, found 'x'" in one.warnings[-1]


def test_an_item_of_too_many_parts_is_refused():
    with pytest.raises(WireFormatError, match=r"it has 802 parts; the limit is 400\."):
        read_parts(*(picture("a.jpg") for _ in range(400)), component())


def test_a_set_of_topics_is_no_news():
    with pytest.raises(WireFormatError, match="a TopicSet is no news item"):
        read(newsml(item(components="<TopicSet/>")))


def test_a_time_without_a_zone_is_held_until_the_provider_has_one():
    told = "<FirstCreated>20261120T120000</FirstCreated>" + STATUS

    assert read_one(newsml(item(told))).usability == "held"
    assert read_one(newsml(item(told)), profile=profile_for("belga")).usability == "usable"


def test_parts_stand_in_the_body_in_their_order_with_contacts_last():
    one = read_parts(
        component(content("Call us"), role="Contact"),
        component(content("First"), role="Lead"),
        component(content("Then"), role="Body"),
    )

    assert one.body_text == "First\n\nThen\n\nCall us"


def test_a_part_with_an_unknown_role_is_for_editors_and_has_the_role_above_it():
    one = read_parts(component(component(content("Phone 555-0100")), role="Desk-Notes"))

    assert (one.body_text, one.ed_note) == (None, "Desk-Notes: Phone 555-0100")


def test_a_title_part_is_the_headline_or_leads_the_body():
    part = component(content("A title"), role="Title") + component(content("a"), role="Body")

    assert (read_parts(part, headline="").headline, read_parts(part).headline) == ("A title", "h")
    assert read_parts(part, headline="").body_text == "a"
    assert read_parts(part).body_text == "A title\n\na"


def test_a_subtitle_and_a_caption_without_a_picture_are_kept():
    one = read_parts(
        component(content("Under it"), role="SubHeadLine"),
        component(content("At the quay"), role="Caption"),
        component(content("a")),
    )

    assert (one.subheadline, one.body_text, one.ed_note) == (
        "Under it",
        "a",
        "Caption: At the quay",
    )


def test_a_style_sheet_and_an_empty_part_are_nothing_to_read():
    one = read_parts(
        component(content(".a {}"), role="StyleSheet"),
        component(content("<p/>"), role="Desk"),
        component(content("a")),
    )

    assert (one.body_text, one.ed_note, one.warnings) == ("a", None, ())


def test_the_best_of_equivalent_contents_is_taken():
    html, nitf = "<html><body><p>best</p></body></html>", "<nitf><body><p>good</p></body></nitf>"
    parts = content("plain") + content("<p>marked</p>") + content(nitf) + content(html)

    assert read_parts(component(parts, attributes='EquivalentsList="yes"')).body_text == "best"
    assert read_parts(component(parts)).body_text == "plain\n\nmarked\n\ngood\n\nbest"


def test_the_best_of_equivalent_components_is_taken():
    parts = component(content("plain")) + component(content("<p>marked</p>"), role="Main")
    other = component(content("b"), role="Contact") + component()

    one = read_parts(component(parts + other, attributes='EquivalentsList="yes"'))

    assert one.body_text == "marked\n\nb"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>a</p>tail<p>b</p>", "a\n\ntail\n\nb"),
        ("lead <html><body><p>a</p></body></html>", "lead\n\na"),
        ("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "a & b"),
        ("plain\n\ntext", "plain\n\ntext"),
    ],
)
def test_text_of_every_kind_is_read_whole(data, text):
    assert read_parts(component(content(data))).body_text == text


@pytest.mark.parametrize(
    ("notation", "sent", "text"),
    [
        ("base64", base64.b64encode(b"a & b").decode(), "a & b"),
        ("base64", "/w==", None),
        ("gzip", "abcd", None),
    ],
)
def test_encoded_text_is_decoded_or_told(notation, sent, text):
    encoded = f'<Encoding Notation="{notation}"><DataContent>{sent}</DataContent></Encoding>'

    one = read_parts(component(f"<ContentItem>{encoded}</ContentItem>"))

    assert one.body_text == text
    assert any("encoded in a way" in warning for warning in one.warnings) is (text is None)


def test_a_nitf_inside_has_a_say_of_its_own():
    docdata = '<docdata management-status="withheld"><date.release norm="YYYYMMDD"/></docdata>'
    nitf = f"<nitf><head>{docdata}</head><body><body.head><hedline><hl1>From it</hl1></hedline></body.head></body></nitf>"

    one = read_parts(component(content(nitf)), headline="")

    assert (one.headline, one.status, one.usability) == ("From it", "withheld", "held")
    assert "is a placeholder" in one.warnings[0]


def test_renditions_are_one_picture_and_pictures_side_by_side_are_several():
    renditions = picture("s.jpg", role="Thumbnail", width="9") + picture(
        "l.jpg", role="HighRes", width="90"
    )
    both = component(renditions) + picture("a.jpg") + picture("b.jpg")

    one = read_parts(component(content("a")), both)

    assert [p.href for p in one.pictures] == ["l.jpg", "a.jpg", "b.jpg"]
    assert one.kind == "text"


def test_a_picture_without_words_is_a_picture_with_the_rights_of_its_item():
    usage = "<RightsMetadata><UsageRights><UsageType>NO SALES</UsageType></UsageRights></RightsMetadata>"

    one = read_parts(usage, picture("a.jpg", role="Main"))

    assert (one.kind, one.pictures[0].usage, one.usage_terms) == ("picture", "NO SALES", "NO SALES")


@pytest.mark.parametrize(
    ("about", "href", "pictures"),
    [
        ('<MimeType FormalName="image/png"/>', "a", 1),
        ('<MimeType FormalName="video/mp4"/>', "a.jpg", 0),
        ('<MediaType FormalName="Graphic"/>', "a", 1),
        ('<MediaType FormalName="Video"/>', "a.jpg", 0),
        ('<Format FormalName="JPEG Baseline"/>', "a", 1),
        ("", "https://pictures.test/a.JPG?x=1", 1),
        ("", "a.mp4", 0),
    ],
)
def test_a_picture_is_told_by_what_is_said_of_it(about, href, pictures):
    one = read_parts(component(content(href=href, about=about)), component(content("a")))

    assert len(one.pictures) == pictures
    assert (f"A file was left out: {href}." in one.warnings) is (pictures == 0)


def test_an_unmarked_set_of_languages_is_read_whole_and_an_offered_one_in_its_own():
    def told(attributes, languages=("fr", "de")):
        parts = "".join(
            component(content(one), attributes=f'xml:lang="{one}"') for one in languages
        ) + component(content("all"))
        return read_parts(component(parts, attributes=attributes))

    assert told("").body_text == "fr\n\nde\n\nall"
    assert told('EquivalentsList="yes"').language == "fr"
    assert told('EquivalentsList="yes" xml:lang="de-AT"').language == "de-AT"
    assert "also sent in fr; those" in told('EquivalentsList="yes" xml:lang="de-AT"').warnings[0]


def test_a_holder_is_a_party_or_a_text():
    def holder(inside):
        rights = f"<RightsMetadata><Copyright><CopyrightHolder>{inside}</CopyrightHolder></Copyright></RightsMetadata>"
        return read_parts(rights, component(content("a"))).copyright_holder

    assert [holder("HW"), holder('<Party FormalName="P"/>'), holder("")] == ["HW", "P", None]
