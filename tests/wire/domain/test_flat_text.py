"""Text, and what trails it for editors; labels; the place a story opens with; frames; ids."""

import pytest

from dateline.wire.domain import frames, leads
from dateline.wire.domain.datelines import opening_of
from dateline.wire.domain.flat_text import parts_of
from dateline.wire.domain.profile import ProviderProfile


@pytest.mark.parametrize(
    ("text", "body", "notes"),
    [
        ("A.\n", "A.\n", ""),
        ("", "", ""),
        ("dpa", "dpa", ""),
        ("A.\n\n# Notebook\n\nB", "A.", "# Notebook\n\nB"),
        ("A.\n\n# dpa NOTIZBLOCK\nB", "A.", "# dpa NOTIZBLOCK\nB"),
        ("A.\n# Anything\n\n## Links\nB", "A.", "# Anything\n\n## Links\nB"),
        ("A.\n# 1 song\n\nB", "A.\n# 1 song\n\nB", ""),
        ("A.\n\n* * * *\nNot for publication\nB", "A.", "* * * *\nNot for publication\nB"),
        (
            "A.\n\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\nB",
            "A.",
            "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt\nB",
        ),
        ("A.\nCes informations ne sont pas destinées à la publication\nB", "A.", None),
        ("A.\nEsta información no es para publicación\nB", "A.\nEsta informaci", None),
        ("A.\n\ndpa wsz jln npr\n\n", "A.\n", "dpa wsz jln npr"),
        ("A.\n \n(SDA\\/sj)\n", "A.\n ", "(SDA\\/sj)"),
        ("A.\n\nthis is no sign\n", "A.\n\nthis is no sign\n", ""),
    ],
)
def test_notes_are_parted_from_the_text(text, body, notes):
    parts = parts_of(text)

    if notes is None:
        assert parts.body.startswith(body)
    else:
        assert (parts.body, parts.notes) == (body, notes)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("1ST LEAD", "update-of"),
        ("2ND LEAD (adds quotes)", "update-of"),
        ("3RD NET", "update-of"),
        ("REFILE", "corrects"),
        ("CORRECTS spelling in paragraph 3", "corrects"),
        ("BERICHTIGUNG: Tür", "corrects"),
        ("REPEAT", "repeats"),
        ("1ST ADD", "part-of"),
    ],
)
def test_labels_say_what_an_item_is_to_another(label, kind):
    assert leads.is_label(label)
    assert leads.relation(label, slug=None).type == kind
    assert leads.relation(label, slug="Ferry/").note == f"{label} (Ferry/)"


@pytest.mark.parametrize("flag", ["URGENT", "FLASH", "EILMELDUNG", "NEWS ALERT"])
def test_flags_are_labels_without_a_relation(flag):
    assert leads.is_label(flag)
    assert leads.relation(flag, slug=None) is None


@pytest.mark.parametrize(
    "line",
    ["", " = ", "Leading team corrects course", "Update on the ferry", "FERRY STAYS IN PORT",
     "REFILE " + "x" * 60, "Urgent"],
)  # fmt: skip
def test_headlines_are_no_labels(line):
    assert not leads.is_label(line)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("   Berlin (dpa) - The\nferry", "Berlin", "dpa"),
        ("Vorspann.\n\nPeine (dpa/lni) - Der", "Peine", "dpa"),
        ("Paris (ats afp) Les violences", "Paris", "ats"),
        ("CHATHAM, Mass. (AP) _ A", "CHATHAM, Mass.", "ap"),
        ("     SAITAMA, Japan, Dec. 9 Kyodo - Urawa", "SAITAMA, Japan", "kyodo"),
        ("Frankfurt (Oder) (dpa) - Die", "Frankfurt (Oder)", "dpa"),
        ("The mayor (Labour) - he", None, None),
        ("", None, None),
    ],
)
def test_the_place_and_the_agency_a_story_opens_with(text, place, agency):
    found = opening_of(text)

    assert (found.place, found.agency) == (place, agency)


def test_separators_of_the_telegraph_are_spaces():
    assert frames.spaced("a\x1fb\x0cc\x0bd") == "a b\nc\nd"


def test_a_profile_with_letters_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="Provider x: 'klingon' is not a character set"):
        ProviderProfile(slug="x", name="x", charset="klingon")
