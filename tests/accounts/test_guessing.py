"""Whoever guesses, repeats, forges or skips a step gets nowhere, and the log hears of it."""

import pytest
from django.conf import settings as product
from django.core import mail
from django.test import Client
from structlog.testing import capture_logs

from dateline.accounts.models import NetworkLogin, User
from tests.factories.people import (
    ACCOUNT,
    APP,
    DESK,
    PASSWORD,
    Browser,
    a_reader,
    an_editor_of_the_desk,
    code_in,
)

pytestmark = pytest.mark.django_db

MUSASHI = "musashi.localhost"
STEP = f"{ACCOUNT}/second-step/authenticate/"


@pytest.fixture
def secret():
    """An editor with an authenticator app; what the app computes with."""
    made = APP.generate_totp_secret()
    APP.TOTP.activate(an_editor_of_the_desk(), made)
    return made


def code_of_the_app(secret):
    """What an authenticator app shows now."""
    counter = next(APP.yield_hotp_counters_from_time())
    return APP.format_hotp_value(APP.hotp_value(secret, counter))


def at_the_second_step(browser):
    """Somebody who has given the editor's password."""
    browser.go(f"{ACCOUNT}/login/").send(login="ed@example.test", password=PASSWORD)
    assert browser.path == STEP
    return browser


def test_a_code_of_the_app_is_good_once(browser, secret):
    code = code_of_the_app(secret)
    assert at_the_second_step(browser).send(code=code).path == f"{ACCOUNT}/"

    again = at_the_second_step(Browser("198.51.100.1")).send(code=code)

    assert again.path == STEP
    assert NetworkLogin.objects.count() == 1


def test_guessing_the_second_step_is_stopped(browser, secret):
    at_the_second_step(browser)
    for _ in range(5):
        assert not browser.send(code="wrong").says("Too many failed login attempts")

    browser.send(code=code_of_the_app(secret))

    assert browser.path == STEP
    assert browser.says("Too many failed login attempts")


def test_a_new_password_leads_to_nobody_past_the_second_step(browser, secret):
    browser.go(f"{ACCOUNT}/password/reset/").send(email="ed@example.test")
    browser.send(code=code_in(mail.outbox[-1]))
    browser.send(password1="new-ferry-778899", password2="new-ferry-778899")
    assert User.objects.get().check_password("new-ferry-778899")

    browser.go(f"{DESK}/wire/")

    assert browser.path != f"{DESK}/wire/"
    assert not NetworkLogin.objects.exists()


def test_guessing_the_password_of_an_open_session_is_stopped(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/second-step/totp/activate/")
    for _ in range(5):
        assert not browser.send(password="wrong-one").says("Too many failed login attempts")

    browser.send(password=PASSWORD)

    assert browser.path == f"{ACCOUNT}/reauthenticate/"


def test_a_password_is_taken_as_it_was_typed(browser):
    typed = " Ferry \u00e9 " * 10  # ninety characters, with spaces around them

    browser.go(f"{ACCOUNT}/signup/").send(email="new@example.test", password1=typed)

    person = User.objects.get()
    assert person.check_password(typed)
    assert not person.check_password(typed.strip())
    assert not person.check_password(typed.lower())
    assert not person.check_password(typed[:72])


@pytest.mark.parametrize("password", ["sevenup", "1234567"])
def test_a_password_has_eight_characters(browser, password):
    browser.go(f"{ACCOUNT}/signup/").send(email="new@example.test", password1=password)

    assert browser.path == f"{ACCOUNT}/signup/"
    assert not User.objects.exists()


@pytest.mark.parametrize("page", ["login", "signup"])
def test_a_password_field_hides_its_words_and_lets_password_managers_work(browser, page):
    (field,) = browser.go(f"{ACCOUNT}/{page}/").page.cssselect("input[name^=password]")

    assert field.get("type") == "password"
    assert field.get("autocomplete") in {"current-password", "new-password"}
    assert field.get("maxlength") is None


def test_who_signs_in_gets_a_session_of_another_key(browser):
    a_reader()
    browser.go(f"{MUSASHI}/account/")
    before = browser.client(ACCOUNT).cookies[product.SESSION_COOKIE_NAME].value

    browser.send(login="rieko@example.test", password=PASSWORD)

    after = browser.client(ACCOUNT).cookies[product.SESSION_COOKIE_NAME]
    assert (after.value != before, after["httponly"]) == (True, True)


def test_a_code_is_for_the_browser_that_asked_for_it(browser):
    a_reader()
    browser.go(f"{ACCOUNT}/login/code/").send(email="rieko@example.test")
    code = code_in(mail.outbox[-1])

    thief = Browser("198.51.100.1").go(f"{ACCOUNT}/login/code/confirm/", data={"code": code})

    assert thief.path == f"{ACCOUNT}/login/code/"
    assert not NetworkLogin.objects.exists()


def test_nobody_registers_as_more_than_a_reader(browser):
    browser.go(
        f"{ACCOUNT}/signup/",
        data={
            "email": "new@example.test", "password1": PASSWORD,
            "is_staff": "on", "is_superuser": "on", "groups": "1",
        },
    )  # fmt: skip

    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.groups.count()) == (False, False, 0)


def test_an_address_that_smuggles_a_line_into_a_letter_is_none(browser):
    browser.go(f"{ACCOUNT}/signup/").send(
        email="new@example.test\r\nBcc: all@example.test", password1=PASSWORD
    )

    assert not User.objects.exists()
    assert mail.outbox == []


def test_a_log_in_from_before_the_second_step_opens_no_desk(browser):
    editor = an_editor_of_the_desk()
    thief = Browser("198.51.100.1").go(f"{ACCOUNT}/login/")
    thief.send(login="ed@example.test", password=PASSWORD)
    APP.TOTP.activate(editor, APP.generate_totp_secret())

    thief.go(f"{DESK}/wire/")

    assert thief.path == f"{ACCOUNT}/login/"
    assert thief.send(login="ed@example.test", password=PASSWORD).path == STEP


def test_the_log_hears_of_a_wrong_password_and_of_nobody_s_address(browser):
    a_reader()
    with capture_logs() as lines:
        browser.go(f"{ACCOUNT}/login/").send(login="rieko@example.test", password="wrong-one")

    (line,) = [line for line in lines if line["event"] == "sign_in_failed"]
    assert (line["by"], len(line["tried"])) == ("password", 16)
    assert "rieko" not in str(lines)


def test_a_title_of_any_number_is_left(browser):
    a_reader()
    browser.sign_in(MUSASHI)

    browser.go(f"{ACCOUNT}/titles/{'9' * 30}/leave/", data={})

    assert browser.path == f"{ACCOUNT}/"


def test_a_code_is_worth_nothing_after_ten_minutes():
    timeouts = {name for name in dir(product) if name.endswith("_BY_CODE_TIMEOUT")}

    assert {getattr(product, name) for name in timeouts} == {600}


def test_a_forged_form_ends_nothing(browser):
    a_reader()
    browser.sign_in(MUSASHI)
    strict = Client(enforce_csrf_checks=True, headers={"host": ACCOUNT})
    strict.cookies = browser.client(ACCOUNT).cookies

    answers = [strict.post(path, {"login": "others"}) for path in ("/log-ins/end/", "/logout/")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert browser.me()["signed_in"]


def test_the_log_hears_who_came_in_how_and_when_they_left(browser):
    reader = a_reader()
    with capture_logs() as lines:
        browser.sign_in(MUSASHI)
        browser.go(f"{MUSASHI}/account/away/", data={})

    told = {line["event"]: line for line in lines}
    assert told["signed_in"]["by"] == ["password"]
    assert told["signed_in_at"]["place"] == "musashi"
    assert told["signed_out"]["cause"] == "signed out at musashi"
    assert {line["user"] for line in told.values()} == {str(reader.pk)}
    assert "203.0.113.7" not in str(lines)


def test_the_log_hears_of_a_code_that_opens_nothing(browser):
    with capture_logs() as lines:
        browser.go(f"{MUSASHI}/account/back/?code=stolen")

    assert browser.status == 403
    assert {"event": "hand_over_refused", "to": "musashi", "log_level": "warning"} in lines
