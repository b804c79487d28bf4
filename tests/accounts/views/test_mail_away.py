"""The mail server is away while somebody waits for a code: they are told so, and can send it again."""

import pytest

from tests.factories.people import ACCOUNT, a_reader
from tests.mail.servers import server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def away(settings):
    """A server that hangs up on everybody, until it is told otherwise."""
    said = ["421 4.3.2 Not now.\r\n"]
    with server(settings, lambda verb, _: said[0] if verb == "MAIL" else None):
        yield said


def test_whoever_asks_for_a_code_is_told_and_sends_it_again_by_one_press(browser, away):
    a_reader()
    browser.go(f"{ACCOUNT}/login/code/").send(email="rieko@example.test")

    assert browser.answer.status_code == 503
    assert browser.answer["Retry-After"] == "60"
    assert browser.title == "The mail could not be sent"
    assert browser.says("It is not your address.")
    away[0] = None
    browser.send(email="rieko@example.test")
    assert browser.answer.status_code == 200


def test_a_password_is_on_no_such_page(browser):
    browser.go(f"{ACCOUNT}/signup/").send(
        email="ana@example.test", password1="a long way to the sea"
    )

    assert browser.answer.status_code == 503
    assert "a long way to the sea" not in browser.answer.content.decode()
    assert browser.page.cssselect("a.button")[0].get("href") == "/signup/"


def test_it_is_told_in_the_reader_s_language(browser):
    a_reader()
    browser.go(f"{ACCOUNT}/login/code/?hl=ja", data={"email": "rieko@example.test"})

    assert browser.title == "メールを送信できませんでした"


def test_any_other_error_is_reported_as_what_it_is(browser, monkeypatch):
    def broken(*_args, **_fields):
        raise ZeroDivisionError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", broken)
    a_reader()
    with pytest.raises(ZeroDivisionError):
        browser.go(f"{ACCOUNT}/login/code/").send(email="rieko@example.test")
