"""Colours of a page can be read, in both schemes, whatever three colours a masthead chose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.mastheads.domain.look import CONTRAST_FOR_TEXT, contrast
from dateline.web.domain.palette import mix, palette

# ink, paper, accent of the demo's mastheads (shared direction: four papers), light and dark.
DEMO = {
    "daily light": ("#14171a", "#fffdf9", "#b3261e"),
    "magazine light": ("#2b2118", "#fbf6ec", "#9a6a2f"),
    "guide light": ("#10251f", "#f7faf7", "#1f6b4a"),
    "weekly light": ("#16182b", "#fafaff", "#3b3fb6"),
    "daily dark": ("#e9e6df", "#111417", "#f2887f"),
    "magazine dark": ("#ece3d4", "#17130e", "#d9a962"),
    "guide dark": ("#e2ebe4", "#0e1512", "#7fcaa2"),
    "weekly dark": ("#e5e6f3", "#10121c", "#a3a7ff"),
}
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("name", DEMO)
def test_every_text_colour_of_the_demo_can_be_read_on_every_ground(name):
    ink, paper, accent = DEMO[name]

    colours = palette(ink=ink, paper=paper, accent=accent)

    for ground in (colours.paper, colours.wash):
        for text in (colours.ink, colours.muted, colours.accent_text):
            assert contrast(text, ground) >= CONTRAST_FOR_TEXT
    assert contrast(colours.on_accent, colours.accent) >= CONTRAST_FOR_TEXT
    for ground in (colours.added, colours.removed):
        assert contrast(colours.ink, ground) >= CONTRAST_FOR_TEXT


@given(COLOURS, COLOURS, COLOURS)
def test_text_colours_are_never_harder_to_read_than_the_ink_allows(ink, paper, accent):
    colours = palette(ink=ink, paper=paper, accent=accent)

    for ground in (colours.paper, colours.wash):
        within_reach = min(CONTRAST_FOR_TEXT, contrast(ink, ground))
        for text in (colours.muted, colours.accent_text):
            assert contrast(text, ground) >= within_reach - 0.001
    assert contrast(colours.on_accent, accent) >= CONTRAST_FOR_TEXT


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert palette(ink="#14171a", paper="#fffdf9", accent="#b3261e").accent_text == "#b3261e"


def test_an_accent_too_pale_moves_towards_the_ink_and_no_further_than_it_must():
    colours = palette(ink="#2b2118", paper="#fbf6ec", accent="#c79a5b")

    assert colours.accent_text != "#c79a5b"
    assert contrast(colours.accent_text, colours.wash) < CONTRAST_FOR_TEXT + 0.8


def test_mixing_goes_from_one_colour_to_the_other():
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#102030", "#304050", 0.5) == "#203040"
