"""The sheet of a look: one text, its fonts where the site serves them."""

import re
from dataclasses import replace

import pytest
from django.templatetags.static import static

from dateline.mastheads.queries import by_host
from dateline.web.rendering import LOOKS, look_css
from dateline.web.sheets import sheet
from tests.factories.newsroom import a_masthead


@pytest.mark.parametrize("look", LOOKS)
def test_every_font_is_named_where_it_is_served(look):
    named = re.findall(r'url\("([^"]+)"\)', sheet(look))

    assert static(f"web/fonts/{look}-text.woff2") in named
    assert all(address.startswith("/static/web/fonts/") for address in named)


def test_each_look_is_its_own():
    assert len({sheet(look) for look in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize("look", LOOKS)
def test_english_needs_one_file_of_each_face_and_european_names_a_second(look):
    for family, files in ranges(look).items():
        holding = {letter: [f for f, held in files if ord(letter) in held] for letter in LETTERS}

        assert all(len(found) == 1 for found in holding.values()), (family, holding)
        assert len({holding[letter][0] for letter in ENGLISH}) == 1


@pytest.mark.parametrize("look", LOOKS)
def test_no_face_of_a_first_view_is_set_again_once_its_lines_stand(look):
    """A bold word or a letter of a name may come late; whole lines that did would break elsewhere."""
    shown = re.findall(r'/([\w-]+?)(?:\.\w+)?\.woff2"[^}]*font-display: (\w+)', sheet(look))

    for name, display in shown:
        whole = name in {f"{look}-display", f"{look}-text"}
        assert display == ("optional" if whole else "swap"), name
    assert {display for _, display in shown} == {"optional", "swap"}


@pytest.mark.django_db
def test_where_no_font_is_fetched_ahead_no_letter_comes_late_either():
    site = by_host(a_masthead().host)
    japanese = look_css(replace(site, language="ja"))

    assert set(re.findall(r"font-display: (\w+)", japanese)) == {"optional"}


LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "“”‘’–—…€£×é" + "ÀÉÎÑÖÜßàäåæçèêñøöúüÿœŒıāēīōūŌ"
ENGLISH = LETTERS[: LETTERS.index("À")]


def ranges(look):
    """The files of each face of a look, each with the code points that it is asked for."""
    faces = {}
    for face in re.findall(r"@font-face \{([^}]+)\}", sheet(look)):
        if "url(" in face:
            spans = re.search(r"unicode-range: ([^;]+);", face)[1].replace("U+", "").split(",")
            ends = [(int(a, 16), int(b or a, 16)) for a, _, b in (s.partition("-") for s in spans)]
            held = {point for low, high in ends for point in range(low, high + 1)}
            name = re.sub(r" (src|unicode-range|font-display):[^;]+;", "", face)
            faces.setdefault(name, []).append((re.search(r'url\("([^"]+)"', face)[1], held))
    return faces
