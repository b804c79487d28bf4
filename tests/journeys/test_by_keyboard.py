"""Readers without a mouse: all they can use is reached in order, is seen, and lets them go on."""

import pytest
from playwright.sync_api import expect

from tests.journeys.page_kinds import ADDRESS, OF_STORIES

pytestmark = pytest.mark.journey

MOST = 400  # presses of Tab on one page
# Where the focus is, whether it is seen, and whether it has left the page for the browser's own.
FOCUS = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    window.passed ??= new Map();
    if (!window.passed.has(here)) window.passed.set(here, window.passed.size);
    return {
        number: window.passed.get(here),
        seen: (outlined || style.boxShadow !== "none") && box.width > 0 && box.height > 0,
        html: here.outerHTML.slice(0, 90),
        within: ["header.top", "main", "aside.letter", "footer"].find((s) => here.closest(s)),
        kind: here.matches("summary") ? "summary" : here.matches("a") ? "link" :
            here.type || here.localName,
    };
}"""
ONE_AFTER_ANOTHER = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled &&
    one.tabIndex >= 0 && !(one.type === "radio" && one.name &&
        one !== document.querySelector(`input[name="${one.name}"]`))).length"""


def walk(page):
    """Press Tab through the whole page; what was passed, in order."""
    passed = []
    page.evaluate("document.activeElement?.blur()")
    while len(passed) < MOST:
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here is None or here["number"] < len(passed):
            return passed
        assert here["number"] == len(passed), f"{page.url}: Tab leads back to {here['html']}"
        passed.append(here)
    raise AssertionError(f"{page.url}: a trap after {passed[-3:]}")


def path_to(network, kind):
    (path,) = network.one(ADDRESS.format(OF_STORIES[kind]), "musashi.%")
    return path


def test_tab_passes_everything_once_in_order_and_shows_where_it_is(network, visit):
    reader = visit()
    story, poll = path_to(network, "picture"), path_to(network, "poll")
    for path in ("/", story, poll, "/search?q=the", "/newsletters/"):
        page = reader.open("musashi", path)
        page.wait_for_load_state("networkidle")
        at_first = page.evaluate(ONE_AFTER_ANOTHER)
        passed = walk(page)

        assert passed[-1]["within"] == "footer", f"{path}: Tab ends at {passed[-1]['html']}"
        assert [one["html"] for one in passed if not one["seen"]] == [], path
        assert "skip" in passed[0]["html"]
        order = list(dict.fromkeys(one["within"] for one in passed[1:] if one["within"]))
        wanted = ["header.top", "main", "aside.letter", "footer"]
        assert order == [part for part in wanted if part in order], path
        assert {"header.top", "main", "footer"} <= set(order)
        # An offer may have come while we walked.
        assert at_first <= len(passed) <= page.evaluate(ONE_AFTER_ANOTHER), path


def test_a_story_s_tools_and_its_thread_are_reached(network, visit):
    page = visit().open("musashi", path_to(network, "picture"))
    page.wait_for_load_state("networkidle")
    passed = " ".join(one["html"] for one in walk(page))

    for needed in ("summary", 'data-do="save"', 'data-do="larger"', "#comments", "/topics/"):
        assert needed in passed, needed


def test_escape_closes_the_menu_and_gives_the_focus_back(visit):
    page = visit().open("musashi")
    button = page.locator(".menu-button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#menu')")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(button).to_be_focused()


def test_search_a_poll_and_a_letter_are_used_without_a_mouse(network, visit):
    reader = visit()
    page = reader.open("musashi", "/search")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("the")
    page.keyboard.press("Enter")
    expect(page.locator(".search-list li").first).to_be_visible()

    page = reader.open("musashi", path_to(network, "poll"))
    page.locator("main input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("main input[type=radio]").nth(1)).to_be_checked()

    page = reader.open("musashi", "/newsletters/")
    page.locator("input[name=list]:not(:checked)").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("input[name=list]:checked")).to_have_count(2)
    page.locator("#letters-address").focus()
    page.keyboard.type("mio@example.test")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
