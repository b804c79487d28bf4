"""A gallery with its script: by link, key and finger, in its place and as large as the window."""

import re

import pytest
from playwright.sync_api import expect

from tests import axe

pytestmark = pytest.mark.journey

HUNG = """SELECT '/lines/' || slug || '-' || story_id FROM stories_placement
    WHERE slug = 'hazeno-yukimori-fox'"""
WITH_FOCUS = """() => { const item = document.activeElement.closest("li");
    return [...item.parentElement.children].indexOf(item); }"""


@pytest.fixture
def gallery(visit, network):
    page = visit().open("slowrails", network.one(HUNG)[0])
    shown = page.locator(".gallery")
    with page.expect_response("**/gallery*.js"):
        shown.scroll_into_view_if_needed()
    expect(shown).to_have_class(re.compile("is-on"))
    return shown


def test_pictures_turn_by_link_and_key_without_leaving_their_place(gallery):
    page, strip = gallery.page, gallery.locator(".gallery-strip").first
    address, height = page.url, page.evaluate("scrollY")

    gallery.get_by_role("link", name="Next picture").first.click()
    assert _seen(strip) == 1
    page.keyboard.press("ArrowRight")
    assert _seen(strip) == 2
    page.keyboard.press("End")
    assert _seen(strip) == strip.locator("> li").count() - 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert _seen(strip) == 0
    assert page.evaluate(WITH_FOCUS) == 0
    assert (page.url, page.evaluate("scrollY")) == (address, height)


def test_a_picture_opens_as_large_as_the_window_and_closes_where_its_reader_was(gallery):
    page, strip = gallery.page, gallery.locator(".gallery-strip").first
    gallery.locator("li a.gallery-picture").nth(1).click()
    full = page.get_by_role("dialog")
    large = full.locator(".gallery-strip")

    expect(full.locator(".gallery-count")).to_have_text(re.compile("^2 of "))
    page.keyboard.press("ArrowRight")
    expect(full.locator(".gallery-count")).to_have_text(re.compile("^3 of "))
    assert _seen(large) == 2
    assert axe.broken_rules(page) == []
    full.get_by_role("button", name="Picture before this").click()
    expect(full.locator(".gallery-count")).to_have_text(re.compile("^2 of "))
    large.evaluate("strip => { strip.scrollLeft = 0; }")  # as a finger does
    expect(full.locator(".gallery-count")).to_have_text(re.compile("^1 of "))
    expect(full.get_by_role("button", name="Picture before this")).to_be_disabled()
    page.keyboard.press("End")
    page.keyboard.press("Escape")

    expect(full).to_be_hidden()
    last = strip.locator("> li").count() - 1
    assert _seen(strip) == last
    assert page.evaluate(WITH_FOCUS) == last


def _seen(strip):
    """Which item is at the strip's beginning, or as near to it as the strip's end lets it be."""
    return strip.evaluate(
        """strip => { const items = [...strip.children], left = items[0].offsetLeft;
        const gaps = items.map(one => Math.abs(one.offsetLeft - left - strip.scrollLeft));
        return gaps.indexOf(Math.min(...gaps)); }"""
    )
