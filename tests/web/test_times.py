"""Whose time pages tell: the title's, said in words; a script offers the reader's own."""

import pytest

from dateline.mastheads.models import Masthead
from dateline.web.domain.time_words import time_words_for
from tests.factories.web import Reader, one

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/world/", "/archive/2026/11/20/", "/about/"])
def test_every_page_says_whose_time_it_tells(reader, path):
    page = reader.page(path)

    assert one(page, ".foot-times").startswith("Times on this site are those of Tokyo.")
    (box,) = page.cssselect("[data-times]")
    assert box.get("data-zone") == "Asia/Tokyo"
    (button,) = box.cssselect("button")
    assert button.get("hidden") is not None  # it does nothing without a script


def test_a_japanese_title_says_it_in_japanese(musashi):
    Masthead.objects.update(language="ja")

    assert one(Reader().page("/about/"), ".foot-times").startswith("時刻は東京のものです。")


def test_zones_have_a_name_in_both_languages():
    assert time_words_for("ja", "Asia/Tokyo").keys() == time_words_for("en", "Asia/Tokyo").keys()
    assert time_words_for("en", "America/New_York")["times_of"].endswith("New York.")
    assert time_words_for("ja-JP", "Europe/Paris")["times_of"] == "時刻はParisのものです。"
    assert "{}" in time_words_for("en", "Asia/Tokyo")["times_here"]
