"""IPTC 7901: frames, header, head and tail, and what is unclear is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain import iptc7901
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.formats import recognise
from dateline.wire.domain.profile import profile_for
from tests.wire.domain.reading import read, read_one, squeezed
from tests.wire.domain.telegrams import BODY, HEAD, STORY, telegram

WORDS = st.text("abcdefghij klmn\nopqrstuvw,.-éü", max_size=200)


@pytest.mark.parametrize(
    "noise", [b"", b"\x7f\x7f\r\n\x7f", b"\x00\x16\x16 \r\n"], ids=["none", "DEL", "NUL and SYN"]
)
def test_noise_of_the_line_is_skipped(noise):
    assert read_one(noise + telegram(STORY)).headline == "Ferry stays in port"


def test_several_messages_of_a_document_are_several_items():
    second = telegram(STORY, header="hwn0062 4 i 61   hwn 0062")

    assert [one.family for one in read(telegram(STORY) + second)] == [
        "dpa:hwn-61-20261130",
        "dpa:hwn-62-20261130",
    ]


def test_the_agencys_number_and_the_day_are_the_id_on_all_its_services():
    families = {
        read_one(telegram(STORY, header=header)).family
        for header in ("bdt0009 4 i 61   dpa 061", "eca0123 2 pl 61 abcde  dpa 0061")
    }

    assert families == {"dpa:dpa-61-20261130"}


def test_the_services_number_is_the_id_where_the_agency_gives_none():
    item = read_one(telegram(STORY, header="hwn0062 4 i 61"))

    assert (item.family, item.provider) == ("dpa:hwn-62-20261130", "dpa")


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({"header": "hwn0000 4 i 61  hwn 0000"}, "number"),
        ({"tail": "301137 GMT Nov"}, "day"),
        ({"tail": "later"}, "day"),
    ],
)
def test_without_number_or_day_a_resend_is_the_same_item_and_another_text_is_not(options, missing):
    one, again = (read_one(telegram(STORY, **options)) for _ in range(2))
    other = read_one(telegram(STORY + "More.", **options))

    assert one.family == again.family != other.family
    assert f"It has no {missing} of its own" in one.warnings[-1] + one.warnings[0]


def test_a_tail_that_is_no_time_is_kept_for_editors():
    item = read_one(telegram(STORY, tail="later"))

    assert (item.ed_note, item.version_created_at) == ("later", None)


def test_a_time_without_a_zone_waits_for_a_person_unless_the_provider_has_one():
    data = telegram(STORY.replace("(dpa)", "(hwn)"), tail="301137 Nov 26")
    berlin = profile_for("hwn", time_zone="Europe/Berlin")

    assert "has no time zone" in read_one(data).reason
    assert read_one(data, profile=berlin).version_created_at.isoformat() == (
        "2026-11-30T10:37:00+00:00"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Harbour/\n\nFerry stays =\n\nBody.\n", ("Harbour/", "Ferry stays", None, "Body.")),
        ("Harbour/\nFerry stays\n\nBody.\n", ("Harbour/", "Ferry stays", None, "Body.")),
        ("Ferry stays\nBody.\nMore.\n", (None, "Ferry stays", None, "Body. More.")),
        ("Situation\nFerry:\nShe stays =\nBody.\n", (None, "Ferry: She stays", None, "Body.")),
        (
            "A long headline that fills the whole of its line and goes\non =\n\nBody.\n",
            (None, "A long headline that fills the whole of its line and goes on", None, "Body."),
        ),
        ("Ferry stays\nNew doors =\n\nBody.\n", (None, "Ferry stays", "New doors", "Body.")),
        ("Ferry stays\n=\n\nBody.\n", (None, "Ferry stays", None, "Body.")),
        ("By Nobody =\n\nBody.\n", (None, "By Nobody", None, "Body.")),
        ("", (None, None, None, None)),
    ],
)
def test_a_head_is_parted_into_slug_title_and_body(text, told):
    item = read_one(telegram(text, slug=""))

    assert (item.slugline, item.headline, item.subheadline, item.body_text) == told


@pytest.mark.parametrize(("priority", "urgency"), [("1", 1), ("9", 9), ("0", None)])
def test_the_priority_is_the_urgency(priority, urgency):
    assert read_one(telegram(STORY, header=f"hwn0061 {priority} i 61")).urgency == urgency


def test_what_the_header_says_of_an_earlier_item_is_a_relation():
    (relation,) = read_one(telegram(STORY, header="hwn0061 4 i 61  hwn 0061  hwn 0044")).relations

    assert (relation.type, relation.note, relation.certain) == ("see-also", "hwn 0044", False)


def test_the_providers_charset_is_taken_before_the_bytes():
    data = telegram(STORY).replace(b"stays", b"st\x84ys")

    assert read_one(data, profile=profile_for("x", charset="cp850")).headline == (
        "Ferry stäys in port"
    )


def test_a_broken_message_never_costs_the_others():
    item = read_one(b"\x01hello\r\n\x02a\x03\x04" + telegram(STORY))

    assert item.headline == "Ferry stays in port"
    assert "expected a line such as 'abc0001 4 pl 120', found 'hello'" in item.warnings[-1]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (telegram(STORY) + b" " * 8_000_000, "the limit for text messages is 8,000,000"),
        (telegram(STORY) + b"\x01" * 1_000, "more than 1,000 messages"),
    ],
    ids=["bytes", "messages"],
)
def test_what_no_wire_sends_is_refused(data, problem):
    with pytest.raises(WireFormatError, match=problem):
        read(data)


@pytest.mark.parametrize("text", ["(a\n" * 300_000, "\n# " * 300_000, "a\n" * 300_000 + "="])
def test_lines_without_end_are_read_in_a_moment(text):
    assert read(telegram(text))


def test_text_between_messages_is_told_never_dropped():
    item = read_one(telegram(STORY) + b"PLEASE KILL IT\r\n")

    assert "found 'PLEASE KILL IT'" in item.warnings[-1]


def test_a_message_without_its_end_is_refused_as_cut():
    with pytest.raises(WireFormatError, match=r"x: text: it has no end mark \(ETX\)"):
        read(telegram(STORY).partition(b"\x03")[0])


def test_without_frames_the_last_line_is_the_end_or_it_is_held():
    data = b"hwn0061 4 i 61   hwn 0061\n\nHarbour/\n" + STORY.encode()

    assert "it may be cut off" in read_one(data).reason
    assert read_one(data + b"\n301137 GMT Nov 26\n").usability == "usable"


@pytest.mark.parametrize(
    "data",
    [
        b"hello\n",
        b"abc0061 4 i 61 and so on\n",
        b"hwn0061 4 i 61\nText\n",
        pytest.param(b"\x01hello\x02a\x03", id="a frame"),
        b"Abc123 4 x 5",
        b"IDN38100\nAustralian weather\n",
    ],
)
def test_other_text_is_not_taken_for_it(data):
    assert not iptc7901.looks_like(data)
    with pytest.raises(WireFormatError, match="no format the wire knows"):
        recognise(data, "x")


@pytest.mark.parametrize(
    "text",
    [
        "KILL KILL KILL =\n\nPlease kill item dpa 157.\n",
        "АННУЛИРОВАНИЕ =\n\nИ так далее.\n",
        "حظر حظر حظر =\n\nA.\n",
        "*** ELIMINAR - ELIMINAR ***\nATENCION REDACCIONES =\n\nA.\n",
        "HOLD HOLD HOLD =\n\nA.\n",
        "(Achtung) Die Meldung ist falsch\nFähre bleibt =\n\nA.\n",
        "EMBARGO 0001 Friday =\n\nA.\n",
        "(Sperrfrist 3. Dezember 06.00 Uhr)\nFähre bleibt =\n\nA.\n",
        HEAD + "EMBARGO: Monday noon\n\n" + BODY,
        HEAD + "Sperrfrist: 3. Dezember, 6 Uhr\n\n" + BODY,
    ],
)
def test_a_kill_a_hold_or_an_embargo_in_words_is_never_usable(text):
    assert read_one(telegram(text)).usability == "held"


def test_an_embargo_that_is_understood_is_a_time():
    item = read_one(telegram("EMBARGO 0600 GMT 3 December 2026\n" + STORY))

    assert item.embargo_until.isoformat() == "2026-12-03T06:00:00+00:00"
    assert (item.usability, item.headline) == ("usable", "Ferry stays in port")
    assert item.ed_note == "EMBARGO 0600 GMT 3 December 2026"


@given(WORDS, WORDS)
def test_no_word_of_a_story_is_lost(above, below):
    text = f"{HEAD}{above}\n\n{below}\n"

    item = read_one(telegram(text))

    kept = f"{item.body_text or ''}{item.ed_note or ''}"
    assert squeezed(kept) == squeezed(f"{above}{below}")


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_cut_or_doubled_message_is_refused_or_as_held_as_before(start, size):
    data = telegram("(Sperrfrist bald)\n" + STORY)
    changed = data[:start] + data[start + size :]
    try:
        items = read(changed)
    except WireFormatError:
        return
    for item in items:
        if b"Sperrfrist" in changed:
            assert item.usability == "held"
