"""ANPA 1312: fields, keyword line, advances, typesetting; what is unclear is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import anpa as reader
from dateline.wire.domain import anpa_text
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for
from tests.wire.domain.reading import read, read_one, squeezed
from tests.wire.domain.telegrams import ANPA_BODY, ANPA_HEAD, ANPA_STORY, anpa

WORDS = st.text("abcdefghij klmn\nopqrstuvw,.-é", max_size=200)


def test_the_head_is_parted_into_its_fields():
    item = read_one(
        anpa(
            "^BC-US--Ferry Doors, 1st Ld-Writethru,61<\n^Ferry stays in port<\n"
            "^A longer line about the doors\nof the ferry.<\n^AP Photo HW101, HW102<\n"
            "^Eds: Adds harbour master.<\n^By NOBODY INPARTICULAR=\n^Harbour Wire=\n" + ANPA_BODY
        )
    )

    assert item.slugline == "BC-US--Ferry Doors"
    assert item.headline == item.reader_headline == "Ferry stays in port"
    assert item.summary == "A longer line about the doors of the ferry."
    assert item.byline == "By NOBODY INPARTICULAR, Harbour Wire"
    assert item.ed_note == "1st Ld-Writethru\nAP Photo HW101, HW102\nEds: Adds harbour master."
    assert item.body_text == "PORT MALLOW (AP) — The ferry stays in port."
    assert (item.dateline, item.urgency, item.usability) == ("PORT MALLOW", 5, "usable")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("1st Ld-Writethru", "update-of"),
        ("2nd Ld", "update-of"),
        ("1st Add", "part-of"),
        ("Take 2", "part-of"),
        ("CORRECTIVE", "corrects"),
        ("Correction", "corrects"),
        ("RPT", "repeats"),
    ],
)
def test_what_a_keyword_line_says_of_an_earlier_item_is_a_relation(label, kind):
    item = read_one(anpa(ANPA_STORY.replace(",61", f", {label},61")))

    (relation,) = item.relations
    assert (relation.type, relation.certain, relation.family) == (kind, False, None)
    assert relation.note == f"{label} (US--Ferry Doors)"


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("BC-US--Ferry-KILL,61", "kills"),
        ("BC-US--Ferry, KILL,61", "kills"),
        ("BC-US--Ferry, Withdrawal,61", "kills"),
        ("BC-US--Ferry, Mandatory Kill,61", "kills"),
        ("BC-US--Ferry, HFR,61", "holds"),
        ("BC-US--Ferry, Withhold,61", "holds"),
    ],
)
def test_a_kill_or_a_hold_in_the_keyword_line_is_held_for_a_person(slug, kind):
    item = read_one(anpa(f"^{slug}<\n^Ferry<\n{ANPA_BODY}"))

    assert item.usability == "held"
    assert kind in {one.type for one in item.relations}
    assert not any(one.certain for one in item.relations)


def test_a_story_about_a_kill_is_no_kill():
    item = read_one(anpa("^BC-US--Film-Kill Bill,61<\n^Kill Bill returns<\n" + ANPA_BODY))

    assert item.usability == "usable"


@pytest.mark.parametrize(
    "text",
    [
        "^BC-US--Ferry, Adv06,61<\n^Ferry<\n" + ANPA_BODY,
        "^BC-US--Ferry-Adv06,61<\n^Ferry<\n" + ANPA_BODY,
        ANPA_HEAD + "^$adv06<\n^For release Sunday, Dec. 6<\n" + ANPA_BODY,
        ANPA_HEAD + "^Advance for release Sunday, Dec. 6<\n" + ANPA_BODY,
        ANPA_HEAD + "^EMBARGOED until noon<\n" + ANPA_BODY,
        ANPA_HEAD + "\t   EMBARGOED until noon\n" + ANPA_BODY,
        ANPA_HEAD + "\t   Please kill the story Ferry, V9991.\n" + ANPA_BODY,
    ],
)
def test_an_advance_or_an_embargo_that_is_not_understood_is_held(text):
    item = read_one(anpa(text))

    assert item.usability == "held"
    assert item.headline in ("Ferry", "Ferry stays in port")


def test_an_advance_whose_time_is_whole_is_an_embargo_until_then():
    item = read_one(anpa(ANPA_HEAD + "^For release 0600 GMT 6 December 2026<\n", second="a i"))

    assert item.embargo_until.isoformat() == "2026-12-06T06:00:00+00:00"
    assert item.usability == "usable"


@pytest.mark.parametrize(
    ("second", "usability", "reason"),
    [
        ("a i", "held", "an advance for a weekday, but nothing says until when"),
        ("s i", "held", "an advance for Sunday, but nothing says until when"),
        ("x i", "held", "Its priority 'x' is none of ANPA 1312"),
        ("hello", "held", "Its second line, 'hello"),
        ("r v", "not_for_readers", "advisories"),
        ("w i", "usable", None),
        ("f i", "usable", None),
    ],
)
def test_letters_that_say_when_or_for_whom(second, usability, reason):
    item = read_one(anpa(second=second))

    assert item.usability == usability
    assert (reason or "") in (item.reason or "")


@pytest.mark.parametrize(
    ("letter", "urgency"), [("b", 2), ("u", 3), ("r", 5), ("d", 7), ("w", None), ("f", None)]
)
def test_the_priority_letter_is_the_urgency(letter, urgency):
    assert read_one(anpa(second=f"{letter} i")).urgency == urgency


KYODO = "BC-Ferry\nFerry stays\nin port+\n     PORT MALLOW, Nov. 30 Kyodo - It stays \nin port.\n"


@pytest.mark.parametrize("text", [KYODO, KYODO.replace("\nin port+", ""), KYODO.replace("+", "")])
def test_kyodos_plain_layout(text):
    item = read_one(
        anpa(text + "     More.\n==Kyodo", first="a0105KYODO\x1f_koko-", tail="KWS-21:37-09-12-18")
    )

    assert item.family == "kyodo:a0105-20181209"
    assert item.version_created_at.isoformat() == "2018-12-09T12:37:00+00:00"
    assert item.dateline == "PORT MALLOW"
    assert item.slugline == "BC-Ferry"
    assert item.headline in ("Ferry stays in port", "Ferry stays")
    assert item.body_text.endswith("PORT MALLOW, Nov. 30 Kyodo - It stays in port.\n\nMore.")


def test_typesetting_codes_are_no_text_and_tables_stay_tables():
    table = "".join(f"\x08Crew {n}\x10\x10{n} min.\n" for n in (1, 2, 3))
    text = f"{ANPA_HEAD}\t   It is 5\x0e1/2 feet.\n\t   ``A,'' said\x10she, `b.'\n\n{table}\n\t   End.\n"

    html = read_one(anpa(text)).body_html

    assert html.startswith("<p>It is 5 1/2 feet.</p><p>“A,” said she, ‘b.'</p><pre>Crew 1")
    assert html.count("<pre>") == 1
    assert html.endswith("<p>End.</p>")


def test_fields_in_the_body_are_text_unless_they_are_for_editors():
    text = f"{ANPA_STORY}^UP NEXT<\n^Eds: More to come.<\nEds: APNewsNow.\n^<\n\t   End.\n"

    item = read_one(anpa(text))

    assert item.body_html.endswith("<p>UP NEXT</p><p>End.</p>")
    assert item.ed_note == "Eds: More to come.\nEds: APNewsNow."


def test_several_fields_on_one_line_and_a_head_without_a_body():
    item = read_one(anpa("^BC-Ferry<^Ferry stays<^By NOBODY="))

    assert (item.slugline, item.headline, item.byline) == ("BC-Ferry", "Ferry stays", "By NOBODY")
    assert item.body_text is None


def test_a_text_may_be_a_head_only():
    assert anpa_text.read("^BC-Ferry<\n^Ferry stays<", keyword=None).body == ""


def test_a_field_without_end_ends_with_the_head():
    text = anpa_text.read("^BC-Ferry\n" + "a\n" * 300_000, keyword=None)

    assert len(text.body) > 500_000


def test_an_open_field_ends_where_the_body_begins():
    item = read_one(anpa("^BC-Ferry\n^Ferry stays\n" + ANPA_BODY))

    assert item.headline == "Ferry stays"
    assert item.body_text == "PORT MALLOW (AP) — The ferry stays in port."


def test_the_keyword_of_the_header_stands_in_where_the_text_has_none():
    item = read_one(anpa(""))

    assert (item.slugline, item.headline) == ("BC-Ferry-Doors", None)
    assert read_one(anpa("", second="hello")).slugline is None


def test_a_tail_that_is_not_understood_is_kept_for_editors():
    item = read_one(anpa(tail="AP-later"))
    odd = read_one(anpa(tail="AP-WF-11-30-26 1137EST"))

    assert (item.ed_note, item.version_created_at) == ("AP-later", None)
    assert odd.version_created_at is None
    assert "'AP-WF-11-30-26 1137EST', is not a time" in odd.warnings[-1]


def test_a_number_of_noughts_is_none():
    assert "text-" in read_one(anpa(first="a0000\x1f_hwn")).family


def test_several_stories_and_a_broken_one():
    items = read(anpa() + b"\x01hello\r\n\x02x\x03\x04" + anpa(first="a0062\x1f_hwn"))

    assert [one.family.partition(":")[2] for one in items] == ["a0061-20261130", "a0062-20261130"]
    assert "found 'hello'" in items[0].warnings[-1]


def test_a_story_without_its_end_is_refused_as_cut():
    with pytest.raises(WireFormatError, match=r"x: text: it has no end mark \(ETX\)"):
        read(anpa().partition(b"\x03")[0])


def test_ap_set_as_the_provider_asks_for_the_signal_no_anpa_can_carry():
    assert read_one(anpa(), profile=profile_for("ap")).usability == "not_for_readers"
    lenient = profile_for("ap", required_signals=frozenset())
    assert read_one(anpa(), profile=lenient).usability == "usable"


@pytest.mark.parametrize(
    "data",
    [b"a0061 x", b"\x01a0061 x\r\n\x02y\x03", b"\x01\x1f"],
    ids=["line", "no selector", "no header"],
)
def test_other_text_is_not_taken_for_it(data):
    assert not reader.looks_like(data)


@given(WORDS, WORDS)
def test_no_word_of_a_story_is_lost(above, below):
    item = read_one(anpa(f"{ANPA_HEAD}\t   {above}\n\n\t   {below}"))

    assert squeezed(f"{item.body_text or ''}{item.ed_note or ''}") == squeezed(f"{above}{below}")


@given(st.integers(0, 200), st.integers(0, 60), st.binary(max_size=3))
def test_a_changed_advance_is_refused_or_held(start, size, token):
    data = anpa(ANPA_HEAD + "^$adv06<\n^For release Sunday, Dec. 6<\n" + ANPA_BODY, second="s i")
    changed = data[:start] + token + data[start + size :]
    try:
        items = read(changed)
    except WireFormatError:
        return
    for item in items:
        if b"^$adv06<" in changed or b"\r\ns i\x13\x11 BC-Ferry-Doors   11-30 0061\r\n" in changed:
            assert item.usability != "usable"
