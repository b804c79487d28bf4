"""Everything a reader may do, in a real browser without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.page_kinds import ADDRESS, OF_STORIES

pytestmark = pytest.mark.journey

MANY_VERSIONS = (
    "t.live AND (SELECT count(*) FROM stories_storyversion v WHERE v.story_id = t.id) > 1"
)

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture
def reader(visit):
    return visit(java_script_enabled=False)


def story_of(network, host, condition):
    (path,) = network.one(ADDRESS.format(condition), f"{host}.%")
    return path


def title(page):
    return page.get_by_role("heading", level=1)


def test_from_the_front_through_what_changed_and_a_section_and_back(network, reader):
    page = reader.open("musashi", story_of(network, "musashi", MANY_VERSIONS))
    headline = title(page).inner_text()
    page.get_by_role("link", name=re.compile("^What changed")).first.click()
    assert page.locator("li.version").count() > 1
    page.get_by_role("link", name="Back to the story").click()
    expect(title(page)).to_have_text(headline)
    page.locator("footer").get_by_role("link", name="Corrections").click()
    expect(title(page)).to_have_text("Corrections")
    page.locator("main .card-headline a, main .index-headline a, main h3 a").first.click()
    expect(page.locator("article.story")).to_be_visible()

    page.get_by_role("navigation", name="Sections").get_by_role("link", name="National").click()
    addresses = [page.url]
    page.get_by_role("link", name="Older stories").click()
    expect(title(page)).to_contain_text("Page 2")
    page.locator("nav.pager a[rel=prev]").click()
    expect(page).to_have_url(addresses[0])
    page.get_by_role("link", name="Older stories").click()
    page.go_back()
    expect(page).to_have_url(addresses[0])


def test_search_finds_narrows_turns_the_page_and_helps(reader):
    page = reader.open("musashi")
    page.locator(".doors").get_by_role("link", name="Search").click()
    search_for(page, "the")
    expect(page.locator(".search-list li").first).to_be_visible()
    page.locator("nav.pager a[rel=next]").click()
    expect(page.locator(".pager-here")).to_have_text("Page 2")
    page.locator(".search-facet a").first.click()
    expect(page.locator(".search-chosen a")).to_have_count(1)
    page.locator(".search-chosen a").click()
    search_for(page, "feryr")
    page.locator(".search-meant a").click()
    expect(page.locator(".search-list li").first).to_be_visible()
    search_for(page, "qqxxzz")
    expect(page.locator(".search-empty")).to_be_visible()

    page = reader.open("musashi-ja", "/search")
    search_for(page, "海")
    expect(page.locator(".search-list li mark").first).to_be_visible()
    page.locator(".search-facet a").first.click()
    expect(page.locator(".search-chosen a")).to_have_count(1)


def search_for(page, words):
    page.get_by_role("searchbox").fill(words)
    page.locator(".search-form button").click()


def test_a_story_in_the_other_language_and_as_text_and_back(network, reader):
    page = reader.open("musashi", story_of(network, "musashi", OF_STORIES["live"]))
    here = page.url
    page.locator(".door-edition a[hreflang]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.locator(".door-edition a[hreflang]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.goto(here.replace("localhost:", "localhost:", 1))
    entries = page.locator(".live-entry, .live li").count()
    assert entries > 1
    page.goto(re.sub(r"(:\d+)/", r"\1/lite/", here, count=1))
    expect(title(page)).to_be_visible()
    page.locator(f'a[href$="{here.rpartition("/")[2]}"]').first.click()
    expect(page).to_have_url(here)


def test_a_letter_is_asked_for_and_a_poll_answered(network, visit):
    reader = visit(java_script_enabled=False, user_agent=FIREFOX)  # programs have no vote
    page = reader.open("musashi")
    page.locator(".doors").get_by_role("link", name="Newsletter Signup").click()
    page.locator("input[name=list]").first.check()
    page.locator("main").get_by_role("textbox", name="Your e-mail address").fill("kei@example.test")
    page.locator("main").get_by_role("button").last.click()
    expect(title(page)).to_have_text("Look into your mailbox")

    page = reader.open("musashi", story_of(network, "musashi", OF_STORIES["poll"]))
    page.locator("main input[type=radio]").first.check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator(".poll-mine")).to_be_visible()


def test_no_control_is_shown_that_would_do_nothing(network, reader):
    for condition in OF_STORIES["picture"], OF_STORIES["live"], OF_STORIES["poll"]:
        page = reader.open("musashi", story_of(network, "musashi", condition))
        shown = [b for b in page.locator("main button").all() if b.is_visible()]
        assert [b.inner_text() for b in shown if not does_something(b)] == []
        page.locator(".tools-share summary").click()
        expect(page.locator(".tools-share a").first).to_be_visible()


def does_something(button):
    """Whether a button sends a form or opens what the browser itself opens."""
    return button.evaluate("b => !!b.popoverTargetElement || (b.type === 'submit' && !!b.form)")


def test_the_archive_leads_to_a_day_and_to_the_days_around_it(reader):
    page = reader.open("musashi")
    page.locator("footer").get_by_role("link", name="Archive").click()
    page.locator(".calendar-months a").last.click()
    expect(page.locator("table.calendar")).to_be_visible()
    page.locator("table.calendar a").last.click()
    day = title(page).inner_text()
    page.locator("nav.pager a[rel=next]").last.click()
    expect(title(page)).not_to_have_text(day)
    page.locator("nav.pager a[rel=prev]").last.click()
    expect(title(page)).to_have_text(day)
    page.locator(".kicker a").last.click()
    expect(page.locator("table.calendar")).to_be_visible()


def test_feeds_are_named_on_pages(network, reader):
    for path in ("/", "/national/", "/corrections/"):
        page = reader.open("musashi", path)
        feeds = page.locator('a[href$="feed.xml"], link[type="application/rss+xml"]')
        address = feeds.first.get_attribute("href")
        status, headers, _ = network.ask("musashi", re.sub(r"^https?://[^/]+", "", address))
        assert (status, "xml" in headers["Content-Type"]) == (200, True), path
