"""A live blog and a poll, as two people have them: one writes on the desk, the other reads."""

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

FIND = """
    SELECT p.story_id, '/' || s.slug || '/' || p.slug || '-' || p.story_id
    FROM stories_placement p JOIN mastheads_section s ON s.id = p.section_id WHERE p.slug = ?
"""
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # as when the reader comes back


def test_an_entry_is_written_by_keyboard_and_offered_to_who_reads(network, editor, visit):
    story, path = network.one(FIND, "winter-storm-live")
    reader = visit()
    page = reader.open("musashi", path)
    before = page.locator(".live-entries > li").count()
    page.locator(".live-entries > li").first.scroll_into_view_if_needed()

    desk = editor.open("desk", f"/stories/{story}/live/")
    desk.keyboard.type("Harbour bell rings")  # the headline has the focus
    desk.keyboard.press("Tab")
    desk.keyboard.type("Once, at noon.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".desk-list li").first).to_contain_text("Harbour bell rings")

    def offered():
        page.evaluate(LOOK)
        return page.locator(".live-said button").count()

    wait_until(offered)
    take_what_is_offered(page, before)
    number = page.locator(".live-entry", has_text="Harbour bell rings").get_attribute("data-entry")
    withdraw(desk, number)

    def gone():
        page.evaluate(LOOK)
        return page.get_by_text("It was the school bell.").count()

    wait_until(gone)
    expect(page.get_by_text("Harbour bell rings")).to_have_count(0)


def take_what_is_offered(page, before):
    """Press the button: what is new comes above what was there, and has the focus."""
    at = page.locator(".live-entries > li").first.bounding_box()["y"]
    expect(page.locator(".live-said")).to_have_attribute("role", "status")
    page.get_by_role("button", name="new update").click()
    first = page.locator(".live-entries > li").first
    expect(page.locator(".live-entries h3", has_text="Harbour bell rings")).to_have_count(1)
    expect(first).to_be_focused()
    assert page.locator(".live-entries > li").count() > before
    assert page.locator(".live-main").bounding_box()["y"] <= at

    expect(page.locator(".live-entries .prose", has_text="Once, at noon.")).to_be_visible()


def withdraw(desk, number):
    """Take the entry away on the desk, and say why."""
    desk.locator(".desk-list li", has_text="Harbour bell rings").get_by_text(
        "Withdraw"
    ).first.click()
    form = desk.locator(f"form[action$='/{number}/withdraw/']")
    form.locator("input[name=reason]").fill("It was the school bell.")
    form.get_by_role("button").click()
    expect(desk.get_by_text("The entry is withdrawn.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_votes_in_a_story_and_changes_their_mind(network, visit, scripts):
    _, path = network.one(FIND, "ask-the-reader-last-train")
    page = visit(java_script_enabled=scripts, user_agent=FIREFOX).open("musashi", path)

    page.locator(".poll").scroll_into_view_if_needed()
    if scripts:  # until it has come the form is a plain one
        wait_until(
            lambda: page.evaluate("document.querySelector('.poll').hasAttribute('tabindex')")
        )
    page.get_by_label("At midnight").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator(".poll-mine")).to_have_text("Your vote")
    expect(page.locator(".poll-result").nth(1)).to_contain_text("At midnight")
    assert (page.url.rpartition("/poll/")[0] == "") is scripts
    page.get_by_role("link", name="Change my vote").click()
    page.get_by_label("As now, at 23:12").check()
    page.get_by_role("button", name="Vote").click()

    expect(page.locator(".poll-result").first).to_contain_text("Your vote")
