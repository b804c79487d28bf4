"""The page of what is connected: add, take away, and who is asked for a password first."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from dateline.accounts.models import NetworkLogin
from tests.factories.people import ACCOUNT, PASSWORD, Browser, a_reader
from tests.factories.providers import agree, come_from

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pretend")]

PAGE = f"{ACCOUNT}/connections/"


def test_somebody_connects_a_provider_after_their_password_and_takes_it_away(browser):
    reader = a_reader()
    browser.sign_in("musashi.localhost").go(PAGE)
    assert browser.says("None yet.")

    press(browser, "google")
    assert browser.path == f"{ACCOUNT}/reauthenticate/"
    browser.send(password=PASSWORD, follow=False)
    browser.go(agree(browser.answer["Location"])[0])

    assert browser.path == PAGE
    assert browser.says("Connected. You can sign in with it from now on.")
    assert browser.says("hana@example.test")
    assert not browser.page.cssselect('form[action="/with/google/"]')
    assert SocialAccount.objects.get().user == reader
    assert come_from(Browser(), "google").says("rieko@example.test")
    number = SocialAccount.objects.get().pk
    browser.go(PAGE).send(action="/connections/end/", account=str(number))
    assert browser.says("Disconnected.")
    assert not SocialAccount.objects.exists()
    added, removed = (letter.body for letter in mail.outbox)
    assert "opens with Google from now on" in added
    assert "opens with Google no more" in removed


def test_what_opens_somebody_else_s_account_is_not_connected(browser):
    come_from(Browser(), "google")
    a_reader()
    browser.sign_in("musashi.localhost").go(PAGE)
    press(browser, "google")
    browser.send(password=PASSWORD, follow=False)

    browser.go(agree(browser.answer["Location"])[0])

    assert browser.says("Somebody else signs in here with that account.")
    assert SocialAccount.objects.get().user.email == "hana@example.test"


def test_who_signed_out_on_the_way_connects_nothing(browser):
    a_reader()
    browser.sign_in("musashi.localhost").go(PAGE)
    press(browser, "google")
    browser.send(password=PASSWORD, follow=False)
    to, _ = agree(browser.answer["Location"])
    NetworkLogin.objects.update(ended_at="2026-01-01T00:00Z")

    assert browser.go(to).path == f"{ACCOUNT}/login/"
    assert not SocialAccount.objects.exists()


def test_who_is_not_signed_in_connects_nothing(browser):
    browser.go(f"{ACCOUNT}/with/google/")
    press(browser, "google")

    assert browser.path == f"{ACCOUNT}/login/"


def test_the_last_way_in_stays(browser):
    come_from(browser, "google").go(PAGE)

    browser.send(action="/connections/end/", account=str(SocialAccount.objects.get().pk))

    assert browser.says("It is your only way to sign in.")
    assert SocialAccount.objects.exists()


def test_a_number_that_is_none_takes_nothing_away(browser):
    come_from(browser, "google").go(PAGE)

    for number in ("x", "9" * 40, "0"):
        browser.send(action="/connections/end/", account=number)

    assert SocialAccount.objects.exists()
    assert mail.outbox == []


def test_connecting_once_more_changes_nothing_and_is_not_told(browser):
    come_from(browser, "google").go(PAGE)
    token = browser.page.cssselect("[name=csrfmiddlewaretoken]")[0].get("value")
    form = {"process": "connect", "csrfmiddlewaretoken": token}
    browser.go(f"{ACCOUNT}/with/google/", data=form, follow=False)

    browser.go(agree(browser.answer["Location"])[0])

    assert browser.path == PAGE
    assert (SocialAccount.objects.count(), mail.outbox) == (1, [])


def test_the_account_page_counts_them(browser):
    come_from(browser, "google").go(f"{ACCOUNT}/")

    assert browser.says("Log-ins with other accounts1Change")


def press(browser, key):
    form = browser.page.cssselect(f'form[action="/with/{key}/"]')[0]
    token = form.cssselect("[name=csrfmiddlewaretoken]")[0].get("value")
    browser.go(f"{ACCOUNT}/with/{key}/", data={"process": "connect", "csrfmiddlewaretoken": token})
