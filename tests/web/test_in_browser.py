"""Reader pages in a real browser: nothing moves, and keys and thumbs reach what they should."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from dateline.stories.services.publishing import correct_story
from tests import database
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import shelve

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PAGES = ("/", "/world/", "/world/ferry-returns-{}")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
FETCHED_AHEAD = re.compile(r"-(display|text)\.(\w+\.)?woff2$")
HARDLY = 0.001  # a tenth of the bar for a page
# What moved, by how much and who was asked for it: read once what has come has been painted.
WATCH = """window.watching = new PerformanceObserver(list => window.seen.push(...list.getEntries()));
    window.seen = []; watching.observe({type: 'layout-shift', buffered: true});"""
MOVED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(
    [...seen, ...watching.takeRecords()].map(({ value, sources }) => [value, ...sources.map(
        ({ node }) => node?.outerHTML?.slice(0, 60) ?? node?.textContent)])))))"""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


def test_nothing_moves_while_a_page_loads(network, visit):
    for path in network:
        page = visit(path, width=390, script=WATCH)
        page.wait_for_function("document.fonts.status === 'loaded'")

        assert page.evaluate(MOVED) == []


def test_fonts_that_come_after_the_first_view_move_nothing(network, visit):
    """As on a slow line: what is fetched ahead is held back until the page was painted without."""
    for path in network:
        page = visit("/robots.txt", width=390, script=WATCH)

        assert _with_late_fonts(page, path) > 0
        moved = page.evaluate(MOVED)
        assert sum(by for by, *_ in moved) < HARDLY, moved  # an italic kicker's own width


def _with_late_fonts(page, path):
    """Open a page of the same title with its fonts after its first paint; say how many there were."""
    held, painted = [], []

    def hold(route):
        route.continue_() if painted else held.append(route)

    page.route(FETCHED_AHEAD, hold)
    page.goto(page.url.replace("/robots.txt", path), wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted.append(path)
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.wait_for_function("document.fonts.status === 'loaded'")
    return len(held)


def test_the_keyboard_reaches_content_and_menu(network, visit):
    page = visit("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus(".menu-button")
    page.keyboard.press("Enter")
    assert page.locator("#menu").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Search"
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()
    assert page.evaluate("document.activeElement.className") == "menu-button"


def test_everything_to_click_is_large_enough_for_a_thumb(network, visit):
    """24 by 24 CSS pixels, but for links within text (WCAG 2.2, 2.5.8)."""
    targets = "header a, header button, .button, .pager a, .foot-links a, summary, .kicker a"
    small = """targets => [...document.querySelectorAll(targets)].filter(e => e.offsetParent)
        .filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
    for path in network:
        page = visit(path, width=360)
        assert page.evaluate(small, targets) == []


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    """A server over the database of this process. Its tests only read, so it is laid out once."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        started = LiveServer("localhost")
        yield started
        started.stop()
        database.put_back(settings.SCRATCH / "migrated.sqlite3")


@pytest.fixture(scope="module")
def network(server):
    """Paths of a title with a Japanese edition, and with a story of every part."""
    musashi = a_masthead("musashi", tagline="News")
    a_masthead("musashi-ja", language="ja", edition_of=musashi, sections=("world",))
    picture = a_picture(caption="A quay.", credit="A/B", size=(1600, 1067))
    story = a_story(
        "Ferry returns", on=("musashi", "musashi-ja"), lead_picture=picture,
        standfirst="At noon.", dateline="Seoul", copyright_line="© KNA",
        body=[("text", "<p>One.</p><h3>Two</h3>"), ("quote", {"text": "Three?", "speaker": "Ana"}),
              ("wire", "<table><caption>C</caption><tr><th>A</th><td>1</td></tr></table>"),
              ("picture", {"picture": picture, "caption": "Again."})],
    )  # fmt: skip
    correct_story(
        story.pk, kind="correction", text="It is a ferry.", by="Ana",
        changes={"headline": "Ferry returns late"},
    )  # fmt: skip
    shelve([f"A longer headline of story {n}" for n in range(24)],
           lead_picture=picture, standfirst="What it says.")  # fmt: skip
    shelve(["Mine", "Yours"], section="politics", kind="opinion", lead_picture=picture)
    return [path.format(story.pk) for path in PAGES]


@pytest.fixture(scope="module")
def browser(network):
    """One Chromium, gone before the database is put back: Django refuses to work beside its loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(server, browser):
    """visit(path) opens a page of the title."""
    contexts = []

    def visit(path, *, width=1280, script=""):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(120_000)
        context.add_init_script(script)
        page = context.new_page()
        page.goto(f"http://musashi.localhost:{server.thread.port}{path}", wait_until="networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()
