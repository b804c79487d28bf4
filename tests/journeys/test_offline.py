"""Reading without a connection, and on paper."""

import re

import pytest

from tests import axe
from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey


@pytest.fixture
def reader(visit):
    return visit()


def test_what_was_read_is_there_without_a_connection_only_for_who_asked(reader, network):
    page = reader.open("musashi", "/offline/")
    assert kept(page) == []
    page.get_by_role("button", name="Keep stories").click()
    page.get_by_role("button", name="Keep nothing").wait_for()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    story = reader.open("musashi", "/").locator("main article a[href*='-']").first
    path = story.get_attribute("href")
    reader.open("musashi", path)
    headline = page.locator("h1").inner_text()
    wait_until(lambda: path in kept(page), what="the story in the browser")
    reader.open("musashi", "/account/")

    reader.page.context.set_offline(True)
    page = reader.open("musashi", "/world/")
    assert page.locator("h1").inner_text() == "Read offline"  # and nothing of the account
    page.get_by_role("link", name=headline).first.click()
    assert page.locator("article h1").inner_text() == headline
    assert {"/", "/offline/", path} == set(kept(page))

    reader.page.context.set_offline(False)
    page = reader.open("musashi", "/offline/")
    page.get_by_role("button", name="Keep nothing").click()
    page.get_by_role("button", name="Keep stories").wait_for()
    assert kept(page) == []
    reader.expects("INTERNET_DISCONNECTED")  # what no page can have without a connection


def kept(page):
    return page.evaluate(
        "async () => (await caches.has('kept'))"
        " ? (await (await caches.open('kept')).keys()).map((one) => new URL(one.url).pathname) : []"
    )


def test_a_story_on_paper_is_a_clipping(reader, network):
    page = reader.open("musashi", "/")
    path = page.locator("main article a[href*='-']").first.get_attribute("href")
    page = reader.open("musashi", path)
    headline, canonical = (
        page.locator("h1").inner_text(), page.locator("link[rel=canonical]").get_attribute("href")
    )  # fmt: skip

    page.emulate_media(media="print")
    words = page.locator("body").inner_text()

    assert headline in words
    assert canonical in words
    assert "Published" in words
    for chrome in ("Menu", "Newsletter Signup", "From our other titles", "Follow this story"):
        assert chrome not in words
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 1 <= sheets <= 4


@pytest.mark.parametrize(
    "path", ["/about/", "/contact/", "/rules/", "/lite/", "/offline/", "/imprint/"]
)
@pytest.mark.parametrize("title", ["musashi", "musashi-ja"])
def test_the_pages_around_the_stories_break_no_rule(reader, title, path):
    page = reader.open(title, path)

    assert axe.broken_rules(page) == []
