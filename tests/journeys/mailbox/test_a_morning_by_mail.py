"""From a box on a cached page to the morning's letter in a mailbox, into a story, and out again."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.mailbox.letters import edition_of, let_go, newest, state, subject
from tests.journeys.network import wait_until
from tests.journeys.test_newsletters import STORY, is_cached, link_in, one_click, standing

pytestmark = pytest.mark.journey

READER = "ana.journey@example.test"
NO_PAGE = {"landmark-one-main", "region"}  # a letter stands within a mail program's page
LEFT = {"sending", "sent"}
STORY_PAGE = re.compile(r"http://musashi\.localhost:\d+/[a-z-]+/\S+-\d+(\?\S*)?$")


@axe.needed
def test_sign_up_confirm_read_choose_and_leave_by_real_mail(visit, admin, office, network):
    reader = visit()
    sign_up(reader, office, network)
    make_at_the_next_minute(admin)
    wait_until(
        lambda: newest(network, "musashi-morning") != "draft", what="a letter made, fit to go"
    )
    wait_until(
        lambda: newest(network, "musashi-morning") in LEFT, what="a letter that is due, sent"
    )

    letter = office.letter(READER, edition_of("musashi-morning"))
    assert letter["To"] == READER
    read(reader, letter)
    choose(reader, letter, network)

    assert one_click(str(letter["List-Unsubscribe"]).strip("<> \r\n")) == 200
    assert standing(network, READER) == "ended"
    edition, _ = let_go(admin, network, "musashi-morning")
    wait_until(lambda: state(network, edition) == "sent", what="the next letter, wholly left")
    mine = [one for one in office.fetched(READER) if edition_of("musashi-morning")(one)]
    assert len(mine) == 1


def sign_up(reader, office, network):
    path = network.one(STORY)[0]
    wait_until(lambda: is_cached(network, path), what=f"{path} in the page cache")
    page = reader.open("musashi", path)
    box = page.locator("aside.letter")
    box.get_by_label("Your e-mail address").fill(READER)
    box.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    asked = office.letter(READER, subject("Please confirm"))
    page.goto(link_in(asked, "confirm"))
    page.get_by_role("button", name="Yes, send it to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the list")
    welcome = office.letter(READER, subject("Welcome"))
    assert welcome["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def make_at_the_next_minute(admin):
    """Have the list's recipe make and send a letter by itself, as soon as a clock can say."""
    page = admin.open("desk", "/letters/lists/musashi-morning/recipe/")
    for day in page.locator("input[name=days]").all():
        day.check()
    due = datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(seconds=89)  # half a minute to save it
    page.locator("#id_time").fill(f"{due:%H:%M}")
    page.locator("#id_each_zone").uncheck()
    page.locator("#id_by_itself").check()
    page.locator("#id_fresh_hours").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Kept.")


def read(reader, letter):
    """Open the letter's HTML as a mail program does, and follow its first story."""
    page = reader.page
    page.goto("about:blank")
    page.set_content(letter.get_body(("html",)).get_content())
    expect(page.get_by_text("You get Musashi Morning because")).to_be_visible()
    broken = [one for one in axe.broken_rules(page) if one[2] not in NO_PAGE]
    assert broken == []
    headlines = page.locator("h1 a, h2 a, h3 a")
    said = headlines.first.inner_text()
    headlines.first.click()
    expect(page).to_have_url(STORY_PAGE)
    expect(page.get_by_role("heading", level=1)).to_contain_text(said)


def choose(reader, letter, network):
    page = reader.page
    page.goto(link_in(letter, "choose"))
    page.get_by_label("The Ballot Box").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".letters-said")).to_have_text("Saved.")
    assert standing(network, READER, "musashi-ballot") == "confirmed"
