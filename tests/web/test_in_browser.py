"""Reader pages in a real browser: valid, accessible, quiet, light, and usable without a mouse."""

import gzip
import http.client
import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from dateline.mastheads.models import Masthead
from dateline.mastheads.services import set_wordmark
from dateline.stories.services import kills
from dateline.stories.services.publishing import correct_story
from tests import axe, database
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import shelve

ROOT = Path(__file__).resolve().parents[2]
VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PAGES = (
    ("musashi", "/"), ("musashi", "/world/"), ("musashi", "/world/ferry-returns-{id}"),
    ("musashi", "/world/ferry-returns-{id}/versions"), ("musashi", "/world/killed-{killed}"),
    ("musashi", "/nope"), ("musashi", "/newsletters/"),
    ("musashi-ja", "/"), ("musashi-ja", "/world/ferry-returns-{id}"), ("kinako", "/"),
    ("kinako", "/world/ferry-returns-{id}"), ("slow-rails", "/"), ("tatami", "/"),
    ("nowhere", "/"),
)  # fmt: skip
WORDMARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h90v9z"/></svg>'
)
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
FETCHED_AHEAD = re.compile(r"-(display|text)\.(\w+\.)?woff2$")
HARDLY = 0.001  # a tenth of the bar for a page
# What moved, by how much and who was asked for it: read once what has come has been painted.
WATCH = """window.watching = new PerformanceObserver(list => window.seen.push(...list.getEntries()));
    window.seen = []; watching.observe({type: 'layout-shift', buffered: true});"""
MOVED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(
    [...seen, ...watching.takeRecords()].map(({ value, sources }) => [value, ...sources.map(
        ({ node }) => node?.outerHTML?.slice(0, 60) ?? node?.textContent)])))))"""
FIRST_VIEW_BYTES, FIRST_VIEW_REQUESTS = 80_000, 8

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        not (CHROMIUM.exists() and axe.AXE.exists() and VNU.exists()),
        reason="needs Chromium, and axe and vnu from `npm ci`",
    ),
]


def test_no_page_breaks_a_rule_of_accessibility_or_says_anything_on_the_console(network, visit):
    problems = []
    for title, path in network:
        page, said = visit(title, path)
        problems += axe.broken_rules(page)
        # The browser itself notes that an answer was 404 or 410.
        problems += [(title, path, line) for line in said if "the server responded" not in line]

    assert problems == []


def test_every_page_is_valid_html(network, ask, tmp_path):
    for number, (title, path) in enumerate(network):
        (tmp_path / f"{number}.html").write_bytes(ask(title, path))

    command = ["java", "-jar", str(VNU), "--also-check-css", *map(str, tmp_path.glob("*.html"))]
    judged = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert judged.stderr == ""


def test_no_page_scrolls_sideways_on_the_smallest_screen_or_at_twice_the_size(network, visit):
    too_wide = []
    for title, path in network:
        page, _ = visit(title, path, width=320)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append((title, path))

    assert too_wide == []


def test_the_first_view_is_light_and_asks_nobody_else(network, visit):
    """Everything but pictures, as the reader's line carries it."""
    for title, path in network[:3]:
        sizes, hosts = [], set()
        page, _ = visit(title, "/robots.txt")
        page.on("response", lambda r, to=sizes: to.append(r) if _counts(r) else None)
        page.on("request", lambda r, to=hosts: to.add(r.url.split("/")[2]))
        page.goto(page.url.replace("/robots.txt", path), wait_until="networkidle")

        assert len(sizes) <= FIRST_VIEW_REQUESTS, [r.url for r in sizes]
        weight = sum(len(gzip.compress(r.body())) for r in sizes)  # as it would be sent
        assert weight <= FIRST_VIEW_BYTES
        assert len(hosts) == 1


def _counts(response):
    return response.request.resource_type != "image"


def test_nothing_moves_while_a_page_loads(network, visit):
    for title, path in network[:3]:
        page, _ = visit(title, path, width=390, script=WATCH)
        page.wait_for_function("document.fonts.status === 'loaded'")

        assert page.evaluate(MOVED) == []


@pytest.mark.parametrize("title", ["musashi", "kinako", "slow-rails", "tatami"])
def test_fonts_that_come_after_the_first_view_move_nothing(network, visit, title):
    """As on a slow line: what is fetched ahead is held back until the page was painted without."""
    for path in [path for one, path in network if one == title][:3]:
        page, _ = visit(title, "/robots.txt", width=390, script=WATCH)

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
    page, _ = visit("musashi", "/")

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
    for title, path in network[:3]:
        page, _ = visit(title, path, width=360)
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
    """A title of each look and a Japanese one, with a story of every part, one of them killed."""
    musashi = a_masthead("musashi", tagline="News")
    a_masthead("musashi-ja", language="ja", edition_of=musashi, sections=("world",))
    a_masthead("kinako", look="magazine", accent="#7a5020", sections=("world",))
    a_masthead("slow-rails", look="guide", accent="#1f6b4a", sections=("world",))
    a_masthead("tatami", look="weekly", accent="#3b3fb6", sections=("world",))
    for masthead in Masthead.objects.exclude(slug="musashi"):
        set_wordmark(masthead.pk, WORDMARK, by="Ana")
    picture = a_picture(caption="A quay.", credit="A/B", size=(1600, 1067))
    story = a_story(
        "Ferry returns", on=("musashi", "musashi-ja", "kinako"), lead_picture=picture,
        standfirst="At noon.", dateline="Seoul", copyright_line="© KNA",
        body=[("text", "<p>One.</p><h3>Two</h3>"), ("quote", {"text": "Three?", "speaker": "Ana"}),
              ("wire", "<table><caption>C</caption><tr><th>A</th><td>1</td></tr></table>"),
              ("picture", {"picture": picture, "caption": "Again."})],
    )  # fmt: skip
    correct_story(
        story.pk, kind="correction", text="It is a ferry.", by="Ana",
        changes={"headline": "Ferry returns late"},
    )  # fmt: skip
    killed = a_story("Killed")
    kills.kill_story(killed.pk, reason="Wrong.", by="Ana")
    for title in ("musashi", "slow-rails", "tatami"):
        shelve([f"A longer headline of story {n}" for n in range(24)], on=title,
               lead_picture=picture, standfirst="What it says.")  # fmt: skip
    shelve(["Mine", "Yours"], section="politics", kind="opinion", lead_picture=picture)
    return [(title, path.format(id=story.pk, killed=killed.pk)) for title, path in PAGES]


@pytest.fixture
def ask(server):
    """ask(title, path) returns the HTML of a page, whatever its status."""

    def ask(title, path):
        connection = http.client.HTTPConnection("localhost", server.thread.port, timeout=120)
        connection.request("GET", path, headers={"Host": f"{title}.localhost"})
        html = connection.getresponse().read()
        connection.close()
        return html

    return ask


@pytest.fixture(scope="module")
def browser(network):
    """One Chromium, gone before the database is put back: Django refuses to work beside its loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(server, browser):
    """visit(title, path) opens a page and returns it with what it said on its console."""
    contexts = []

    def visit(title, path, *, width=1280, script=""):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(120_000)
        context.add_init_script(script)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://{title}.localhost:{server.thread.port}{path}", wait_until="networkidle")
        return page, said

    yield visit
    for context in contexts:
        context.close()
