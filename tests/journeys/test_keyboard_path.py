"""An editor's way without a mouse: from the wire list to a page readers have, in Japanese."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

HEADLINE = "北の海峡で濃霧　三つの港が終日閉鎖、渡り船は欠航"
TEXTS = {
    "#id_standfirst": "再開は早くて明朝。",
    "#id_dateline": "みなと",
    "#id_byline": "北方通信",
    "#id_lead_caption": "霧の中で待つ漁船。",
}
RIGHTS = {"#id_copyright_line": "© 北方通信", "#id_usage_terms": "転載を禁じます。"}
FOCUS_IS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    const row = document.activeElement.closest(".wire-line td:first-child, tr.wire-line");
    const marked = row && getComputedStyle(row.querySelector("td")).boxShadow !== "none";
    return marked || style.boxShadow !== "none" ||
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
}"""


def test_an_item_is_published_without_a_mouse(editor, network):
    page = editor.open("desk", "/wire/?story=no&state=usable&kind=text")
    wait_until(lambda: free_items(page), what="an item without a story on the wire")
    page.locator("body").focus()

    page.keyboard.press("j")
    assert page.evaluate(FOCUS_IS_SEEN)
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{title} - Dateline")
    to(page, "button[data-wire-make]")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("The story is a draft.")
    story_id = desk.story_id_of(page)
    page.wait_for_load_state()

    write(page, "#id_headline", HEADLINE)
    page.keyboard.press("Enter")  # it holds one paragraph
    expect(page.locator("#id_headline")).to_have_value(HEADLINE)
    expect(page.locator("#id_headline-count")).to_have_text(f"{len(HEADLINE)} of 250 characters")
    for field, text in TEXTS.items():
        write(page, field, text)
    open_tab(page, "Placement")
    to(page, "#id_placements-ADD")
    page.keyboard.press("Enter")
    choose(page, "#id_placements-0-masthead", "武蔵日報")
    choose(page, "#id_placements-0-section", "国際")
    write(page, "#id_language", "ja")
    open_tab(page, "Rights")
    for field, text in RIGHTS.items():
        write(page, field, text)
    publish_by_keyboard(page)

    editor.expects(": 400: ", "status of 400")  # autosave, while the placement is half made
    address = wait_until(lambda: listed(network, HEADLINE), what="the story on its front")
    read = network.text("musashi-ja", address)
    for text in (HEADLINE, *TEXTS.values(), "© 北方通信"):
        if text != TEXTS["#id_lead_caption"]:  # the item has no picture
            assert text in read, text
    assert str(story_id) in address


def free_items(page):
    page.reload()
    return page.locator(".wire-line [data-wire-make]").count()


def to(page, selector, most=120):
    """Press Tab until the element has the focus, which must be seen."""
    page.locator(selector).first.wait_for(state="attached")
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate(FOCUS_IS_SEEN), f"nobody sees that {selector} has the focus"
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def write(page, selector, text):
    to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def choose(page, selector, label):
    to(page, selector)
    page.locator(selector).select_option(label=label)  # a list that the system draws


def open_tab(page, name):
    page.get_by_role("tab", name=name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def publish_by_keyboard(page):
    page.get_by_role("button", name="More actions").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Publish", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("published")


def listed(network, headline):
    front = network.text("musashi-ja")
    before, found, _ = front.partition(headline)
    return before.rsplit('href="', 1)[1].split('"')[0] if found else None


def test_a_half_made_placement_is_named_and_found_by_its_button(editor, network):
    draft = network.one(
        "SELECT id FROM stories_story WHERE NOT live AND killed_at IS NULL"
        " AND withdrawn_at IS NULL AND go_live_at IS NULL LIMIT 1"
    )[0]
    page = desk.open_story(editor, draft)
    page.get_by_role("tab", name="Placement").click()
    placed = page.locator("[id^=id_placements-][id$=-masthead]").count()
    page.get_by_role("button", name="Add Placement").click()
    page.locator(f"#id_placements-{placed}-masthead").select_option(label="Kinako")
    page.get_by_role("tab", name="Story").click()
    note = page.locator("[data-desk-unsaved]")

    def noted():
        page.locator("#id_standfirst").press_sequentially("あ")
        with suppress(NotInTime):  # autosave waits for half a second without a key
            note.wait_for(timeout=3_000)
        return note.is_visible()

    wait_until(noted, what="a note that the draft is not saved")
    expect(note).to_contain_text("What you typed is still in the form.")
    expect(note).to_contain_text(f"Placement {placed + 1} (Kinako) has no section.")
    note.get_by_role("button", name="Show me").click()
    section = page.locator(f"#id_placements-{placed}-section")
    expect(section).to_be_focused()
    of_kinako = section.locator('optgroup[label="Kinako"] option').first
    section.select_option(value=of_kinako.get_attribute("value"))
    expect(note).to_have_count(0)
    editor.expects(": 400: ", "status of 400")  # how Wagtail's autosave is told
