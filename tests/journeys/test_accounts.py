"""Readers' accounts: register, sign in, forget, use a passkey, sign out; with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.journeys.network import PASSWORD
from tests.journeys.pages import (
    NEW_PASSWORD,
    code_beside,
    code_from_the_mailbox,
    fill_in_log_in,
    registered,
)

pytestmark = pytest.mark.journey

WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@WITH_AND_WITHOUT
def test_somebody_registers_with_the_code_from_the_mailbox(visit, admin, scripts):
    reader = visit(java_script_enabled=scripts)
    address = f"nami{int(scripts)}@example.test"
    page = reader.open("kinako", "/newsletters/")

    page.get_by_role("link", name="Register / Login").first.click()
    page.get_by_role("link", name="Register").click()
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_from_the_mailbox(admin, address))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Join Kinako")).to_be_visible()
    page.get_by_label("Display name").fill(f"Nami of Ueno {'AB'[scripts]}")
    page.get_by_role("button", name="Join and go on").click()

    expect(page).to_have_url(reader.network.url("kinako", "/newsletters/"))
    greeted = f"Nami of Ueno {'AB'[scripts]}" if scripts else "Register / Login"
    expect(page.locator("[data-me]")).to_have_text(greeted)
    page.locator("[data-me]").click()
    expect(page.get_by_text(f"You are signed in as Nami of Ueno {'AB'[scripts]}.")).to_be_visible()


@WITH_AND_WITHOUT
def test_somebody_comes_over_facebook_back_to_the_story_and_again(visit, scripts):
    reader = visit(java_script_enabled=scripts)
    page = reader.open("slowrails", "/")
    page.locator("main h2 a, main h3 a").first.click()
    story, who = page.url, "Hana Kitagawa" if scripts else "Mio Without-Mail"

    page.get_by_role("link", name="Register / Login").first.click()
    page.get_by_role("button", name="Log in with Facebook").click()
    expect(page.get_by_text("This is not Facebook.")).to_be_visible()
    page.get_by_role("button", name=f"Go on as {who}").click()
    address = "hana@example.test"
    if not scripts:  # whose account there has no address
        address = "mio@example.test"
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Send me a code").click()
    problems = axe.broken_rules(page) if scripts else []
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("Display name")).to_have_value(who)
    page.get_by_role("button", name="Join and go on").click()
    expect(page).to_have_url(story)

    page.goto(reader.network.url("slowrails", "/account/"))
    expect(page.get_by_text(f"You are signed in as {who}.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(story)
    page.get_by_role("link", name="Register / Login").first.click()
    page.get_by_role("button", name="Log in with Facebook").click()
    page.get_by_role("button", name=f"Go on as {who}").click()
    expect(page).to_have_url(story)
    assert problems == []


def test_a_new_address_is_confirmed_by_both(visit):
    reader = visit()
    registered(reader, "sports@example.test")
    page = reader.open("account", "/email/")

    page.get_by_label("Change to").fill("sports2@example.test")
    page.get_by_role("button", name="Change Email").click()
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Your address of now agrees first")).to_be_visible()
    problems = axe.broken_rules(page)
    page.get_by_label("Code").fill(code_beside(reader, "sports@example.test"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Code").fill(code_beside(reader, "sports2@example.test"))
    page.get_by_role("button", name="Confirm").click()

    page = reader.open("account", "/")
    expect(page.locator("main").get_by_text("sports2@example.test")).to_be_visible()
    assert problems == []


@WITH_AND_WITHOUT
def test_signing_out_on_one_title_is_true_on_all(visit, scripts):
    reader = visit(java_script_enabled=scripts)
    page = reader.open("musashi", "/account/")
    fill_in_log_in(page, "reader@example.test")
    join(page)
    page = reader.open("tatami", "/account/")
    join(page)

    page.goto(reader.network.url("tatami", "/account/"))
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(reader.network.url("tatami", "/"))
    page.goto(reader.network.url("musashi", "/account/"))
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


@WITH_AND_WITHOUT
def test_a_forgotten_password_is_replaced_with_a_code(visit, admin, scripts):
    address = f"forgetful{int(scripts)}@example.test"
    registered(visit(), address)
    reader = visit(java_script_enabled=scripts)
    page = reader.open("account", "/login/")

    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Reset My Password").click()
    page.get_by_label("Code").fill(code_from_the_mailbox(admin, address))
    page.get_by_role("button", name="Confirm").click()
    for label in ("New Password", "New Password (again)"):
        page.get_by_label(label, exact=True).fill(f"{NEW_PASSWORD}-again")
    page.get_by_role("button", name="Change Password").click()
    reader.expects("should have (optionally hidden) username")  # it is not known whose it is

    page = reader.open("account")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def with_an_authenticator(reader, page):
    devtools = reader.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def sign_in_by_passkey(page):
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_somebody_registers_with_a_passkey_and_has_no_password(visit):
    reader, address = visit(), "keyed@example.test"
    page = reader.open("account", "/login/")
    with_an_authenticator(reader, page)

    page.get_by_role("link", name="Register").click()
    page.get_by_role("link", name="Register with a passkey").click()
    problems = axe.broken_rules(page)
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Make your passkey")).to_be_visible()
    problems += axe.broken_rules(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Make your passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    sign_in_by_passkey(page)
    expect(page.locator("main").get_by_text(address)).to_be_visible()
    known = reader.network.one("SELECT password FROM accounts_user WHERE email = ?", address)[0]
    assert known.startswith("!")
    assert problems == []


def test_who_registers_with_a_passkey_may_make_it_another_day(visit):
    reader, address = visit(), "later@example.test"
    page = reader.open("account", "/signup/passkey/")
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Register").click()
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()

    page.get_by_role("button", name="Not now").click()
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Request Code").click()
    page.get_by_label("Code").fill(code_beside(reader, address))
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_signs_in_without_a_password(visit):
    reader = visit()
    page = reader.open("account", "/login/")
    with_an_authenticator(reader, page)
    fill_in_log_in(page, "photo@example.test")

    page.goto(reader.network.url("account", "/second-step/webauthn/add/"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    page.goto(reader.network.url("account"))
    sign_in_by_passkey(page)

    expect(page.get_by_text("photo@example.test")).to_be_visible()


@axe.needed
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_breaks_a_rule_of_accessibility_or_runs_over(visit, width):
    reader, problems = visit(viewport={"width": width, "height": 800}), []
    closed = [
        "/login/",
        "/signup/",
        "/signup/passkey/",
        "/login/code/",
        "/password/reset/",
        "/with/facebook/",
        "/mailbox/",
    ]
    opened = [
        "/",
        "/name/",
        "/your-data/",
        "/your-data/delete/",
        "/log-ins/",
        "/email/",
        "/connections/",
        "/password/change/",
        "/second-step/",
    ]
    for path in [*closed, None, *opened]:
        if path is None:
            fill_in_log_in(reader.open("account", "/login/"), "moderator@example.test")
            continue
        page = reader.open("account", path)
        problems += axe.broken_rules(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append((path, "runs over"))

    assert problems == []


def join(page):
    """Join the title, unless this reader has done so before."""
    page.wait_for_url(re.compile("/join/|localhost:[0-9]+/$"))
    if "/join/" in page.url:
        page.get_by_role("button", name="Join and go on").click()
    expect(page).not_to_have_url(re.compile("account"))


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
