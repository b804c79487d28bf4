"""What the newsroom may do with an item: whatever is unclear is held, with a reason."""

from datetime import UTC, datetime

import pytest

from dateline.wire.domain.bodies import Body
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import Picture, Relation
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.profile import profile_for
from dateline.wire.domain.sent import Sent

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DEFAULTS = {"format": "ninjs", "identifier": "urn:x:1", "headline": "Ferry returns"}


def judged(profile=None, **said):
    return judge(Sent(**DEFAULTS | said), source="x.json", profile=profile)


def test_an_item_that_says_nothing_odd_is_usable():
    item = judged()

    assert (item.usability, item.reason, item.status) == ("usable", None, "usable")
    assert (item.version, item.warnings, item.recalls) == (1, (), False)


@pytest.mark.parametrize("word", ["usable", "USABLE", " Usable "])
def test_letter_case_of_a_status_does_not_count(word):
    item = judged(statuses=(word,))

    assert (item.usability, item.status) == ("usable", "usable")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("cancelled", "reads like a kill"),
        ("withdrawn", "reads like a kill"),
        ("Deleted", "reads like a kill"),
        ("OPEN", "Ask the agency what it means"),
        ("embargoed", "Ask the agency what it means"),
        ("", "Ask the agency what it means"),
        ("usable!", "Ask the agency what it means"),
    ],
)
def test_an_unknown_status_is_held_and_shown_as_sent(word, hint):
    item = judged(statuses=(word,))

    assert item.usability == "held"
    assert item.status == (word or "(empty)")
    assert hint in item.reason
    assert item.recalls is False


def test_a_cancel_kills_and_recalls():
    item = judged(statuses=("canceled",), embargoes=("rubbish",))

    assert (item.usability, item.recalls) == ("killed", True)
    assert (
        item.reason
        == "The agency canceled this item. Every version of it must come off every page."
    )


@pytest.mark.parametrize(
    "words", [("usable", "canceled"), ("canceled", "usable"), ("odd", "canceled")]
)
def test_of_two_statuses_the_strictest_counts(words):
    assert judged(statuses=words).usability == "killed"
    assert judged(statuses=("usable", "odd")).usability == "held"


def test_withheld_recalls_where_it_is_a_recall():
    item = judged(statuses=("withheld",))

    assert (item.usability, item.status, item.recalls) == ("held", "withheld", True)
    assert "earlier versions must come down" in item.reason


@pytest.mark.parametrize("word", ["withheld", "privileged"])
def test_withheld_at_pa_is_an_embargo_and_recalls_nothing(word):
    item = judged(statuses=(word,), embargoes=("2026-11-20T12:00:00Z",), profile=profile_for("pa"))

    assert (item.usability, item.status, item.recalls) == ("held", "withheld", False)
    assert item.embargo_until == NOON
    assert item.reason.startswith("PA Media sends this item under embargo")


def test_embargoed_as_a_status_needs_a_time():
    ap = {"provider": "ap", "has_signals": False}

    timed = judged(statuses=("embargoed",), embargoes=("2026-11-20T12:00:00Z",), **ap)
    untimed = judged(statuses=("embargoed",), **ap)

    assert (timed.usability, timed.embargo_until, timed.status) == ("usable", NOON, "embargoed")
    assert untimed.usability == "held"
    assert untimed.reason == "It is sent as embargoed, but nothing says until when. Ask the agency."


def test_of_two_embargoes_the_later_counts():
    item = judged(embargoes=("2026-11-20T12:00:00Z", "2026-11-20T11:00:00Z"))

    assert (item.usability, item.embargo_until) == ("usable", NOON)


@pytest.mark.parametrize("text", ["Next Monday", "0001-01-01T00:00:00Z", "soon"])
def test_an_unreadable_embargo_is_held_without_a_time(text):
    item = judged(embargoes=(text,))

    assert (item.usability, item.embargo_until) == ("held", None)
    assert (
        item.reason
        == f"It is under embargo, but {text!r} is not a time. Ask the agency when it ends."
    )


def test_an_embargo_without_a_zone_is_held_to_its_latest_moment():
    item = judged(embargoes=("2026-11-20T00:00:00",))

    assert (item.usability, item.embargo_until) == ("held", NOON)
    assert "no time zone is given" in item.reason


def test_an_empty_embargo_is_held_unless_the_provider_means_none_by_it():
    held = judged(embargoes=("",))
    ignored = judged(embargoes=("",), profile=profile_for("dpa", empty_embargo="ignore"))

    assert (held.usability, held.embargo_until) == ("held", None)
    assert ignored.usability == "usable"
    assert ignored.warnings == ("An empty embargo was ignored, as set for this provider.",)


def test_every_reason_to_hold_is_told_once():
    item = judged(embargoes=("", ""), statuses=("odd",), holds=("Because.", "Because."))

    assert item.reason.count("embargo without a time") == 1
    assert item.reason.count("Because.") == 1
    assert "'odd'" in item.reason


def test_a_creation_time_without_zone_is_held_until_the_zone_is_set():
    held = judged(version_created="2026-11-20T21:00:00")
    read = judged(version_created="2026-11-20T21:00:00", profile=profile_for("kyodo"))

    assert (held.usability, held.version_created_at) == ("held", None)
    assert "has no time zone. Set the provider's time zone" in held.reason
    assert (read.usability, read.version_created_at) == ("usable", NOON)


def test_a_creation_time_that_is_none_is_left_out_with_a_warning():
    item = judged(created="some day", version_created=" ")

    assert (item.usability, item.created_at, item.version_created_at) == ("usable", None, None)
    assert item.warnings == (
        "The time of its first version, 'some day', is not a time (unreadable); left out.",
    )


def test_a_placeholder_expiry_is_none_with_a_warning():
    item = judged(expiries=("YYYYMMDD000000-HHMM", " "))

    assert (item.usability, item.expires_at) == ("usable", None)
    assert item.warnings == ("The expiry 'YYYYMMDD000000-HHMM' is not a time; left out.",)


def test_the_earliest_expiry_counts():
    item = judged(expiries=("2026-11-20T13:00:00Z", "2026-11-20T12:00:00Z"))

    assert item.expires_at == NOON


@pytest.mark.parametrize("signal", ["newscontent", "NewsContent", "apsig:consumerready"])
def test_ap_items_need_their_signal(signal):
    marked = judged(provider="ap", signals=(signal,))
    unmarked = judged(provider="ap", signals=("other",))
    aggregated = judged(provider="ap", signals=("other",), profile=profile_for("aggregator"))

    assert marked.usability == "usable"
    assert unmarked.usability == "not_for_readers"
    assert aggregated.usability == "not_for_readers"
    assert "AP does not mark it as news content" in unmarked.reason


def test_a_format_without_signals_is_judged_only_where_the_provider_is_set():
    guessed = judged(provider="ap", has_signals=False)
    explicit = judged(has_signals=False, profile=profile_for("ap"))

    assert (guessed.usability, explicit.usability) == ("usable", "not_for_readers")


def test_a_kill_outranks_an_advisory_and_an_advisory_a_hold():
    hidden = judged(hidden=("For editors.",), holds=("Wait.",))
    killed = judged(hidden=("For editors.",), kills=("Kill.",))

    assert (hidden.usability, hidden.reason) == ("not_for_readers", "For editors.")
    assert (killed.usability, killed.reason, killed.recalls) == ("killed", "Kill.", True)


@pytest.mark.parametrize("identifier", [None, "", "  ", pytest.param("\x00", id="NUL")])
def test_an_item_without_id_is_refused(identifier):
    with pytest.raises(WireFormatError, match=r"x\.json: id: the item has none"):
        judged(identifier=identifier)


def test_an_id_nobody_could_store_is_refused():
    with pytest.raises(WireFormatError, match="it has 256 characters; the limit is 255"):
        judged(identifier="urn:" + "x" * 252)


@pytest.mark.parametrize("version", ["x", "-1", "1.5", "9" * 19, "9" * 30, "١"])
def test_a_version_that_is_no_number_is_refused(version):
    with pytest.raises(WireFormatError, match="version: expected a whole number, found"):
        judged(version=version)


@pytest.mark.parametrize(("sent", "version"), [(None, 1), ("", 1), ("0", 0), (" 10 ", 10)])
def test_versions_are_numbers(sent, version):
    assert judged(version=sent).version == version


@pytest.mark.parametrize("urgency", ["DEFAULT", "0", "10", "3.5"])
def test_an_urgency_off_the_scale_is_left_out(urgency):
    item = judged(urgency=urgency)

    assert (item.urgency, item.warnings) == (
        None,
        (f"The urgency {urgency!r} is not 1 to 9; left out.",),
    )
    assert judged(urgency=" 3 ").urgency == 3


def test_an_item_with_nothing_to_show_says_so():
    assert judged(headline=None).warnings == ("It has no headline, no text and no picture.",)
    assert judged(headline=None, pictures=(Picture(guid="1"),)).warnings == ()


def test_ids_of_other_items_carry_the_provider_too():
    item = judged(
        provider="efe",
        relations=(
            Relation(type="kills", family="7"),
            Relation(type="see-also", href="https://x.test"),
        ),
        pictures=(Picture(guid="8"), Picture(guid="8"), Picture(href="9.jpg")),
    )

    assert [one.family for one in item.relations] == ["efe:7", None]
    assert [one.guid for one in item.pictures] == ["efe:8", None]


@pytest.mark.parametrize(
    ("text", "type_", "note"),
    [
        ("KILL KILL KILL", "kills", None),
        ("KILL, KILL, KILL", "kills", None),
        ("HOLD HOLD HOLD", "holds", None),
        ("Please kill item hw 157 'Marigold sails'.", "kills", "hw 157 'Marigold sails'"),
        ("Please kill the story Marigold-Ferry, V9991", "kills", "Marigold-Ferry, V9991"),
        ("Editors: a kill is mandatory.", "kills", None),
        ("STORY WITHDRAWN - see notice", "kills", None),
        ("WITHDRAWN: Marigold sails", "kills", None),
        ("please hold the story ferry 12.\nWe are checking.", "holds", "ferry 12"),
    ],
)
@pytest.mark.parametrize("field", ["headline", "ed_notes", "body", "slugline"])
def test_a_kill_in_words_is_held_and_proposes_what_is_meant(text, type_, note, field):
    value = {"ed_notes": (text,), "body": Body(html="<p>", text=text)}.get(field, text)

    item = judged(**{field: value})

    assert (item.usability, item.recalls) == ("held", False)
    assert "do not publish this notice" in item.reason
    assert [(r.type, r.family, r.note, r.certain) for r in item.relations] == [
        (type_, None, note, False)
    ]


@pytest.mark.parametrize(
    "text", ["Two kill three", "They hold, hold and hold on", "He tried to kill time"]
)
def test_ordinary_words_raise_no_alarm(text):
    assert judged(headline=text, body=Body(html="<p>", text=text)).usability == "usable"


@pytest.mark.parametrize(
    ("sent", "shown", "types"),
    [
        ("CORRECTED-Ferry", "Ferry", ["corrects"]),
        ("CORRECTED-(OFFICIAL)-Ferry", "Ferry", ["corrects"]),
        ("CORRECTION ET MISE À JOUR - Ferry", "Ferry", ["corrects"]),
        ("UPDATE 2-CORRECTED-Ferry", "Ferry", ["update-of", "corrects"]),
        ("REFILE-UPDATE 1-Ferry", "Ferry", ["corrects", "update-of"]),
        ("RPT-Ferry", "Ferry", ["repeats"]),
        ("2ND LEAD Ferry", "Ferry", ["update-of"]),
        ("CORRECTED-", "CORRECTED-", []),
        ("RPT-" * 6 + "Ferry", "RPT-Ferry", ["repeats"]),
        ("Correction of the coast", "Correction of the coast", []),
        (None, None, []),
    ],
)
def test_desk_labels_leave_the_readers_headline_and_stay_as_relations(sent, shown, types):
    item = judged(headline=sent, pictures=(Picture(href="1"),))

    assert (item.headline, item.reader_headline) == (sent, shown)
    assert [(one.type, one.certain) for one in item.relations] == [(one, False) for one in types]


def test_a_label_does_not_repeat_what_a_signal_says():
    said = (Relation(type="corrects", family="urn:x:1"),)

    assert judged(headline="CORRECTED-Ferry", relations=said).relations == said


def test_a_time_in_the_dateline_is_no_dateline():
    item = judged(dateline="2014-07-16 13:00:03 GMT+00:00")

    assert (item.dateline, judged(dateline="PORT ASTER,  Nov 20").dateline) == (
        None,
        "PORT ASTER",
    )
    assert "is a time, not a place" in item.warnings[0]


def test_restrictions_are_shown_before_use():
    item = judged(usage_terms="NO SALES", ed_notes=("FREEDONIA OUT",))

    assert len(item.warnings) == 2
    assert all(warning.startswith("Its use is restricted (") for warning in item.warnings)
