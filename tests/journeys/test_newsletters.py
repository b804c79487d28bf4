"""A reader on a cached page signs up, confirms from the mail, chooses, and leaves with one click."""

import email
import email.policy
import http.client
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until

pytestmark = pytest.mark.journey

STORY = (
    "SELECT '/' || s.slug || '/' || p.slug || '-' || p.story_id FROM stories_placement p"
    " JOIN mastheads_section s ON s.id = p.section_id JOIN mastheads_masthead m"
    " ON m.id = p.masthead_id JOIN stories_story t ON t.id = p.story_id"
    " WHERE m.slug = 'musashi' AND t.live ORDER BY p.story_id LIMIT 1"
)
STANDING = (
    "SELECT s.standing FROM newsletters_subscription s JOIN newsletters_subscriber w"
    " ON w.id = s.subscriber_id JOIN newsletters_newsletter n ON n.id = s.newsletter_id"
    " WHERE w.key = ? AND n.slug = ?"
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_sign_up_on_a_cached_story_confirm_choose_and_leave(visit, network, scripts):
    address = f"journey-{'with' if scripts else 'without'}@example.test"
    path = network.one(STORY)[0]
    wait_until(lambda: is_cached(network, path), what=f"{path} in the page cache")
    reader = visit(java_script_enabled=scripts)
    page = reader.open("musashi", path)
    box = page.locator("aside.letter")
    box.get_by_label("Your e-mail address").fill(address)
    box.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    assert standing(network, address) == "asked"

    page.goto(link_in(letter_to(network, address, "Please confirm"), "confirm"))
    expect(page.locator("main")).to_contain_text("Musashi Morning")
    assert standing(network, address) == "asked"
    page.get_by_role("button", name="Yes, send it to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the list")
    assert standing(network, address) == "confirmed"

    welcome = letter_to(network, address, "Welcome")
    page.goto(link_in(welcome, "choose"))
    page.get_by_label("The Ballot Box").check()
    page.get_by_label("Name", exact=True).fill("Ana Journey")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".letters-said")).to_have_text("Saved.")
    assert standing(network, address, "musashi-ballot") == "confirmed"

    assert one_click(str(welcome["List-Unsubscribe"]).strip("<> \r\n")) == 200
    assert standing(network, address) == "ended"
    assert standing(network, address, "musashi-ballot") == "confirmed"

    page.get_by_role("button", name="Stop everything").click()
    expect(page.locator(".letters-said")).to_contain_text("You get nothing more from us.")
    assert standing(network, address, "musashi-ballot") == "ended"
    page.get_by_role("button", name="That was a mistake: undo").click()
    expect(page.locator(".letters-said")).to_contain_text("You are back: The Ballot Box.")
    assert standing(network, address, "musashi-ballot") == "confirmed"


def test_a_list_that_closes_leaves_every_cached_page_at_once(admin, network):
    path = network.one(STORY.replace("'musashi'", "'kinako'"))[0]
    wait_until(lambda: is_cached(network, path, "kinako"), what="a page of Kinako in the cache")
    assert "The Kinako Table" in network.text("kinako", path)
    number = network.one("SELECT id FROM newsletters_newsletter WHERE slug = 'kinako-table'")[0]
    page = admin.open("desk", f"/newsletters/lists/{number}/edit/")
    page.get_by_label("Readers may sign up").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("The Kinako Table is kept.")

    assert "The Kinako Table" not in network.text("kinako", path)


def is_cached(network, path, host="musashi"):
    """Whether the front answers without a renderer, and what it keeps holds nothing personal."""
    _, headers, body = network.ask(host, path)
    assert headers.get("Set-Cookie") is None
    assert b"csrf" not in body.partition(b'class="letter')[2].partition(b"</form>")[0]
    return "hit" in headers.get("Cache-Status", "")


def standing(network, address, slug="musashi-morning"):
    row = network.one(STANDING, address, slug)
    return row[0] if row else ""


def letter_to(network, address, subject):
    """The newest letter to an address whose subject begins so, once it has come."""

    def found():
        for file in sorted((network.data_dir / "mail").glob("*"), reverse=True):
            for text in re.split(r"\n-{79}\n", file.read_text(errors="replace")):
                letter = email.message_from_string(text.lstrip(), policy=email.policy.default)
                if letter["To"] == address and str(letter["Subject"]).startswith(subject):
                    return letter
        return None

    return wait_until(found, what=f"a letter {subject!r} to {address}")


def link_in(letter, verb):
    text = letter.get_body(("plain",)).get_content()
    return re.search(rf"http://\S+/newsletters/{verb}/\S+", text)[0]


def one_click(address):
    """What a mail program sends (RFC 8058): no cookie, no page before it."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    try:
        connection.request(
            "POST", parts.path, "List-Unsubscribe=One-Click",
            {"Host": parts.netloc, "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        return connection.getresponse().status
    finally:
        connection.close()
