"""Readers take their data with them and close their account; with and without scripts."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.network import wait_until
from tests.journeys.pages import NEW_PASSWORD, fill_in_log_in, registered
from tests.journeys.test_accounts import WITH_AND_WITHOUT
from tests.journeys.test_thread import address

pytestmark = pytest.mark.journey


def wrote(reader, words, name):
    """Join a title and leave a comment there; return the address of the thread."""
    thread = reader.network.url("musashi", f"{address(reader.network, 'rates-held')}/comments/")
    page = reader.page
    page.goto(thread)
    page.get_by_role("link", name="Login", exact=True).first.click()
    page.get_by_label("Display name").fill(name)
    page.get_by_role("button", name="Join and go on").click()
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".said")).to_be_visible()
    return thread


def once_done(page):
    """Read a request's page until it says that it is done."""
    expect(page.locator(".account-facts")).to_be_visible()

    def done():
        page.reload()
        return page.get_by_text("Not yet").count() == 0

    wait_until(done, what="the request to be done")


@WITH_AND_WITHOUT
def test_a_reader_takes_a_copy_away_and_closes_the_account(visit, scripts):
    reader, which = visit(java_script_enabled=scripts), "ab"[scripts]
    email, words = f"leaving-{which}@example.test", f"I shall not stay, {which}."
    registered(reader, email)
    thread = wrote(reader, words, f"Passing {which}")
    page = reader.open("account", "/your-data/")

    page.get_by_role("button", name="Ask for a copy").click()
    page.get_by_label("Password").fill(NEW_PASSWORD)  # a code alone opened the account
    page.get_by_role("button", name="Confirm").click()
    once_done(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch the copy").click()
    copy = json.loads(fetched.value.path().read_text())
    assert email in json.dumps(copy)
    assert words in json.dumps(copy)

    stranger = visit()
    wait_until(lambda: words in stranger.page.goto(thread).text(), what="the comment, for others")
    page = reader.open("account", "/your-data/delete/")
    page.get_by_label("Remove what I wrote, too").check()
    page.get_by_role("button", name="Close the account").click()
    once_done(page)
    proof = page.url
    expect(page.get_by_text("Removed", exact=True)).to_be_visible()

    assert words not in stranger.page.goto(thread).text()
    assert stranger.page.goto(proof).status == 200
    fill_in_log_in(stranger.open("account", "/login/"), email, NEW_PASSWORD)
    expect(stranger.page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert reader.network.one("SELECT count(*) FROM accounts_user WHERE email = ?", email)[0] == 0
