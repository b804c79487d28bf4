"""A headline set in a box: as large as it fits, in even lines, by the rules of its language."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.web.domain.typesetting import LEADING, NOT_FIRST, Box, fit

BOX = Box(width=600, height=400, lines=5, largest=92, smallest=40)


def measure(line, size):
    """Every letter half as wide as it is high, a Japanese one as wide."""
    return sum(size if ord(letter) > 0x2E80 else size / 2 for letter in line)


def test_a_short_headline_is_as_large_as_may_be_on_one_line():
    assert fit("Ferry", BOX, measure).lines == ("Ferry",)
    assert fit("Ferry", BOX, measure).size == 92


def test_lines_are_of_about_the_same_length():
    setting = fit("The ferry came back to the harbour at noon", BOX, measure)

    assert len(setting.lines) == 4
    assert max(map(len, setting.lines)) - min(map(len, setting.lines)) <= 6


def test_a_long_headline_shrinks_until_it_fits_and_then_is_cut():
    long = fit("A longer headline than any desk would write " * 2, BOX, measure)
    endless = fit("endless words " * 100, BOX, measure)

    assert 40 <= long.size < 92
    assert endless.size == 40
    assert endless.lines[-1].endswith("…")
    assert len(endless.lines) == 5


def test_one_word_that_is_wider_than_the_box_is_cut():
    (line,) = fit("x" * 100, BOX, measure).lines

    assert line.endswith("x…")
    assert measure(line, 40) <= BOX.width


def test_japanese_breaks_between_characters_but_not_before_a_comma_or_after_a_bracket():
    lines = fit(
        "「船」が正午に港へ戻った、けが人はない。乗客は「安心した」と話す", BOX, measure
    ).lines

    assert len(lines) > 1
    assert all(line[0] not in NOT_FIRST for line in lines)
    assert all(line[-1] != "「" for line in lines)


def test_nothing_is_set_as_nothing():
    assert fit("  ", BOX, measure).lines == ("",)


@given(st.text("ab 船、「」…", max_size=80))
def test_no_headline_leaves_its_box(text):
    setting = fit(text, BOX, measure)

    assert all(measure(line, setting.size) <= BOX.width for line in setting.lines)
    assert len(setting.lines) <= BOX.lines
    assert len(setting.lines) * setting.size * LEADING <= BOX.height
