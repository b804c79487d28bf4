"""Feeds: no entry lost for another's sake, no time guessed, nothing fetched, no file opened."""

import json

import pytest

from dateline.wire.domain import formats, jsonfeed
from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read, read_one

RSS = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:v="https://vendor.example/ns"><channel><title>Notes</title>{}</channel></rss>"""
ENTRY = "<item><guid>1</guid><title>Ferry</title>{}</item>"


def entry(inside="", *, feed=""):
    return read_one(RSS.format(feed + ENTRY.format(inside)))


@pytest.mark.parametrize(
    ("sent", "hour"),
    [
        ("Fri, 20 Nov 2026 10:00:00 +0900", 1),
        ("Fri, 20 Nov 2026 10:00:00 EST", 15),
        ("2026-11-20T10:00:00+09:00", 1),
    ],
)
def test_a_time_is_read_in_the_zone_that_it_names(sent, hour):
    assert entry(f"<pubDate>{sent}</pubDate>").created_at.hour == hour


@pytest.mark.parametrize("sent", ["Fri, 20 Nov 2026 10:00:00", "Fri, 20 Nov 2026 10:00:00 JST"])
def test_a_time_without_a_zone_that_is_known_holds(sent):
    one = entry(f"<pubDate>{sent}</pubDate>")

    assert one.usability == "held"
    assert "no time zone" in one.reason


@pytest.mark.parametrize("sent", ["1518478934", "yesterday", "Fri, 99 Nov 2026 10:00:00 +0000"])
def test_what_is_no_time_is_left_out_with_a_warning(sent):
    one = entry(f"<pubDate>{sent}</pubDate>")

    assert (one.created_at, one.usability) == (None, "usable")
    assert "is not a time" in one.warnings[0]


def test_a_description_that_only_repeats_the_text_is_no_summary():
    text = "<content:encoded>&lt;p&gt;It is back.&lt;/p&gt;</content:encoded>"

    assert entry(f"<description>It is back.</description>{text}").summary is None
    assert entry(f"<description>More.</description>{text}").summary == "More."
    empty = entry("<description>More.</description><content:encoded> </content:encoded>")
    assert (empty.body_text, empty.summary) == ("More.", None)


def test_a_text_that_is_called_plain_and_is_not_is_read_as_mark_up():
    assert entry("<description>One&lt;br/&gt;Two</description>").body_text == "One\nTwo"


def test_the_feed_s_own_name_is_the_provider_where_it_has_no_address():
    assert entry().provider == "notes"
    assert entry(feed="<link>https://www.harbour.test/</link>").provider == "harbour"
    assert entry(feed="<link>http://[harbour</link>").provider == "notes"
    assert entry(feed="<link>/relative</link>").provider == "notes"


def test_a_credit_is_taken_for_one_picture_only():
    picture = '<media:content url="https://p.example/{}.jpg" type="image/jpeg"/>'
    credit = "<media:credit>Ana</media:credit>"

    assert [one.credit for one in entry(picture.format(1) + credit).pictures] == ["Ana"]
    two = entry(picture.format(1) + picture.format(2) + credit).pictures
    assert [one.credit for one in two] == [None, None]
    assert entry('<media:content medium="image"/>').pictures == ()


@pytest.mark.parametrize(
    ("word", "usability"),
    [("Published", "usable"), ("usable", "usable"), ("Deleted", "held"), ("", "held")],
)
def test_a_vendor_s_status_holds_where_it_is_not_known(word, usability):
    assert entry(f"<v:publishing_status>{word}</v:publishing_status>").usability == usability


def test_where_the_end_is_missing_the_last_entry_is_held():
    whole = RSS.format(ENTRY.format("") + ENTRY.replace(">1<", ">2<").format(""))

    first, last = read(whole.removesuffix("</channel></rss>"))

    assert (first.usability, last.usability) == ("usable", "held")
    assert "may be cut off" in last.reason
    assert "not well-formed" in first.warnings[0]


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes():
    one = read_one(RSS.format(ENTRY.format("<description>Tea & toast</description>")))

    assert (one.usability, one.body_text) == ("usable", "Tea & toast")
    assert "not well-formed" in one.warnings[0]


def test_an_entry_without_an_id_is_known_by_its_link_and_without_both_not_at_all():
    linked = "<item><link>https://notes.example/1</link><title>Ferry</title></item>"

    assert read_one(RSS.format(linked)).family == "https://notes.example/1"
    with pytest.raises(WireFormatError, match="id: the item has none"):
        read(RSS.format("<item><title>Ferry</title></item>"))
    with pytest.raises(WireFormatError, match="there is no item in it"):
        read(RSS.format(""))


def test_the_bytes_are_never_taken_for_the_name_of_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<rss>").write_text(RSS.format(ENTRY.format("")))

    with pytest.raises(WireFormatError, match="there is no item in it"):
        read("<rss>")


def test_a_feed_with_a_dtd_is_refused():
    with pytest.raises(WireFormatError, match="declares a DTD"):
        read('<!DOCTYPE rss [<!ENTITY a "aa">]>' + RSS.format(ENTRY.format("&a;")))


@pytest.mark.parametrize("other", [[], {}, {"version": 1}, {"version": "https://example.test/1"}])
def test_a_json_feed_is_told_by_its_version(other):
    assert not jsonfeed.looks_like(other)


def test_a_json_feed_without_entries_is_refused():
    with pytest.raises(WireFormatError, match="there is no item in it"):
        formats.read(json.dumps({"version": "https://jsonfeed.org/version/1"}).encode(), source="x")
