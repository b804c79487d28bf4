"""ninjs of every generation: no status, embargo or id is overlooked, and no shape surprises."""

import json

import pytest

from dateline.wire.domain import ninjs
from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read_one

BASE = {"uri": "urn:x:1", "headline": "Ferry returns", "type": "text"}


def item(**change):
    return read_one(json.dumps(BASE | change))


@pytest.mark.parametrize("name", ["pubstatus", "pubStatus", "PUBSTATUS"])
def test_a_cancel_is_seen_in_the_spelling_of_any_generation(name):
    assert item(**{name: "canceled"}).usability == "killed"


@pytest.mark.parametrize("name", ["embargoed", "embargoedUntil", "embargoeduntil", "Embargoed"])
def test_an_embargo_is_seen_in_the_spelling_of_any_generation(name):
    one = item(**{name: "2026-11-20T12:00:00Z"})

    assert one.embargo_until.isoformat() == "2026-11-20T12:00:00+00:00"
    assert item(**{name: "soon"}).usability == "held"


@pytest.mark.parametrize(
    "name", ["embargoDate", "pub_status", "embargoed_until", "notBefore", "pubStatus2"]
)
def test_a_name_that_only_looks_like_a_status_or_embargo_holds(name):
    one = item(**{name: "usable"})

    assert one.usability == "held"
    assert repr(name) in one.reason


@pytest.mark.parametrize(("value", "usability"), [(None, "held"), ("", "held"), (3, "held")])
def test_a_status_that_is_there_but_says_nothing_holds(value, usability):
    assert item(pubstatus=value).usability == usability
    assert item(embargoed=value).usability == usability


@pytest.mark.parametrize("version", ["4.0", "0.9", None, "x"])
def test_a_generation_nobody_knows_holds(version):
    one = item(standard={"name": "ninjs", "version": version})

    assert one.usability == "held"
    assert "which Dateline does not know" in one.reason


@pytest.mark.parametrize(
    ("change", "generation"),
    [
        ({}, "1.x"),
        ({"headlines": []}, "2.x"),
        ({"versionCreated": None}, "3.x"),
        ({"standard": {"version": "2.1"}}, "2.1"),
        ({"$standard": {"version": "1.6"}}, "1.6"),
        ({"standard": "ninjs"}, "1.x"),
    ],
)
def test_the_generation_is_told(change, generation):
    assert item(**change).generation == generation


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uri": ""}, "id: the item has none, so its updates and its kill could not be matched."),
        ({"uri": None}, "id: the item has none, so its updates and its kill could not be matched."),
        ({"body_html": ["<p>"]}, "body_html: expected text, found \"['<p>']\"."),
        ({"pubstatus": ["usable"]}, "pubstatus: expected text, found \"['usable']\"."),
        ({"embargoed": True}, "embargoed: expected text, found 'True'."),
        ({"version": {}}, "version: expected text, found '{}'."),
        ({"associations": 3}, "associations: expected a list of objects, found '3'."),
        ({"subject": ["x"]}, "subject: expected objects, found 'x'."),
        ({"keywords": [True]}, "keywords: expected text, found 'True'."),
        (
            {"pubStatus": "usable", "pubstatus": "canceled"},
            "pubstatus: it is given twice, with different values.",
        ),
    ],
)
def test_refuses_and_says_why(change, message):
    with pytest.raises(WireFormatError) as refused:
        read_one(json.dumps(BASE | change), source="x.json")

    assert str(refused.value) == f"x.json: {message}"


def test_the_same_value_twice_is_no_contradiction():
    assert item(pubStatus="usable", pubstatus="usable").usability == "usable"


def test_a_guid_stands_in_where_there_is_no_uri():
    assert read_one('{"guid": "urn:x:9", "headline": "a"}').family == "urn:x:9"


def test_without_any_id_it_is_still_known_for_ninjs_and_refused():
    with pytest.raises(WireFormatError, match="id: the item has none"):
        read_one('{"headline": "a", "body_html": "<p>b</p>"}')


@pytest.mark.parametrize("field", ["type", "profile"])
def test_an_advisory_is_not_for_readers(field):
    assert item(**{field: " Advisory"}).usability == "not_for_readers"


def test_signals_are_read_and_a_correction_is_a_relation():
    one = item(signals=["sig:correction", {"name": "newscontent"}])

    assert one.signals == ("sig:correction", "newscontent")
    assert [(r.type, r.family) for r in one.relations] == [("corrects", "urn:x:1")]


def test_ap_items_with_signals_need_newscontent():
    uri = "http://api.ap.org/media/v/content/1"

    assert item(uri=uri, signals=["newscontent"]).usability == "usable"
    assert item(uri=uri, signals=[]).usability == "not_for_readers"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"body_text": "plain", "body_html": "<p>marked</p>"}, "marked"),
        ({"body_text": "plain", "body_rich2": "<p>marked</p>"}, "marked"),
        ({"body_text": "<p>marked</p>"}, "marked"),
        ({"body_text": "a\n\nb"}, "a\n\nb"),
        ({"bodies": [{"value": "plain"}, {"role": "xhtml", "value": "marked"}]}, "marked"),
        ({"bodies": [{"value": " "}, {}]}, None),
        ({}, None),
    ],
)
def test_marked_up_bodies_go_before_plain_ones(change, text):
    assert item(**change).body_text == text


@pytest.mark.parametrize(
    ("change", "caption"),
    [
        ({"description_text": "a"}, "a"),
        ({"description_html": "<p>a</p>"}, "a"),
        (
            {"descriptions": [{"role": "text", "value": "a"}, {"role": "caption", "value": "b"}]},
            "b",
        ),
        ({"descriptions": [{"role": "writer", "value": "a"}]}, None),
        ({}, None),
    ],
)
def test_a_pictures_description_is_its_caption_and_a_texts_its_summary(change, caption):
    assert (item(type="picture", **change).caption, item(**change).summary) == (caption, caption)
    assert (item(type="picture", **change).summary, item(**change).caption) == (None, None)


def test_a_picture_without_files_has_no_picture_yet():
    one = item(type="picture", renditions={"x": {"mimetype": "video/mp4", "href": "v"}, "y": {}})

    assert one.pictures == ()


@pytest.mark.parametrize("value", [{}, [], {"item": []}, {"item": [3]}, 3, "x", None, {"a": 1}])
def test_what_is_not_ninjs_is_told_apart(value):
    assert ninjs.looks_like(value) is False


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"[]", "there is no item in it"), (b"[1]", "expected a JSON object")]
)
def test_the_reader_refuses_what_it_cannot_read_by_itself(data, sentence):
    with pytest.raises(WireFormatError, match=sentence):
        ninjs.read(data, source="x")


@pytest.mark.parametrize(
    ("topic", "qcode"),
    [
        ({"uri": "https://cv.iptc.org/newscodes/mediatopic/20000339"}, "medtop:20000339"),
        (
            {"code": "20000339", "scheme": "http://cv.iptc.org/newscodes/mediatopic/"},
            "medtop:20000339",
        ),
        ({"code": "20000339", "scheme": "x/mediatopic"}, "medtop:20000339"),
        ({"code": "medtop:20000339"}, "medtop:20000339"),
        ({"code": "20000339"}, "20000339"),
        ({"uri": "http://x.test/1"}, "http://x.test/1"),
        ({"name": "Sea"}, None),
    ],
)
def test_only_what_is_a_media_topic_is_called_one(topic, qcode):
    one = item(subject=[topic])

    assert [t.qcode for t in (*one.media_topics, *one.subjects)] == [qcode]
    assert bool(one.media_topics) == (qcode or "").startswith("medtop:")


@pytest.mark.parametrize(
    ("change", "usability"),
    [
        ({}, "usable"),
        ({"status": "canceled"}, "killed"),
        ({"status": "odd"}, "held"),
        ({"embargoed": "soon"}, "held"),
        ({"embargo_date": "x"}, "held"),
        ({"profile": "advisory"}, "not_for_readers"),
        ({"subjects": "x"}, "usable"),
    ],
)
def test_fingerpost_messages_fail_closed_too(change, usability):
    one = read_one(json.dumps({"source-feed": "PA_API", "usn": "1", "body_text": "a"} | change))

    assert (one.family, one.usability) == ("pa:1", usability)


def test_a_fingerpost_message_without_serial_number_is_refused():
    with pytest.raises(WireFormatError, match="id: the item has none"):
        read_one('{"source-feed": "PA_API", "usn": " "}')


def test_a_feed_nobody_knows_is_its_own_namespace():
    assert read_one('{"source-feed": "HARBOUR", "usn": "1"}').family == "harbour:1"
    assert read_one('{"source-feed": "港", "usn": "1"}').family == "unknown:1"
