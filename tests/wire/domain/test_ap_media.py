"""AP's Media API: nothing without its mark, kills and holds seen, and every shape of an answer."""

import json

import pytest

from dateline.wire.domain import ap_media, formats
from dateline.wire.domain.errors import WireFormatError
from tests.wire.domain.reading import read, read_one

BASE = {
    "altids": {"itemid": "0a1"}, "type": "text", "pubstatus": "usable", "signals": ["newscontent"],
    "headline": "Ferry returns", "provider": "AP",
}  # fmt: skip


def item(**change):
    return read_one(json.dumps(BASE | change))


def answer(*items, **more):
    return json.dumps(
        {"api_version": "2.1", "data": {"items": [{"item": one} for one in items]}} | more
    )


def test_an_item_by_itself_is_read_as_well():
    one = item()

    assert (one.format, one.generation) == ("ap-media", "Media API (bare item)")
    assert (one.family, one.usability) == ("ap:0a1", "usable")


def test_the_id_stays_the_same_over_revisions():
    later = item(altids={"itemid": "0a1", "etag": "0a1_9"}, uri="https://api.ap.org/x?et=9")

    assert later.family == item().family


@pytest.mark.parametrize("signals", [[], ["other"], None])
def test_what_ap_does_not_mark_as_news_content_is_never_for_readers(signals):
    assert item(signals=signals).usability == "not_for_readers"


def test_category_v_is_for_editors_whatever_else_is_said():
    one = item(subject=[{"rels": ["category"], "code": "V"}])

    assert one.usability == "not_for_readers"
    assert item(subject=[{"rels": ["suppcategory"], "code": "v"}]).usability == "usable"


@pytest.mark.parametrize("mark", ["Kill", "elimination"])
def test_a_kill_kills_and_proposes_what_its_words_name(mark):
    one = item(editorialtypes=[mark], description_caption="Please eliminate the ferry picture.")

    assert (one.usability, one.recalls) == ("killed", True)
    (relation,) = one.relations
    assert (relation.type, relation.certain) == ("kills", False)
    assert relation.note == "Please eliminate the ferry picture."


def test_a_hold_and_a_correction_are_seen():
    assert item(editorialtypes=["Withhold"]).usability == "held"
    assert [one.type for one in item(editorialtypes=["Corrective"]).relations] == ["corrects"]


@pytest.mark.parametrize("name", ["embargoDate", "not_before"])
def test_a_name_that_only_looks_like_an_embargo_holds(name):
    one = item(**{name: "2026-11-20"})

    assert one.usability == "held"
    assert repr(name) in one.reason


def test_an_embargo_without_a_time_holds_where_the_status_says_so():
    assert item(pubstatus="embargoed").usability == "held"
    until = item(pubstatus="embargoed", embargoed="2026-11-20T12:00:00Z")
    assert (until.usability, until.embargo_until.hour) == ("usable", 12)


@pytest.mark.parametrize("sent", ["", None, "tonight"])
def test_an_embargo_that_is_there_and_says_nothing_holds(sent):
    assert item(embargoed=sent).usability == "held"


def test_whoever_took_a_picture_or_wrote_a_text_is_named():
    assert item(bylines=[{"by": "By ANA NAKANO"}, {}]).byline == "By ANA NAKANO"
    assert item(photographer={"title": "STF"}).byline is None


def test_one_item_of_a_page_that_cannot_be_read_costs_no_other():
    items = read(answer(BASE, {"type": "text"}, "x", BASE | {"altids": {"itemid": "0b2"}}))

    assert [one.family for one in items] == ["ap:0a1", "ap:0b2"]
    assert "Another item of the message could not be read: id:" in items[0].warnings[0]
    assert "item: expected an object, found 'x'." in items[0].warnings[1]


def test_an_answer_without_an_item_is_refused_as_no_format():
    for empty in (answer(), answer(data={"items": None}), answer(data=[]), answer(data={})):
        assert not ap_media.looks_like(json.loads(empty))
        with pytest.raises(WireFormatError, match="is no format the wire knows"):
            formats.read(empty.encode(), source="x")


def test_an_id_that_is_no_object_is_refused():
    with pytest.raises(WireFormatError, match="id: the item has none"):
        read(answer(BASE | {"altids": "0a1"}))
