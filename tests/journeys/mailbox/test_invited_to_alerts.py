"""Somebody registers with a code from their mailbox, and is invited there to news alerts, once."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.mailbox.letters import subject
from tests.journeys.network import wait_until
from tests.journeys.pages import NEW_PASSWORD
from tests.journeys.test_newsletters import standing

pytestmark = pytest.mark.journey

READER = "mio.invited@example.test"


def test_a_reader_registers_joins_and_says_yes_to_alerts_by_mail(visit, office, network):
    reader = visit()
    page = reader.open("musashi", "/account/")
    page.get_by_role("link", name="Register").first.click()
    page.get_by_label("Email").fill(READER)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_in(office.letter(READER, code_in)))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Display name").fill("Mio Invited")
    page.get_by_role("button", name="Join and go on").click()
    expect(page).to_have_url(re.compile(r"^http://musashi\."))

    invited = office.letter(READER, subject("News alerts of The Musashi Daily"))
    assert standing(network, READER, "musashi-alerts") == ""
    page.goto(re.search(r"http://account\S+", said(invited))[0])
    expect(page.get_by_role("heading", level=1)).to_contain_text("The Musashi Daily")
    assert standing(network, READER, "musashi-alerts") == ""
    page.locator(".account-form button").click()
    expect(page.locator(".account-lead")).to_contain_text(READER)

    wait_until(
        lambda: standing(network, READER, "musashi-alerts") == "confirmed",
        what="a wish on the list",
    )
    invitations = filter(subject("News alerts of The Musashi Daily"), office.fetched(READER))
    assert len(list(invitations)) == 1


def said(mail):
    return mail.get_body(("plain",)).get_content()


def code_in(mail):
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", said(mail))
    return found and found[0]
