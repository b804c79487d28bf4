"""The sheet of a look: one text, its fonts where the site serves them."""

import re

import pytest
from django.templatetags.static import static

from dateline.web.rendering import LOOKS
from dateline.web.sheets import sheet


@pytest.mark.parametrize("look", LOOKS)
def test_every_font_is_named_where_it_is_served(look):
    named = re.findall(r'url\("([^"]+)"\)', sheet(look))

    assert static(f"web/fonts/{look}-text.woff2") in named
    assert all(address.startswith("/static/web/fonts/") for address in named)


def test_each_look_is_its_own():
    assert len({sheet(look) for look in LOOKS}) == len(LOOKS)
