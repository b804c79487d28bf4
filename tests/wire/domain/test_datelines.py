"""A dateline as agencies write it becomes the place; date and agency go, the place stays as sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain.datelines import place_of
from dateline.wire.domain.wording import line

# Synthetic twins: the shape of each is one that an agency's real file has.
SHAPES = [
    ("TANUMA, Nov 20", "TANUMA"),
    ("TANUMA, July 24 (AP) -", "TANUMA"),
    ("TANUMA, July 24, 2026 (AP) \u2014", "TANUMA"),
    ("Tanuma, Nov 20, 2026 (AFP) -", "Tanuma"),
    ("Tanuma, 20 nov 2026 (AFP) -", "Tanuma"),
    ("Tanuma, 10 juil 2026 (AFP)", "Tanuma"),
    ("Tanuma, 1er août 2026 (AFP) -", "Tanuma"),
    ("Tanuma (dpa) - ", "Tanuma"),
    ("Tanuma/Marburg (dpa/lhe) -", "Tanuma/Marburg"),
    ("Frankfurt (Oder) (dpa) -", "Frankfurt (Oder)"),
    ("Halle (Saale)", "Halle (Saale)"),
    ("TANUMA (Reuters) -", "TANUMA"),
    ("TANUMA, Nov 20 (Reuters) -", "TANUMA"),
    ("TANUMA, Nov. 20 (Kyodo) --", "TANUMA"),
    ("TANUMA, July 23", "TANUMA"),
    ("ANSA TEST - TANUMA, 01 LUG -", "TANUMA"),
    ("(ANSA) - TANUMA, 1 LUG -", "TANUMA"),
    ("PORT WASHINGTON, Pa.", "PORT WASHINGTON, Pa."),
    ("PORT WASHINGTON, Pa. (AP) \u2014", "PORT WASHINGTON, Pa."),
    ("PORT WASHINGTON, Pa., March 3", "PORT WASHINGTON, Pa."),
    ("WINSTON-SALEM, N.C.", "WINSTON-SALEM, N.C."),
    ("Tanuma GR", "Tanuma GR"),
    ("Tanuma, 20. November", "Tanuma"),
    ("Madrid, 20 de noviembre de 2026 (EFE).-", "Madrid"),
    ("Madrid, 20 nov (EFE).-", "Madrid"),
    ("TANUMA, Mon Nov 20 (TNF)", "TANUMA"),
    ("TANUMA, 20/11/2026 (TNF)", "TANUMA"),
    ("TANUMA 2026-11-20", "TANUMA"),
    ("مدينة (أ ف ب)", "مدينة"),
    ("田沼", "田沼"),
    ("【田沼共同】", "田沼"),
    ("【田沼＝共同】", "田沼"),
    ("[田沼 20日 ロイター] -", "田沼"),
    ("【11月20日 AFP】", None),
    ("【田沼11月20日時事】", "田沼"),
    ("田沼・北区 2026年11月20日", "田沼・北区"),
    ("  TANUMA ,  ", "TANUMA"),
    ("29 Palms, Calif.", "29 Palms, Calif."),
    ("1770, Qld", "1770, Qld"),
    ("May Pen, Jamaica", "May Pen, Jamaica"),
    ("Nov 20", None),
    ("(AP) -", None),
    ("-", None),
    ("", None),
    (None, None),
    ("TANUMA, " * 40, "TANUMA, " * 39 + "TANUMA,"),  # no dateline is that long
]


@pytest.mark.parametrize(("sent", "place"), SHAPES)
def test_the_place_stays_as_the_agency_writes_it(sent, place):
    assert place_of(sent) == place


@pytest.mark.parametrize("sent", [sent for sent, _ in SHAPES])
def test_a_place_has_nothing_more_to_lose(sent):
    place = place_of(sent)

    assert place_of(place) == place


@given(st.text(max_size=80))
def test_any_text_gives_a_part_of_it_or_nothing(text):
    place = place_of(text)

    assert place is None or (place == place.strip() and place in (line(text) or ""))


@given(st.sampled_from(["TANUMA", "Frankfurt (Oder)", "PORT ASTER, Pa."]), st.data())
def test_whatever_date_and_agency_follow_the_place_is_the_same(place, data):
    date = data.draw(st.sampled_from(["", ", Nov 20", ", 20 nov 2026", ", July 24, 2026"]))
    agency = data.draw(st.sampled_from(["", " (AP)", " (dpa)", " (Reuters)"]))
    dash = data.draw(st.sampled_from(["", " -", " \u2014", " --"]))

    assert place_of(f"{place}{date}{agency}{dash}") == place
