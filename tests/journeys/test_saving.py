"""Stories saved in an account: from a story's page to the list, removed and taken back."""

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.pages import registered
from tests.journeys.test_accounts import join
from tests.journeys.test_story_tools import KEPT, SHOWN, tools_of

pytestmark = pytest.mark.journey
WHO = "**/account/saved/state*"


def test_what_is_saved_before_it_is_known_who_asks_is_in_the_account(visit, network):
    reader = visit()
    registered(reader, "keeper@example.test")
    page = reader.open("musashi", "/account/")
    page.get_by_label("Display name").fill("Sora Keeper")
    join(page)
    held = []

    def hold(route):
        held.append(route)

    page.route(WHO, hold)
    page = reader.open("musashi", network.one(SHOWN)[0])
    headline = page.get_by_role("heading", level=1).inner_text()
    with page.expect_request(WHO):
        tools_of(page)

    page.get_by_role("button", name="Save for later").click()
    assert page.evaluate(KEPT) == "[]"
    held[0].continue_()
    expect(page.get_by_role("button", name="Saved. Remove?")).to_be_visible()
    page.get_by_role("link", name="Saved stories").click()
    expect(page.locator(".saved-list h2")).to_have_text(headline)
    assert axe.broken_rules(page) == []
    assert page.evaluate(KEPT) == "[]"

    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="You have saved nothing yet")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".saved-list h2")).to_have_text(headline)
