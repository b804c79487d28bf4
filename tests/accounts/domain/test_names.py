"""Display names: what one may look like, and which two look the same."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.accounts.domain.names import NameRefused, check, cleaned, folded, may_change_at

CYRILLIC_ANA = "\u0410\u043da"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rieko", "rieko"),
        ("Rieko A.", "rieko-a"),
        ("R\u0456eko", "Rieko"),  # of Ukrainian
        ("\u0420ieko", "Pieko"),  # of Russian
        ("Ri\u00e9ko", "Rieko"),
        ("\uff32\uff49\uff45\uff4b\uff4f", "Rieko"),  # full width
        ("Riek0", "Rieko"),
        ("R1eko", "Rieko"),
        ("Ali", "AlI"),
        ("Corner", "Comer"),
        ("vvill", "will"),
        ("\u0391lpha", "Alpha"),  # of Greek
        ("きなこ", "きなこ "),
    ],
)
def test_two_names_that_a_hurried_reader_takes_for_one_look_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rieko", "Reiko"), ("Ana", "Anna"), ("きなこ", "きなも")]
)
def test_other_names_look_different(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    "name", ["Rieko A.", "Jun of Kamakura", "О'Нил", "長谷川", "きなこ・もち", "Zoë", "D’Arc", "R2"]
)
def test_names_of_many_kinds_are_possible(name):
    assert check(name) == name


def test_a_name_is_stored_composed_with_single_spaces():
    assert cleaned("  Zoe\u0308   K ") == "Zo\u00eb K"
    assert check("  Zoe\u0308   K ") == "Zo\u00eb K"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("R", "name_length"),
        ("x" * 31, "name_length"),
        ("", "name_length"),
        ("Rieko\u202e", "name_letters"),  # turns the writing round
        ("a\u200bb", "name_letters"),  # a space that nobody sees
        ("<b>hi", "name_letters"),
        ("12 34", "name_letters"),
        ("😀😀", "name_letters"),
        ("\ufdfa" * 6, "name_letters"),  # six letters that are drawn as six sentences
        (CYRILLIC_ANA, "name_scripts"),
        ("Editor", "name_reserved"),
        ("M0derator", "name_reserved"),
        ("編集部", "name_reserved"),
        ("The Musashi Daily", "name_reserved"),
        ("the-musashi-daily", "name_reserved"),
    ],
)
def test_a_name_that_misleads_or_cannot_be_read_is_refused(name, reason):
    with pytest.raises(NameRefused) as refused:
        check(name, titles=["The Musashi Daily"])

    assert refused.value.reason == reason


def test_a_name_stays_for_fourteen_days():
    at = datetime(2026, 11, 20, tzinfo=UTC)

    assert may_change_at(None) is None
    assert may_change_at(at) == at + timedelta(days=14)
