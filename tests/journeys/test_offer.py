"""An offer from a form on the desk to a reader who copies its code, a report, and a kill."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until
from tests.journeys.pages import sign_in
from tests.journeys.test_counting import FIREFOX

pytestmark = pytest.mark.journey

SLOT, LABEL = "[data-offer=body]", "Promoted by Kumo SIM"
COUNTED = (
    "SELECT coalesce(sum(viewable), 0), coalesce(sum(copies), 0) FROM promos_count c"
    " JOIN promos_campaign p ON p.id = c.campaign_id WHERE p.name = 'Journey'"
)
FORM = {
    "name": "Journey", "advertiser": "Kumo SIM", "cap_views": "1",
    "ad-0-headline": "A SIM for every island", "ad-0-text": "The code takes 22% off.",
    "ad-0-code": "ISLANDS22", "ad-0-target_url": "https://kumo.example/islands",
}  # fmt: skip
SELLER, APPROVER = "editor@example.test", "moderator@example.test"
# What stands in the slot must be seen whole, and for longer than a second.
INTO_VIEW = "document.querySelector('[data-offer=body]').scrollIntoView({block: 'center'})"


def test_an_offer_is_booked_approved_shown_copied_capped_reported_and_killed(visit, network, admin):
    for email in (SELLER, APPROVER):
        appointed(admin, email)
    seller, approver = sign_in(visit(), SELLER), sign_in(visit(), APPROVER)
    campaign = booked(seller)
    refused_to_approve_their_own(seller)
    approver.open("desk", campaign)
    press(approver.page, "Approve")
    expect(approver.page.locator(".messages")).to_contain_text("The campaign is approved.")

    story = a_story(network)
    reader = visit(user_agent=FIREFOX, permissions=["clipboard-read", "clipboard-write"])
    waits_for_the_offer(reader, story)
    stands_in_the_cache(reader, story)
    expect(reader.page.locator(f"{SLOT} .offer-go")).to_have_attribute("rel", "sponsored")
    copies_the_code(reader.page)
    wait_until(lambda: network.one(COUNTED) >= (1, 1), what="one view and one code, counted")
    agrees_to_be_remembered(reader.page)
    is_capped(reader, story)

    reads_the_report(approver, campaign)

    other = visit(user_agent=FIREFOX.replace("145", "147"))
    other.page.clock.install()
    waits_for_the_offer(other, story)
    link = other.page.locator(f"{SLOT} .offer-go").get_attribute("href")
    assert network.ask("slowrails", link)[1]["location"] == FORM["ad-0-target_url"]
    approver.open("desk", campaign)
    approver.page.get_by_label("Reason").fill("The advertiser does not exist.")
    press(approver.page, "Kill")
    expect(approver.page.locator(".messages")).to_contain_text("The campaign is killed.")
    assert network.ask("slowrails", link)[0] == 404
    assert "ISLANDS22" not in network.text("slowrails", "/offers.json")
    other.page.clock.fast_forward(60_000)
    expect(other.page.locator(f"{SLOT} .offer-label")).not_to_have_text(LABEL)


def appointed(admin, email):
    page = admin.open("desk", "/posts/?work=offers")
    page.get_by_label("Their e-mail address").fill(email)
    page.get_by_label("Masthead").select_option(label="Slow Rails")
    press(page, "Appoint")
    expect(page.locator(".desk-table tbody tr").filter(has_text=email)).to_have_count(1)


def booked(seller):
    """Fill in the form and submit what came of it; return its address on the desk."""
    page = seller.open("desk", "/offers/new/")
    for name, value in FORM.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("[name=label]").select_option("promoted")
    page.locator("[name=tier]").select_option("takeover")
    page.locator("[name=ad-0-slots][value=body]").check()
    press(page, "Save the draft")
    expect(page.locator(".messages")).to_contain_text("Nobody sees it before it is approved.")
    address = re.search(r"/offers/\d+/", page.url)[0]
    sees_it_as_readers_will(seller, address)
    seller.open("desk", address)
    press(page, "Submit")
    expect(page.locator(".promo-state")).to_have_text("submitted")
    return address


def sees_it_as_readers_will(seller, address):
    page = seller.open("desk", f"{address}preview/")
    expect(page.locator(".offer-label")).to_have_text(LABEL)
    expect(page.locator(".offer-code code")).to_have_text("ISLANDS22")
    assert page.locator(".offer-go").evaluate("e => getComputedStyle(e).color") != "rgb(0, 0, 238)"


def refused_to_approve_their_own(seller):
    expect(seller.page.get_by_text(f"You wrote this campaign: {APPROVER}")).to_be_visible()
    expect(seller.page.get_by_role("button", name="Approve")).to_have_count(0)


def a_story(network):
    """A story of Slow Rails that carries offers."""
    front = network.text("slowrails")
    for path in re.findall(r'class="card-headline"[^>]*><a href="(/[^"]+)"', front):
        if SLOT.strip("[]").replace("=", '="') in network.text("slowrails", path):
            return path
    raise AssertionError("no story of this front carries an offer")


def waits_for_the_offer(reader, story):
    """Open the story until the new list of offers is there, and bring the offer into view."""

    def shown():
        page = reader.open("slowrails", story)
        page.mouse.move(10, 10)
        page.evaluate(INTO_VIEW)
        expect(page.locator(f"{SLOT} .offer-box a[rel=sponsored]").first).to_be_visible()
        return page.locator(f"{SLOT} .offer-label").inner_text() == LABEL

    wait_until(shown, what="the offer on a story")


def stands_in_the_cache(reader, story):
    """The page is one that all share, and it shows the offer."""

    def hit():
        waits_for_the_offer(reader, story)
        return reader.answer.headers["cache-status"].startswith("dateline; hit")

    wait_until(hit, what="a story from the cache")


def copies_the_code(page):
    page.locator(".offer-copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "ISLANDS22"


def agrees_to_be_remembered(page):
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_text("Why this?").first.click()
    page.get_by_role("checkbox").check()


def is_capped(reader, story):
    """What was seen is remembered from the tick on: one more view, and it is not shown again."""
    waits_for_the_offer(reader, story)
    before = reader.network.one(COUNTED)
    wait_until(lambda: reader.page.evaluate("localStorage.getItem('offers-seen')"))
    wait_until(lambda: reader.network.one(COUNTED) > before, what="the view after the tick")
    page = reader.open("slowrails", story)
    page.evaluate(INTO_VIEW)
    expect(page.locator(f"{SLOT} .offer-box")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(f"{SLOT} .offer-label")).not_to_have_text(LABEL)
    assert reader.context.cookies() == []


def reads_the_report(approver, campaign):
    """The page that the advertiser is given, and its table, say what was counted."""
    page = approver.open("desk", campaign)
    page.locator("a[href*='/p/r/']").click()
    sums = dict(
        zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True)
    )
    counted = tuple(map(str, approver.network.one(COUNTED)))
    assert (sums["Viewable"], sums["Codes copied"]) == counted
    path = page.get_by_role("link", name="The same as CSV").get_attribute("href")
    _, row = csv.reader(io.StringIO(approver.network.text("slowrails", path)))
    assert (row[1], row[4]) == counted


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
