"""What a reader types is understood, and nothing they type is an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.domain.analyser import Phrase, Synonyms
from dateline.search.domain.query import (
    MOST_CHARACTERS,
    MOST_CLAUSES,
    Field,
    Note,
    Query,
    cleaned,
    day_of,
    parse,
)

NONE = Synonyms([])


def told(query):
    """(field, ways of terms) of each clause that must be there."""
    return [
        (clause.field.value, [[one.terms for one in way] for way in clause.any_of])
        for clause in query.all_of
    ]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("train ticket", [("text", [[("train",)]]), ("text", [[("ticket",)]])]),
        ('"train tickets"', [("text", [[("train", "ticket")]])]),
        ("「九州に」", [("text", [[("九州", "州に")]])]),
        ("COVID-19", [("text", [[("covid", "19")]])]),
        ("title:train by:“Ana Mori”", [("title", [[("train",)]]), ("by", [[("ana", "mori")]])]),
        ("見出し：観光 筆者:木村", [("title", [[("観光",)]]), ("by", [[("木村",)]])]),
        ("10:30 re:invent", [("text", [[("10", "30")]]), ("text", [[("re", "invent")]])]),
        ('"open', [("text", [[("open",)]])]),
        ("title:", [("text", [[("titl",)]])]),
        ("train train", [("text", [[("train",)]])]),
        pytest.param("🚆 \u202e", [], id="nothing that can be read"),
        ("-", []),
        ('""', []),
    ],
)
def test_understands(typed, clauses):
    assert told(parse(typed, NONE)) == clauses


def test_leaves_out_what_has_a_minus_before_it():
    query = parse('train -ticket -"night train" -title:rain well-known', NONE)

    assert told(query) == [("text", [[("train",)]]), ("text", [[("well", "known")]])]
    assert [(c.field, c.any_of[0][0].terms) for c in query.none_of] == [
        (Field.TEXT, ("ticket",)),
        (Field.TEXT, ("night", "train")),
        (Field.TITLE, ("rain",)),
    ]


def test_words_of_one_meaning_are_ways_to_say_it_and_the_longest_come_first():
    synonyms = Synonyms(["nuclear plant, 原発", "plant, 植物"])

    assert told(parse("nuclear plant", synonyms)) == [
        ("text", [[("nuclear",), ("plant",)], [("原発",)]])
    ]
    assert told(parse("plant nuclear", synonyms)) == [
        ("text", [[("plant",)], [("植物",)]]),
        ("text", [[("nuclear",)]]),
    ]
    assert told(parse('"nuclear plant"', synonyms)) == [("text", [[("nuclear", "plant")]])]
    assert parse("-plant", synonyms).none_of[0].any_of == ((Phrase(("plant",)),),)


def test_limits_of_section_and_time():
    query = parse("section:Sport from:2026-09 until:2026-09 marathon", NONE)

    assert (query.section, query.since, query.until) == (
        "sport",
        date(2026, 9, 1),
        date(2026, 9, 30),
    )
    assert parse("面:スポーツ", NONE).section == "スポーツ"
    assert not parse("from:2026", NONE).is_empty
    assert parse("from:yesterday ferry", NONE).notes == (Note.NO_DATE,)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-29", date(2026, 11, 29), date(2026, 11, 29)),
        ("2026/2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-13", None, None),
        ("2026-02-30", None, None),
        ("0000", None, None),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
        ("soon", None, None),
    ],
)
def test_a_day_is_written_in_three_ways(text, first, last):
    assert (day_of(text, last=False), day_of(text, last=True)) == (first, last)


def test_a_long_query_is_cut_and_says_so():
    long = "ferry " * 2_000

    assert len(cleaned(long)) <= MOST_CHARACTERS
    assert Note.TOO_LONG in parse(long, NONE).notes
    many = parse(" ".join(f"w{n}" for n in range(20)) + " -a -b", NONE)
    assert (len(many.all_of), len(many.none_of)) == (MOST_CLAUSES, 0)
    assert many.notes == (Note.TOO_LONG,)
    assert parse("ferry", NONE).notes == ()


def test_what_cannot_be_seen_parts_words():
    assert cleaned("a\x00b\u202ec\u200b d\n") == "a b c d"


@given(st.text(max_size=300))
def test_nothing_is_an_error(typed):
    query = parse(typed)

    assert isinstance(query, Query)
    assert len(query.all_of) + len(query.none_of) <= MOST_CLAUSES
    assert (
        query.is_empty
        or query.all_of
        or query.none_of
        or query.section
        or query.since
        or query.until
    )


def test_the_phrases_to_mark_are_those_of_texts():
    query = parse("by:ana title:ferry boat -train", NONE)

    assert {one.terms for one in query.phrases()} == {("ferri",), ("boat",)}
