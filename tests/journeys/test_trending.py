"""What an editor decides about a block is what readers of that title see, and a kill is seen at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

# A story of Slow Rails that Kinako's block does not list; both are in English.
UNLISTED = """
SELECT p.story_id, s.headline FROM stories_placement p
JOIN stories_story s ON s.id = p.story_id
JOIN mastheads_masthead m ON m.id = p.masthead_id
WHERE m.slug = 'slow-rails' AND s.live AND NOT s.sensitive AND s.killed_at IS NULL
AND (SELECT count(*) FROM stories_placement q WHERE q.story_id = p.story_id) = 1
AND s.id NOT IN (
    SELECT json_extract(value, '$.story') FROM trending_rankedlist r
    JOIN mastheads_masthead h ON h.id = r.masthead_id, json_each(r.items)
    WHERE h.slug = 'kinako' AND r.kind = 'block'
)
ORDER BY p.published_at LIMIT 1
"""
RANKED = "SELECT count(*) FROM trending_rankedlist WHERE kind = 'block'"


def test_a_pin_shows_a_story_on_another_title_a_ban_and_a_kill_take_it_out(network, visit, editor):
    wait_until(lambda: network.one(RANKED)[0] >= 4, what="a first ranking")
    story_id, headline = network.one(UNLISTED)
    reader = visit()
    address = a_story_of(reader, "kinako")
    assert headline not in block_of(reader, address)

    steer(editor, "Pin", story_id, "Readers ask for it.")
    expect(editor.page.locator("[data-renew=rules]")).to_contain_text(headline)
    wait_until(lambda: block_of(reader, address)[0] == headline, what="the pinned story first")

    steer(editor, "Ban", story_id, "It was a mistake.")
    wait_until(lambda: headline not in block_of(reader, address), what="a block without it")

    editor.page.locator("[data-renew=history] li").first.get_by_role("button", name="Undo").click()
    expect(editor.page.locator("[data-renew=rules]")).to_contain_text("Pin at place 1")
    wait_until(lambda: block_of(reader, address)[0] == headline, what="it is back")

    kill(editor, story_id, "It was wrong.")
    assert headline not in block_of(reader, address)
    page = editor.open("desk", "/trending/on/kinako/")
    expect(page.locator("[data-renew=block]")).not_to_contain_text(headline)


def test_the_screen_renews_itself_and_leaves_what_is_being_typed_alone(network, visit, editor):
    editor.page.clock.install()
    page = editor.open("desk", "/trending/on/musashi/")
    page.get_by_label("Reason", exact=True).fill("Half a sen")
    link = page.locator("[data-renew=own] tbody a").first
    link.focus()
    name = link.get_attribute("id")
    page.locator("[data-renew=sums]").evaluate("e => { e.textContent = 'old' }")
    page.locator("[data-renew=own] caption").evaluate("e => { e.textContent = 'old' }")

    page.clock.fast_forward(10_000)

    expect(page.locator("[data-renew=sums]")).to_contain_text("reading now")
    expect(page.locator("[data-renew=own] caption")).not_to_have_text("old")
    assert page.evaluate("document.activeElement.id") == name
    expect(page.get_by_label("Reason", exact=True)).to_have_value("Half a sen")


def a_story_of(reader, title):
    """The address of a story on a title's front."""
    page = reader.open(title)
    return page.locator("main .card-headline a").first.get_attribute("href")


def block_of(reader, address):
    """Headlines below a story, as a reader who opens it now finds them."""
    page = reader.open("kinako", address)
    found = page.locator(".mix-item .elsewhere-headline").all_inner_texts()
    return [re.sub(r"\s+", " ", text).strip() for text in found]


def kill(editor, story_id, reason):
    page = editor.open("desk", f"/stories/{story_id}/kill/")
    page.get_by_label("Why?").fill(reason)
    page.get_by_role("button", name="Kill this story").click()
    expect(page.get_by_role("heading", name="Kill report")).to_be_visible()


def steer(editor, kind, story_id, reason):
    page = editor.open("desk", "/trending/on/kinako/")
    page.get_by_role("radio", name=kind, exact=True).check()
    page.get_by_label("Story", exact=True).fill(str(story_id))
    page.get_by_label("Reason", exact=True).fill(reason)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("within ten seconds")
