"""Alerts by mail from the invitation to one click out: two editors, one mail, and then none."""

import re

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.network import wait_until
from tests.journeys.pages import NEW_PASSWORD, code_beside
from tests.journeys.test_newsletters import letter_to, one_click, standing

pytestmark = [pytest.mark.journey, axe.needed]

ADDRESS = "yuna@example.test"
TEXT = "Bridge closed: nobody crosses tonight"
FATES = (
    "SELECT e.fate FROM mail_entry e JOIN mail_mailing m ON m.id = e.mailing_id"
    " WHERE e.key = ? AND m.subject_key LIKE 'alerts.alert:%'"
)
FOLLOWS = (
    "SELECT left_at IS NULL FROM alerts_follower WHERE way = 'mail' AND person ="
    " (SELECT id FROM newsletters_subscriber WHERE key = ?)"
)


def test_who_takes_the_invitation_gets_one_mail_and_one_click_ends_it(
    visit, network, editor, admin
):
    problems = accept(join(visit(), ADDRESS), network)
    wait_until(lambda: standing(network, ADDRESS, "musashi-alerts") == "confirmed", what="the list")
    wait_until(lambda: network.one(FOLLOWS, ADDRESS) == (1,), what="a follower by mail")

    write(editor)
    assert network.one(FATES, ADDRESS) is None
    confirm(admin)
    mail = letter_to(network, ADDRESS, "Breaking: Bridge closed")
    assert TEXT in mail.get_body(("plain",)).get_content()
    assert mail["List-Id"].startswith("<breaking.alerts.musashi.")

    page = editor.open("desk", "/alerts/")
    expect(page.locator(".alert-table tbody tr").first).to_contain_text(TEXT)
    reader = visit()
    centre = re.search(r"http://\S+/alerts/choose/\S+", mail.get_body(("plain",)).get_content())[0]
    page = reader.page
    page.goto(centre)
    problems += axe.broken_rules(page)
    page.get_by_label("Breaking news").select_option("daily")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".letters-said")).to_have_text("Saved.")
    assert problems + axe.broken_rules(page) == []

    assert one_click(str(mail["List-Unsubscribe"]).strip("<> \r\n")) == 200
    wait_until(lambda: network.one(FOLLOWS, ADDRESS) == (0,), what="their end")
    wait_until(lambda: standing(network, ADDRESS, "musashi-alerts") == "ended", what="off the list")
    assert count(network, ADDRESS) == 1


def count(network, address):
    """How many mails of this alert came."""
    texts = [
        file.read_text(errors="replace") for file in (network.data_dir / "mail").glob("*")
    ]  # fmt: skip
    parts = [part for text in texts for part in re.split(r"\n-{79}\n", text)]
    return sum(f"To: {address}" in part and "Subject: Breaking: Bridge" in part for part in parts)


def join(reader, address):
    """Register on a title."""
    page = reader.open("musashi", "/newsletters/")
    page.get_by_role("link", name="Register / Login").first.click()
    page.get_by_role("link", name="Register").click()
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Display name").fill("Yuna of Kanda")
    page.get_by_role("button", name="Join and go on").click()
    expect(page).to_have_url(reader.network.url("musashi", "/newsletters/"))
    return page


def accept(page, network):
    """Press the button of the page that the invitation leads to; return what axe says of it."""
    letter = letter_to(network, ADDRESS, "News alerts")
    text = letter.get_content()
    page.goto(re.search(r"http://\S+/alerts/\?token=\S+", text)[0])
    problems = axe.broken_rules(page)
    page.locator("main form button").first.click()
    return problems


def write(editor):
    page = editor.open("desk", "/alerts/")
    page.locator(".alert-recent details").first.locator("li a").last.click()
    page.locator("#id_text").fill(TEXT)
    page.get_by_label(re.compile(r"Breaking news · \d+ by push · [1-9]")).check()
    page.get_by_role("button", name="Send the alert").click()
    expect(page.locator(".messages")).to_contain_text("waits for a second person")


def confirm(admin):
    page = admin.open("desk", "/alerts/")
    page.locator(".alert-asks", has_text=TEXT).get_by_role(
        "button", name="Confirm and send"
    ).click()
    expect(page.locator(".messages")).to_contain_text("on its way")
