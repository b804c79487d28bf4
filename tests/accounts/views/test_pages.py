"""The account page and what can be changed from it."""

import pytest

from dateline.accounts.models import Membership, User
from tests.factories.people import ACCOUNT, Browser, a_reader

pytestmark = pytest.mark.django_db

MUSASHI = "musashi.localhost"


def test_the_page_says_what_we_know(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/")

    for words in ("Rieko A.", "rieko@example.test", "The Musashi Daily"):
        assert browser.says(words)
    assert browser.page.cssselect('a[href="/second-step/"]')
    assert browser.page.cssselect("title")[0].text == "Your account — The Musashi Daily"


def test_a_name_is_changed_and_what_was_typed_is_kept_when_it_cannot_be(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/name/")
    assert browser.page.cssselect("#id_name")[0].get("value") == "Rieko A."

    browser.send(name="Nami")
    assert browser.status == 422
    assert browser.says("A name stays for 14 days.")
    assert browser.page.cssselect("#id_name")[0].get("value") == "Nami"

    User.objects.update(display_name_at=None)
    browser.send(name="Nami")
    assert (browser.path, browser.status) == (f"{ACCOUNT}/", 200)
    assert browser.says("Your name is Nami now.")


def test_a_name_that_cannot_be_is_refused_before_anything_is_joined(browser):
    a_reader()
    browser.go(f"{MUSASHI}/account/").send(login="rieko@example.test", password="harbour-ferry-7")

    browser.send(name="Moderator")

    assert (browser.status, browser.title) == (422, "Join The Musashi Daily")
    field = browser.page.cssselect("#id_name")[0]
    assert (field.get("value"), field.get("aria-invalid")) == ("Moderator", "true")
    assert browser.page.cssselect("#id_name_error")[0].text.startswith("“Moderator” could be taken")
    assert not Membership.objects.exists()


def test_a_title_is_left_and_asks_again(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/")
    left = Membership.objects.get().masthead_id

    browser.send(action=f"/titles/{left}/leave/")

    assert browser.says("You have left.")
    assert not Membership.objects.exists()
    browser.go(f"{MUSASHI}/account/enter/")
    assert browser.title == "Join The Musashi Daily"


def test_signing_out_asks_first(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/logout/")

    assert browser.title == "Sign out"
    assert browser.send(action="/logout/").path == f"{ACCOUNT}/login/"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/login/", "Sign in"),
        ("/signup/", "Register"),
        ("/signup/passkey/", "Register with a passkey"),
        ("/password/reset/", "Password Reset"),
        ("/nothing/", "There is no such page"),
    ],
)
def test_every_page_has_a_name_and_runs_no_code_of_its_own(browser, path, title):
    browser.go(f"{ACCOUNT}{path}")

    assert title in browser.page.cssselect("title")[0].text_content()
    for script in browser.page.cssselect("script"):
        assert script.get("src") or script.get("type") == "application/json"
    assert not browser.page.cssselect("[style], style")


def test_whoever_has_no_name_is_called_by_what_there_is(network):
    person = a_reader(first_name="Rieko")
    assert person.get_display_name() == "Rieko"
    person.first_name = ""
    assert person.get_display_name() == "rieko@example.test"
    assert Browser().me()["name"] == ""
