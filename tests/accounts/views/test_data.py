"""The pages of a reader's own data: behind a fresh password, and for its reader alone."""

import pytest

from dateline import clock
from dateline.accounts.models import DataRequest, User
from dateline.accounts.services import own_data
from tests.factories.people import ACCOUNT, PASSWORD, Browser, a_reader, an_editor_of_the_desk

pytestmark = pytest.mark.django_db

MUSASHI = "musashi.localhost"


def test_a_copy_is_asked_for_and_fetched_by_its_reader_alone(browser):
    a_reader()
    a_reader("jun@example.test", first_name="Jun")
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/your-data/")
    browser.send(action="/your-data/copy/")
    assert browser.path == f"{ACCOUNT}/reauthenticate/"
    browser.send(password=PASSWORD)
    assert (browser.title, browser.says("Not yet")) == ("A copy of your data", True)
    page = browser.url

    own_data.run_due(at=clock.now())
    browser.go(page)
    copy = browser.page.cssselect('a[href$="/copy.json"]')[0].get("href")
    browser.go(f"{ACCOUNT}{copy}")
    assert browser.answer["Content-Disposition"] == 'attachment; filename="your-data.json"'
    assert browser.answer.json()["account"]["email"] == "rieko@example.test"
    assert browser.go(f"{ACCOUNT}/your-data/").says("A copy of your data")

    jun = Browser().sign_in("kinako.localhost", "jun@example.test")
    assert jun.go(page).page.cssselect('a[href$="/copy.json"]') == []
    jun.go(f"{ACCOUNT}{copy}").send(password=PASSWORD)
    assert jun.status == 404
    assert Browser().go(f"{ACCOUNT}{copy}").path == f"{ACCOUNT}/login/"


def test_an_account_is_closed_after_a_choice_and_the_page_stays(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/your-data/delete/")
    browser.send(action="/your-data/delete/", choice="").send(password=PASSWORD)
    assert (browser.status, browser.says("Choose what is to become")) == (422, True)

    browser.send(action="/your-data/delete/", choice="anonymous")

    assert (browser.title, browser.says("Not yet")) == ("The end of your account", True)
    assert not browser.me()["signed_in"]
    assert DataRequest.objects.get().choice == "anonymous"
    own_data.run_due(at=clock.now())
    assert browser.go(browser.url).says("accounts: 1")
    assert not User.objects.exists()


def test_the_newsroom_is_told_who_closes_its_accounts(browser):
    an_editor_of_the_desk()
    browser.go(f"{ACCOUNT}/login/").send(login="ed@example.test", password=PASSWORD)

    browser.go(f"{ACCOUNT}/your-data/delete/")
    browser.send(action="/your-data/delete/", choice="erase").send(password=PASSWORD)

    assert (browser.status, browser.says("An administrator closes it")) == (422, True)
    assert User.objects.get().is_active
