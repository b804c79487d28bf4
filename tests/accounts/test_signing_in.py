"""A reader's way through the account host: register, sign in, forget, change, leave."""

import pytest
from django.core import mail

from dateline.accounts.models import LimitEntry, Membership, NetworkLogin, User
from tests.factories.people import ACCOUNT, PASSWORD, Browser, a_reader, code_in

pytestmark = pytest.mark.django_db

MUSASHI, KINAKO = "musashi.localhost", "kinako.localhost"


def test_somebody_registers_on_a_masthead_and_comes_back_signed_in(browser):
    browser.go(f"{MUSASHI}/account/", referer=f"http://{MUSASHI}/world/?page=2")
    assert (browser.path, browser.title) == (f"{ACCOUNT}/login/", "Sign in")
    signup = browser.page.cssselect('a[href^="/signup/"]')[0].get("href")

    browser.go(f"{ACCOUNT}{signup}").send(email="New@Example.test", password1=PASSWORD)
    assert browser.path == f"{ACCOUNT}/confirm-email/"
    assert browser.me() == {"signed_in": False, "name": ""}
    (letter,) = mail.outbox
    assert letter.to == ["new@example.test"]
    assert "http://account.localhost:8000" in letter.body

    browser.send(code=code_in(letter))
    assert browser.title == "Join The Musashi Daily"
    browser.send(name="Nami")

    assert browser.url == "http://musashi.localhost:8000/world/?page=2"
    assert browser.me() == {"signed_in": True, "name": "Nami"}
    assert browser.client(MUSASHI).cookies["known"].value == "1"
    member = Membership.objects.get()
    assert (member.user.email, member.masthead.slug) == ("new@example.test", "musashi")
    assert member.shown.startswith("The Musashi Daily will know your account")


def test_a_code_that_is_wrong_three_times_ends_the_attempt(browser):
    browser.go(f"{ACCOUNT}/signup/").send(email="new@example.test", password1=PASSWORD)

    for _ in range(3):
        browser.send(code="BBBB-BBBB")

    assert browser.path != f"{ACCOUNT}/confirm-email/"
    assert not NetworkLogin.objects.exists()


def test_the_second_masthead_asks_for_no_password_and_for_one_agreement(browser):
    a_reader()
    browser.sign_in(MUSASHI)

    browser.go(f"{KINAKO}/account/")
    assert browser.title == "きなこに参加"  # in the language of the title
    assert not browser.page.cssselect("#id_name")
    browser.send(action="/join/")
    assert browser.path == f"{KINAKO}/"

    browser.go(f"{KINAKO}/account/away/", data={}).go(f"{KINAKO}/account/")
    browser.send(login="rieko@example.test", password=PASSWORD)
    assert browser.path == f"{KINAKO}/"  # joined once, never asked again


@pytest.mark.parametrize(
    ("email", "password"),
    [("rieko@example.test", "wrong-ferry-7"), ("nobody@example.test", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_address_get_one_answer(browser, email, password):
    a_reader()

    browser.go(f"{ACCOUNT}/login/").send(login=email, password=password)

    assert browser.status == 200
    assert browser.says("The email address and/or password you specified are not correct.")
    assert browser.page.cssselect("#id_login")[0].get("value") == email  # what was typed is kept


@pytest.mark.parametrize(
    ("path", "typed"),
    [("/signup/", {"password1": "other-ferry-77"}), ("/signup/passkey/", {})],
    ids=["password", "passkey"],
)
def test_registering_a_taken_address_looks_like_any_other_and_tells_its_owner(browser, path, typed):
    a_reader()

    browser.go(f"{ACCOUNT}{path}").send(email="rieko@example.test", **typed)
    taken = (browser.path, browser.title)
    Browser().go(f"{ACCOUNT}{path}")
    browser = Browser().go(f"{ACCOUNT}{path}")
    browser.send(email="free@example.test", **typed)

    assert taken == (browser.path, browser.title)
    told, code = mail.outbox
    assert "already exists" in told.body
    assert (told.to, code.to) == (["rieko@example.test"], ["free@example.test"])
    assert User.objects.get(email="rieko@example.test").check_password(PASSWORD)


def test_no_passkey_is_made_before_the_address_is_confirmed(browser):
    browser.go(f"{ACCOUNT}/signup/passkey/").send(email="new@example.test")
    person = User.objects.get()
    assert not person.has_usable_password()

    browser.go(f"{ACCOUNT}/second-step/webauthn/signup/")
    assert browser.path == f"{ACCOUNT}/confirm-email/"

    browser.send(code=code_in(mail.outbox[0]))
    assert (browser.path, browser.title) == (
        f"{ACCOUNT}/second-step/webauthn/signup/", "Make your passkey",
    )  # fmt: skip
    assert not NetworkLogin.objects.exists()
    assert browser.send(action="/logout/").path == f"{ACCOUNT}/login/code/"


def test_a_one_time_code_signs_in_and_an_unknown_address_gets_the_same_page(browser):
    a_reader()
    other = Browser().go(f"{ACCOUNT}/login/code/").send(email="nobody@example.test")
    browser.go(f"{ACCOUNT}/login/code/").send(email="rieko@example.test")
    assert (other.path, other.title) == (browser.path, browser.title)

    browser.send(code=code_in(mail.outbox[-1]))

    assert browser.title == "Your account"


def test_a_forgotten_password_is_replaced_with_a_code_and_ends_every_other_log_in(browser):
    a_reader()
    other = Browser().sign_in(MUSASHI)
    assert other.me()["signed_in"]

    browser.go(f"{ACCOUNT}/password/reset/").send(email="rieko@example.test")
    browser.send(code=code_in(mail.outbox[-1]))
    browser.send(password1="another-ferry-8", password2="another-ferry-8")

    assert browser.go(f"{ACCOUNT}/").title == "Your account"
    assert not other.me()["signed_in"]
    assert User.objects.get().check_password("another-ferry-8")


def test_a_new_password_is_told_by_mail_and_ends_the_other_browsers_only(browser):
    a_reader()
    other = Browser().sign_in(MUSASHI)
    browser.sign_in(MUSASHI)

    browser.go(f"{ACCOUNT}/password/change/")
    (name,) = browser.page.cssselect("main [autocomplete=username]")
    assert name.get("value") == "rieko@example.test"  # for the browser's store of passwords
    browser.send(oldpassword=PASSWORD, password1="another-ferry-8", password2="another-ferry-8")

    assert (browser.me()["signed_in"], other.me()["signed_in"]) == (True, False)
    assert browser.go(f"{ACCOUNT}/").title == "Your account"
    assert "password has been changed" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("password1", "This password is too common."),
        ("PassWord1", "This password is too common."),
        ("ferry-7", "at least 8 characters"),
        ("rieko@example", "too similar"),
    ],
)
def test_a_password_that_others_guess_first_is_refused(browser, password, why):
    browser.go(f"{ACCOUNT}/signup/").send(email="rieko@example.test", password1=password)

    assert browser.path == f"{ACCOUNT}/signup/"
    assert browser.says(why)
    assert not User.objects.exists()


def test_a_new_address_counts_when_it_is_confirmed_and_the_old_one_is_told(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/email/")

    browser.send(action="/email/", email="new@example.test", action_add="")
    assert browser.path == f"{ACCOUNT}/reauthenticate/"
    browser.send(password=PASSWORD)
    browser.send(code=code_in(mail.outbox[-1]))  # to the old one: see views/test_address.py
    assert User.objects.get().email == "rieko@example.test"
    browser.send(code=code_in(mail.outbox[-1]))

    assert User.objects.get().email == "new@example.test"
    assert any(letter.to == ["rieko@example.test"] for letter in mail.outbox)


def test_what_matters_asks_for_the_password_again(browser):
    a_reader()
    browser.sign_in(MUSASHI)

    browser.go(f"{ACCOUNT}/second-step/totp/activate/")

    assert browser.path == f"{ACCOUNT}/reauthenticate/"
    assert browser.send(password=PASSWORD).path == f"{ACCOUNT}/second-step/totp/activate/"


def test_guessing_is_stopped_for_all_processes_together(browser):
    a_reader()

    for _ in range(5):
        browser.go(f"{ACCOUNT}/login/").send(login="rieko@example.test", password="wrong-one")
    stopped = Browser("198.51.100.1").go(f"{ACCOUNT}/login/")
    stopped.send(login="rieko@example.test", password=PASSWORD)

    assert stopped.says("Too many failed login attempts. Try again later.")
    assert LimitEntry.objects.filter(cache_key__contains="login_failed").exists()


def test_registering_again_and_again_from_one_address_is_stopped(browser):
    for number in range(20):
        browser.go(f"{ACCOUNT}/signup/").send(email=f"{number}", password1=PASSWORD)

    browser.go(f"{ACCOUNT}/signup/").send(email="x@example.test", password1=PASSWORD)

    assert (browser.status, browser.title) == (429, "Too many tries")
    other = Browser("198.51.100.1").go(f"{ACCOUNT}/signup/")
    assert other.send(email="x@example.test", password1=PASSWORD).status == 200


def test_a_claim_about_ones_address_changes_nothing(browser):
    a_reader()
    browser.go(f"{ACCOUNT}/login/")

    browser.go(
        f"{ACCOUNT}/login/",
        data={"login": "rieko@example.test", "password": PASSWORD},
        x_forwarded_for="8.8.8.8",
    )

    assert NetworkLogin.objects.get().address == "203.0.113.7"


def test_the_language_is_the_title_s_else_the_browser_s(browser):
    german = browser.go(f"{ACCOUNT}/login/", accept_language="de")
    assert german.page.get("lang") == "en"
    japanese = browser.go(f"{ACCOUNT}/login/", accept_language="ja,en;q=0.5")
    assert (japanese.page.get("lang"), japanese.title) == ("ja", "ログイン")
    assert japanese.answer["Content-Language"] == "ja"

    browser.go(f"{MUSASHI}/account/", accept_language="ja")

    assert (browser.page.get("lang"), browser.title) == ("en", "Sign in")
    sheets = [one.get("href") for one in browser.page.cssselect('link[rel="stylesheet"]')]
    assert sheets[0] == "/preview/musashi/look.css"
    assert Browser().go(f"{ACCOUNT}{sheets[0]}").status == 200


@pytest.mark.parametrize("path", ["/", "/name/", "/log-ins/", "/email/", "/second-step/"])
def test_nothing_is_shown_before_the_log_in_or_kept_after_it(browser, path):
    a_reader()

    assert browser.go(f"{ACCOUNT}{path}").path == f"{ACCOUNT}/login/"
    browser.send(login="rieko@example.test", password=PASSWORD)

    assert (browser.path, browser.status) == (f"{ACCOUNT}{path}", 200)
    assert browser.answer["Cache-Control"] == "private, no-store"
