"""Embargoes in words: found, and read only where no word is left over."""

import pytest

from dateline.wire.domain.embargo_words import embargoes, end_of


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGO",
        "EMBARGO: noon",
        "*** Embargoed until Monday ***",
        "Strictly embargoed to 0001 Friday September 9",
        "Under embargo until noon",
        "The figures are embargoed until 10:00 on Monday.",
        "Sperrfrist 3. Dezember 06.00 Uhr",
        "Achtung: Sperrfrist bis morgen",
        "Gesperrt bis Montag",
        "NOT FOR PUBLICATION OR BROADCAST BEFORE 0600",
        "Hold for release Sunday",
        "For release Sunday, Nov. 11",
        "Embargo jusqu'à lundi",
        "EMBARGO hasta el lunes",
        "解禁：12月3日",
        "12月3日まで報道禁止",
    ],
)
def test_is_found_in_a_body_and_in_a_head(text):
    assert embargoes([], [text]) == embargoes([text]) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "The oil embargo hit the port.",
        "They lifted the embargo for good.",
        "For immediate release",
        "Die Sperrfrist nach dem Entzug des Führerscheins dauert drei Monate.",
        "The following information is not intended for publication",
    ],
)
def test_news_about_embargoes_is_none(text):
    assert embargoes([text], [text]) == ()


def test_in_a_head_the_word_in_capitals_is_enough():
    assert embargoes(["STRICT EMBARGO applies"], ["OIL EMBARGO HITS PORT"]) == (
        "STRICT EMBARGO applies",
    )
    assert embargoes(["No embargo"]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGO 0600 GMT 3 December 2026",
        "Embargoed until 06:00 UTC, 3 December 2026",
        "Embargoed until 06:00 GMT on Thursday, 3rd December 2026",
        "Sperrfrist: Donnerstag, 3. Dezember 2026, 06.00 Uhr GMT",
        "Embargo: 2026-12-03 06:00 GMT",
    ],
)
def test_a_whole_time_is_read(text):
    assert end_of(text).replace(" ", "T") == "2026-12-03T06:00+00:00"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Embargo 2026-12-03T06:00:00+01:00", "2026-12-03T06:00:00+01:00"),
        ("Embargo 2026-12-03T06:00Z", "2026-12-03T06:00+00:00"),
        ("Embargo 2026-12-03T06:00", "2026-12-03T06:00"),
        ("Sperrfrist 3. Dezember 2026, 06.00 Uhr", "2026-12-03T06:00"),
        ("Embargo 2026-12-03T06:00Z online", None),
        ("Embargo 0600 GMT 3 December 2026, print 5 December", None),
        ("Embargo 0600 EST 3 December 2026", None),
        ("Embargo 0600 GMT 3 Brumaire 2026", None),
        ("Embargo until 3 December", None),
    ],
)
def test_what_is_left_over_keeps_it_in_words(text, read):
    assert end_of(text) == (read or text)
