"""What readers may do with a story: resize, keep, read in their own time, be told what is new."""

import re

import pytest
from playwright.sync_api import expect

from tests import axe

pytestmark = pytest.mark.journey

SIZE = "parseFloat(getComputedStyle(document.querySelector('.story-body')).fontSize)"
KEPT = "JSON.stringify(Object.keys(localStorage).sort())"


@pytest.fixture
def reader(visit):
    return visit(timezone_id="Europe/Paris")


def test_nothing_is_noted_before_a_reader_asks(reader, path):
    page = tools_of(reader.open("musashi", path))

    assert page.evaluate(KEPT) == "[]"


def test_a_reader_resizes_keeps_and_turns_the_clock(reader, path):
    page = tools_of(reader.open("musashi", path))
    size, times = page.evaluate(SIZE), page.locator(".story-times time").first.inner_text()
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Save for later").click()
    page.locator(".story-tools").get_by_role("button", name="Times where I am").click()

    assert page.evaluate(SIZE) > size
    assert "JST" in times
    expect(page.locator(".story-times time").first).not_to_contain_text("JST")
    assert page.evaluate(KEPT) == '["reading","saved"]'

    headline = page.get_by_role("heading", level=1).inner_text()
    page.reload()
    page.wait_for_function(f"{SIZE} > {size}")
    page.get_by_role("link", name="Saved stories").click()
    expect(page.locator(".saved a")).to_have_text(re.compile(re.escape(headline[:12])))
    assert axe.broken_rules(page) == []
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[data-none]")).to_be_visible()
    assert page.evaluate(KEPT) == '["reading"]'


def test_a_saved_story_that_is_gone_leaves_the_list(reader, network):
    killed = network.one(GONE)[0]
    page = reader.open("musashi", "/saved/")
    page.evaluate("p => localStorage.setItem('saved', JSON.stringify({[p]: 'Gone'}))", killed)
    page.reload()

    expect(page.locator("[data-none]")).to_be_visible()
    assert page.evaluate(KEPT) == "[]"
    reader.expects(": 410: ", "410 (Gone)")


def test_who_asked_is_told_what_is_new_and_who_asks_again_is_forgotten(reader, path):
    page = tools_of(reader.open("musashi", path))
    page.get_by_role("button", name="Show what is new").click()
    page.evaluate(
        """() => { const seen = JSON.parse(localStorage.seen);
        for (const id in seen) seen[id] = ["2020-01-01T00:00:00+00:00", 0, seen[id][2]];
        localStorage.seen = JSON.stringify(seen); }"""
    )
    page.reload()

    expect(page.get_by_role("link", name="The text has changed since you read it.")).to_be_visible()
    page.get_by_role("button", name="Stop noting what I have read").click()
    assert page.evaluate(KEPT) == "[]"


def tools_of(page):
    """The page once its tools are there: they come with the first sign of life."""
    page.keyboard.press("Shift")
    expect(page.locator(".story-tools.is-on")).to_have_count(1)
    return page


@pytest.fixture
def path(network):
    return network.one(SHOWN)[0]


ADDRESS = """
    SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM stories_placement p
    JOIN mastheads_section s ON s.id = p.section_id JOIN mastheads_masthead m ON m.id = p.masthead_id
    JOIN stories_story t ON t.id = p.story_id WHERE m.slug = 'musashi' AND {} ORDER BY p.story_id
"""
SHOWN = ADDRESS.format("t.live AND t.lead_picture_id IS NOT NULL")
GONE = ADDRESS.format("t.killed_at IS NOT NULL")
