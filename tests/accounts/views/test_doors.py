"""From the account host to a site and away again: one code, one browser, one host, once."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.mfa.adapter import get_adapter

from dateline import clock
from dateline.accounts.models import HandOver, NetworkLogin
from tests.factories.people import (
    ACCOUNT,
    APP,
    DESK,
    PASSWORD,
    Browser,
    a_reader,
    an_editor_of_the_desk,
)

pytestmark = pytest.mark.django_db

MUSASHI, KINAKO = "musashi.localhost", "kinako.localhost"


def test_a_public_page_asks_nobody_who_they_are(browser):
    a_reader()
    browser.sign_in(MUSASHI)

    answer = browser.client(MUSASHI).get("/look.css", headers={"host": MUSASHI})

    session = answer.wsgi_request.session
    assert (session.accessed, session.modified) == (False, False)
    assert not answer.cookies


def test_the_code_opens_only_the_browser_that_asked(browser):
    a_reader()
    stolen = code_on_the_way(browser)

    thief = Browser("198.51.100.66").go(f"{MUSASHI}/account/back/?code={stolen}")

    assert (thief.status, thief.title) == (403, "That did not work")
    assert not thief.me()["signed_in"]


def test_the_code_opens_only_the_site_it_was_made_for(browser):
    a_reader()
    nonce = browser.go(f"{MUSASHI}/account/").client(MUSASHI).cookies["door"].value
    code = code_on_the_way(browser)
    browser.client(KINAKO).cookies["door"] = nonce

    elsewhere = browser.go(f"{KINAKO}/account/back/?code={code}")

    assert (elsewhere.status, elsewhere.title) == (403, "うまくいきませんでした")
    assert browser.go(f"{MUSASHI}/account/back/?code={code}").status == 200


def test_the_code_opens_once_and_a_second_window_finds_itself_signed_in(browser):
    a_reader()
    code = code_on_the_way(browser)
    nonce = browser.client(MUSASHI).cookies["door"].value
    browser.go(f"{MUSASHI}/account/back/?code={code}")
    assert browser.me()["signed_in"]
    assert browser.client(MUSASHI).cookies["door"].value == ""

    again = Browser()
    again.client(MUSASHI).cookies["door"] = nonce
    assert again.go(f"{MUSASHI}/account/back/?code={code}").status == 403
    assert browser.go(f"{MUSASHI}/account/back/?code={code}").path == f"{MUSASHI}/"


def test_the_code_is_worth_nothing_after_half_a_minute(browser):
    a_reader()
    code = code_on_the_way(browser)
    HandOver.objects.update(expires_at=clock.now() - timedelta(microseconds=1))

    assert browser.go(f"{MUSASHI}/account/back/?code={code}").status == 403


def test_signing_out_on_one_site_signs_out_everywhere(browser):
    a_reader()
    browser.sign_in(MUSASHI)
    browser.go(f"{KINAKO}/account/").send(action="/join/")
    assert browser.me(KINAKO)["signed_in"]
    other = Browser().sign_in(MUSASHI)

    browser.go(f"{MUSASHI}/account/").send(action="/account/away/")

    assert browser.path == f"{MUSASHI}/"
    assert not browser.me()["signed_in"]
    assert not browser.me(KINAKO)["signed_in"]
    assert browser.go(f"{ACCOUNT}/").path == f"{ACCOUNT}/login/"
    assert other.me()["signed_in"]


def test_the_page_on_a_masthead_is_for_its_reader_alone(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{MUSASHI}/account/")

    assert browser.says("You are signed in as Rieko A.")
    assert browser.answer["Cache-Control"] == "private, no-store"
    assert browser.page.cssselect('a[href="http://account.localhost:8000/"]')
    browser.go(f"{MUSASHI}/account/away/", data={}).go(f"{MUSASHI}/account/", follow=False)
    assert browser.answer["Cache-Control"] == "private, no-store"


def test_signing_out_on_the_account_host_signs_out_everywhere(browser):
    a_reader()
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/").send(action="/logout/")

    assert browser.path == f"{ACCOUNT}/login/"
    assert not browser.me()["signed_in"]


def test_one_browser_or_all_others_can_be_signed_out_from_the_list(browser):
    a_reader()
    phones = [Browser(f"198.51.100.{n}").sign_in(MUSASHI) for n in (1, 2)]
    tablet = Browser("198.51.100.3").sign_in(MUSASHI)
    browser.sign_in(MUSASHI).go(f"{ACCOUNT}/log-ins/")
    assert browser.says("198.51.100.3")
    assert browser.says("This browser")

    of_tablet = NetworkLogin.objects.get(address="198.51.100.3")
    browser.send(login=str(of_tablet.pk))
    assert [one.me()["signed_in"] for one in (tablet, *phones)] == [False, True, True]

    browser.send(login="others")
    assert [one.me()["signed_in"] for one in (browser, *phones)] == [True, False, False]


def test_nobody_can_end_the_log_in_of_somebody_else(browser):
    a_reader()
    a_reader("jun@example.test", first_name="Jun")
    jun = Browser().sign_in(MUSASHI, "jun@example.test")
    browser.sign_in(KINAKO)
    theirs = NetworkLogin.objects.get(user__email="jun@example.test")

    browser.go(f"{ACCOUNT}/log-ins/end/", data={"login": str(theirs.pk)})
    assert browser.status == 200
    assert jun.me()["signed_in"]
    assert browser.go(f"{ACCOUNT}/log-ins/end/", data={"login": "what"}).status == 404


def test_a_session_that_is_carried_to_another_host_is_nobody_s(browser):
    an_editor_of_the_desk()
    browser.sign_in(MUSASHI, "ed@example.test")
    carried = browser.client(MUSASHI).cookies["session"].value

    for host in (KINAKO, ACCOUNT, DESK):
        thief = Browser()
        thief.client(host).cookies["session"] = carried
        place = f"{host}/account/" if host == KINAKO else f"{host}/"
        assert thief.go(place).path == f"{ACCOUNT}/login/"


def test_somebody_who_may_not_take_part_any_more_is_out_at_once(browser):
    person = a_reader()
    browser.sign_in(MUSASHI)
    person.is_active = False
    person.save()

    assert not browser.me()["signed_in"]


@pytest.mark.parametrize(
    "path",
    [
        "//evil.test/", "/\\evil.test", "https://evil.test/", "/\t/evil.test", "javascript:x",
        "/\r\nSet-Cookie: a=b", "", "evil.test", "/a\\b", "/" + "x" * 2000,
    ],
    ids=str,
)  # fmt: skip
def test_nobody_is_sent_to_another_network(browser, path):
    a_reader()
    browser.sign_in(MUSASHI)

    for door in (f"{MUSASHI}/account/enter/", f"{DESK}/login/"):
        answer = browser._ask(f"http://{door}?{query(next=path)}", None, {})
        asked = parse_qs(urlsplit(answer["Location"]).query)
        assert asked["path"] == ["/"]
    way = query(to="musashi", path=path, nonce="x")
    hop = browser.go(f"{ACCOUNT}/enter/?{way}", follow=False).answer["Location"]
    assert hop.startswith("http://musashi.localhost:8000/account/back/?code=")
    assert HandOver.objects.order_by("-expires_at").first().path == "/"
    browser.go(f"{ACCOUNT}/login/?{query(next=path)}")
    assert urlsplit(browser.url).hostname == ACCOUNT


@pytest.mark.parametrize("to", ["evil.test", "//evil.test", "", ":account", "musashi.localhost"])
def test_a_place_that_is_none_of_the_network_is_404(browser, to):
    a_reader()
    browser.sign_in(MUSASHI)

    for page in ("enter", "join"):
        assert browser.go(f"{ACCOUNT}/{page}/?{query(to=to, path='/', nonce='x')}").status == 404


def test_the_way_back_is_the_page_one_came_from_but_never_another_host_s(browser):
    a_reader()
    for came, path in [
        (f"http://{MUSASHI}/world/a-1?page=2", "/world/a-1?page=2"),
        ("http://evil.test/world/", "/"),
        (f"http://{MUSASHI}/account/back/?code=x", "/"),
    ]:
        answer = browser._ask(f"http://{MUSASHI}/account/enter/", None, {"referer": came})
        assert parse_qs(urlsplit(answer["Location"]).query)["path"] == [path]


def test_the_cookie_of_the_door_is_kept_for_two_windows_and_never_a_stranger_s(browser):
    first = browser.go(f"{MUSASHI}/account/").client(MUSASHI).cookies["door"]
    assert (first["httponly"], first["samesite"], first["domain"]) == (True, "Lax", "")
    kept = first.value
    assert browser.go(f"{MUSASHI}/account/").client(MUSASHI).cookies["door"].value == kept

    browser.client(MUSASHI).cookies["door"] = "short"
    assert len(browser.go(f"{MUSASHI}/account/").client(MUSASHI).cookies["door"].value) >= 40


def test_over_https_every_cookie_is_bound_to_its_host(browser, settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-session"

    browser.go(f"{MUSASHI}/account/enter/", follow=False)

    cookie = browser.answer.cookies["__Host-door"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_the_desk_is_opened_through_the_account_host_with_a_second_step(browser):
    editor = an_editor_of_the_desk()
    browser.sign_in(DESK, "ed@example.test")
    assert (browser.status, browser.title) == (403, "The desk is closed for this account")
    assert browser.says("need a second step")

    secret = APP.generate_totp_secret()
    APP.TOTP.activate(editor, secret)
    browser.go(f"{ACCOUNT}/logout/", data={})
    browser.go(f"{DESK}/wire/").send(login="ed@example.test", password=PASSWORD)
    assert browser.path == f"{ACCOUNT}/second-step/authenticate/"
    assert browser.go(f"{DESK}/wire/").path == f"{ACCOUNT}/second-step/authenticate/"
    browser.send(code=code_of_the_app(secret))

    assert browser.path == f"{DESK}/wire/"
    assert get_adapter().is_mfa_enabled(editor)


def test_where_it_is_only_tried_out_a_password_opens_the_desk(browser, settings):
    settings.DATELINE_STAFF_MFA = False
    an_editor_of_the_desk()

    browser.sign_in(DESK, "ed@example.test")
    assert browser.path == f"{DESK}/"
    assert browser.go(f"{ACCOUNT}/").says("Open the desk")

    browser.go(f"{DESK}/logout/", data={})
    assert browser.path == f"{ACCOUNT}/login/"
    assert browser.go(f"{DESK}/").path == f"{ACCOUNT}/login/"


def test_a_reader_who_asks_for_the_desk_is_told_whose_it_is(browser, settings):
    settings.DATELINE_STAFF_MFA = False
    a_reader()

    browser.sign_in(DESK)

    assert (browser.status, browser.title) == (403, "The desk is closed for this account")
    assert browser.says("rieko@example.test is no account of the newsroom.")
    assert not browser.go(f"{ACCOUNT}/").says("Open the desk")


@pytest.mark.parametrize(
    "path", ["/password_reset/", "/password_reset/confirm/x/y/", "/password_reset/done/"]
)
def test_the_desk_has_no_way_to_sign_in_of_its_own(browser, path):
    an_editor_of_the_desk()

    assert browser.go(f"{DESK}{path}").status == 404
    form = {"username": "ed@example.test", "password": PASSWORD}
    assert browser.go(f"{DESK}/login/", data=form, follow=False).status == 405
    assert not NetworkLogin.objects.exists()


def test_forms_may_lead_on_to_the_network_s_own_hosts_only(browser):
    account = browser.go(f"{ACCOUNT}/login/").answer["Content-Security-Policy"]
    sites = "http://kinako.localhost:8000 http://musashi.localhost:8000 http://desk.localhost:8000"

    assert f"form-action 'self' {sites};" in account
    assert "script-src 'self';" in account
    desk = browser.go(f"{DESK}/login/", follow=False).answer["Content-Security-Policy"]
    assert "form-action 'self' http://account.localhost:8000;" in desk
    masthead = browser.client(MUSASHI).get("/", headers={"host": MUSASHI})
    assert "form-action 'self';" in masthead["Content-Security-Policy"]


def code_on_the_way(browser):
    """Go through the door and stop before the code is used."""
    browser.go(f"{MUSASHI}/account/")
    if browser.path == f"{ACCOUNT}/login/":
        browser.send(login="rieko@example.test", password=PASSWORD)
    browser.send(action="/join/", follow=False, name="Rieko A.")
    return parse_qs(urlsplit(browser.answer["Location"]).query)["code"][0]


def code_of_the_app(secret):
    """What an authenticator app shows now."""
    counter = next(APP.yield_hotp_counters_from_time())
    return APP.format_hotp_value(APP.hotp_value(secret, counter))


def query(**values):
    """Values as the query of an address."""
    return urlencode(values)


@pytest.mark.parametrize(
    ("by", "path"),
    [
        ("signup", "/signup/"),
        ("forgot", "/password/reset/"),
        ("anything", "/login/"),
        ("", "/login/"),
    ],
)
def test_somebody_may_begin_elsewhere_than_at_the_log_in(browser, by, path):
    browser.go(f"musashi.localhost/account/enter/?by={by}&next=/world/")

    assert browser.path == f"account.localhost{path}"
    back = parse_qs(urlsplit(browser.url).query)["next"][0]
    assert parse_qs(urlsplit(back).query)["path"] == ["/world/"]
