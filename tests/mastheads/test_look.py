"""Colours readers can read: WCAG's contrast, checked against its own examples."""

import pytest

from dateline.mastheads.domain.look import colour_problem, contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#b3261e", "#fffdf9", 6.43),
    ],
)
def test_contrast_is_as_wcag_defines_it(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_a_colour_that_can_be_read_has_no_problem():
    assert colour_problem("ink", "#767676", on="#ffffff") is None
    assert "contrast of 4.5; readers need at least 4.5" in colour_problem(
        "ink", "#777777", on="#ffffff"
    )
    assert (
        colour_problem("ink", "#000000", on="white") == "ink: 'white' is not a colour like #b3261e."
    )
