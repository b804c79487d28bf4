"""The part of a text that is shown, with what was looked for marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.domain.extract import LONG, READ, Wanted, extract, marked
from dateline.search.domain.meant import candidates, parted, shortest
from dateline.search.domain.query import parse


def shown(pieces):
    """The text with brackets around what is marked."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def in_text(typed, text):
    return shown(marked(text, Wanted(parse(typed).phrases())))


@pytest.mark.parametrize(
    ("typed", "text", "with_marks"),
    [
        ("train", "Trains run; the trainer waits.", "[Trains] run; the trainer waits."),
        ("women", "A woman’s record, women first", "A [woman’s] record, [women] first"),
        ("新幹線", "東北新幹線と新幹", "東北[新幹線]と新幹"),
        ("京都", "東京都知事、京都へ", "東京都知事、[京都]へ"),
        ("雨", "大雨と雨", "大[雨]と[雨]"),
        ("震度6弱", "震度6弱の地震、6時", "[震度6弱]の地震、[6]時"),
        ("セール", "冬のｾｰﾙだ", "冬の[ｾｰﾙ]だ"),
        ("セール", "ﾊﾞｽとｾｰ", "ﾊﾞｽとｾｰ"),
        ("観光 客", "観光客が来た", "[観光客]が来た"),
        ("O'Harrow", "O’Harrow won", "[O’Harrow] won"),
        ("u.s.", "The U.S. said to us", "The [U.S]. said to us"),
        ("by:ana", "Ana", "Ana"),
    ],
)
def test_marks_what_was_looked_for(typed, text, with_marks):
    assert in_text(typed, text) == with_marks


def test_the_extract_begins_near_the_first_mark_and_at_a_word():
    text = (
        "Nothing happens here. " * 40
        + "Then the ferry came back to the harbour. "
        + "And on. " * 60
    )

    found = extract(text, Wanted(parse("ferry").phrases()))

    assert shown(found).startswith("… ")
    assert shown(found).endswith(" …")
    assert "[ferry]" in shown(found)
    assert len(shown(found)) <= LONG + 10
    assert not shown(found)[2:].startswith(("othing", "appens"))


def test_the_extract_is_where_most_of_it_stands():
    text = "The train left. " + "Pause. " * 80 + "A ticket for the train. " + "Pause. " * 80

    assert "[ticket]" in shown(extract(text, Wanted(parse("train ticket").phrases())))


def test_without_a_mark_it_is_the_beginning():
    assert shown(extract("A short\n text", Wanted(()))) == "A short text"
    assert shown(extract("", Wanted(()))) == ""
    assert shown(extract("字" * 300, Wanted(()))) == "字" * 110 + " …"


@given(st.text(max_size=400), st.text(max_size=20))
def test_an_extract_is_a_part_of_its_text(text, typed):
    found = extract(text, Wanted(parse(typed).phrases()))

    body = "".join(piece.text for piece in found)
    flat = " ".join(text[:READ].split())
    assert body.removeprefix("… ").removesuffix(" …") in flat or body in flat


def test_words_a_letter_away_with_the_likelier_slips_first():
    words = [word for word, _ in candidates("tarin")]

    assert words[0] == "tarin"
    assert words.index("train") < words.index("tarins")
    assert candidates("電車") == []
    assert (shortest("tunnell", "tunnel"), shortest("elections", "elect")) == (
        "tunnel",
        "elections",
    )


def test_japanese_is_parted_at_its_particles():
    assert parted("東京の天気") == "東京 天気"
    assert parted("天気") == parted("weather") == ""
