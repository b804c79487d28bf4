"""Signing in with a provider: real requests to a server that is as strict as a real provider."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail

from dateline.accounts import queries
from dateline.accounts.models import AlertWish, NetworkLogin, User
from dateline.outbox.models import FactRecord
from tests.factories.people import ACCOUNT, APP, PASSWORD, Browser, a_reader, code_in
from tests.factories.people import an_editor_of_the_desk as an_editor
from tests.factories.providers import KEYS, agree, ask, asked_in, come_from, leave_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pretend")]

MUSASHI = "musashi.localhost"
OPENID = ("google", "apple", "oidc")


def test_from_a_story_over_facebook_and_back_to_it(browser):
    browser.go(f"{MUSASHI}/account/enter/?by=facebook&next=/world/?page=2")
    assert browser.path == f"{ACCOUNT}/with/facebook/"
    assert browser.says("We post nothing there")
    assert browser.says("we ask once, by mail")
    browser.send(action="/with/facebook/", follow=False)

    to, _ = agree(browser.answer["Location"])
    browser.go(to)
    assert browser.path == f"{ACCOUNT}/from-provider/"  # Facebook does not say that it is theirs
    assert not User.objects.exists()
    browser.send(code=code_in(mail.outbox[-1]))

    assert browser.title == "Join The Musashi Daily"
    (name,) = browser.page.cssselect("#id_name")
    assert name.get("value") == "Hana Kitagawa"
    assert browser.says("Nobody sees it here unless you send it.")
    assert User.objects.get().display_name is None
    browser.send(name="Hana of the bay")
    assert browser.url == "http://musashi.localhost:8000/world/?page=2"
    assert browser.me() == {"signed_in": True, "name": "Hana of the bay"}
    user = User.objects.get()
    assert (user.email, user.first_name, user.last_name) == ("hana@example.test", "", "")
    assert not user.has_usable_password()
    assert not AlertWish.objects.exists()
    (account,) = SocialAccount.objects.all()
    assert account.extra_data == {"name": "Hana Kitagawa", "email": "hana@example.test"}
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("key", OPENID)
def test_an_address_that_the_provider_confirms_needs_no_code(browser, key):
    come_from(browser, key)

    assert browser.title == "Your account"
    assert mail.outbox == []
    assert EmailAddress.objects.get().verified
    (fact,) = FactRecord.objects.filter(name="reader.provider_connected")
    assert fact.payload["provider"] == key


@pytest.mark.parametrize("key", KEYS)
def test_the_second_time_nothing_is_asked(browser, key):
    come_from(browser, key)
    if key == "facebook":
        browser.send(code=code_in(mail.outbox[-1]))
    browser.go(f"{ACCOUNT}/logout/", data={})

    come_from(browser, key)

    assert browser.title == "Your account"
    assert User.objects.count() == SocialAccount.objects.count() == 1
    assert NetworkLogin.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("key", KEYS)
def test_what_goes_with_the_browser_binds_the_way_back_to_it(browser, key):
    first, second = (asked_in(leave_for(browser, key)) for _ in range(2))

    for name in ("state", "code_challenge", "nonce"):
        assert len(first[name]) >= 16
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == f"http://account.localhost:8000/with/{key}/back/"


def test_a_link_cannot_ask_for_more_or_lead_elsewhere(browser):
    browser.go(
        f"{ACCOUNT}/with/facebook/?scope=user_posts&auth_params=redirect_uri%3Dx&next=//x.test"
    )
    browser.send(action="/with/facebook/", follow=False)

    asked = asked_in(browser.answer["Location"])
    assert asked["scope"] == "email"
    assert asked["redirect_uri"].startswith("http://account.localhost:8000/")
    to, _ = agree(browser.answer["Location"])
    assert browser.go(to).send(code=code_in(mail.outbox[-1])).path == f"{ACCOUNT}/"


@pytest.mark.parametrize("key", KEYS)
def test_a_way_back_that_another_browser_began_opens_nothing(browser, key):
    to, fields = agree(leave_for(Browser(), key))

    browser.go(to, data=fields)

    assert (browser.status, browser.title) == (401, "That did not work")
    assert not SocialAccount.objects.exists()


def test_a_way_back_is_good_once(browser):
    to, _ = agree(leave_for(browser, "google"))
    browser.go(to)
    browser.go(f"{ACCOUNT}/logout/", data={})

    assert browser.go(to).status == 401


def test_a_code_of_somebody_else_is_not_taken_in_my_way_back(browser):
    """The victim's state with the attacker's code: the verifier does not fit."""
    other, _ = agree(leave_for(Browser(), "google"), "1002")
    mine = leave_for(browser, "google")

    browser.go(
        f"{ACCOUNT}/with/google/back/?code={asked_in(other)['code']}&state={asked_in(mine)['state']}"
    )

    assert (browser.status, SocialAccount.objects.count()) == (401, 0)


def test_who_says_no_there_is_told_that_nothing_happened(browser):
    to, _ = agree(leave_for(browser, "facebook"), "")

    browser.go(to)

    assert (browser.status, browser.title) == (200, "You stayed here")


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-app"},
        {"iss": "https://accounts.google.com"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
    ],
)
@pytest.mark.parametrize("key", OPENID)
def test_an_identity_that_is_not_for_this_way_is_refused(browser, pretend, key, wrong):
    pretend.claims = wrong

    come_from(browser, key)

    assert (browser.status, SocialAccount.objects.count()) == (401, 0)


@pytest.mark.parametrize("key", ["facebook", "google"])
def test_an_address_that_somebody_has_is_no_key_to_their_account(browser, pretend, key):
    reader = a_reader("hana@example.test")

    come_from(browser, key)

    assert browser.title == "Confirm your e-mail address"
    assert not SocialAccount.objects.exists()
    assert not NetworkLogin.objects.exists()
    browser.send(code=code_in(mail.outbox[-1]))
    assert browser.title == "Your account"
    assert SocialAccount.objects.get().user == reader
    assert User.objects.get().check_password(PASSWORD)  # its owner had confirmed the address


def test_whether_somebody_has_an_address_nobody_can_tell(browser):
    a_reader("hana@example.test")
    taken = come_from(browser, "facebook")
    User.objects.all().delete()
    free = come_from(Browser(), "facebook")

    assert (taken.status, taken.path) == (free.status, free.path)
    assert (
        taken.page.cssselect("main")[0].text_content()
        == free.page.cssselect("main")[0].text_content()
    )
    first, second = mail.outbox
    assert (first.subject, first.to) == (second.subject, second.to)
    assert first.body.replace(code_in(first), "") == second.body.replace(code_in(second), "")


def test_a_password_that_a_stranger_set_before_is_worth_nothing_afterwards(browser):
    stranger = Browser().go(f"{ACCOUNT}/signup/")
    stranger.send(email="hana@example.test", password1="stranger-ferry-7")

    come_from(browser, "google").send(code=code_in(mail.outbox[-1]))

    assert browser.title == "Your account"
    assert not User.objects.get().has_usable_password()
    assert EmailAddress.objects.get().verified
    for path in ("/confirm-email/", "/"):  # the stranger's own attempt is still in their session
        assert stranger.go(f"{ACCOUNT}{path}").title != "Your account"
    stranger = Browser().go(f"{ACCOUNT}/login/")
    stranger.send(login="hana@example.test", password="stranger-ferry-7")
    assert stranger.says("are not correct")


def test_without_an_address_one_is_asked_for_and_proven(browser):
    come_from(browser, "facebook", "1003")
    assert browser.says("did not tell us an e-mail address")
    assert browser.send(email="no address").status == 422
    assert browser.says("That is no e-mail address.")

    browser.send(email=" Mio@Example.test ")
    assert mail.outbox[-1].to == ["mio@example.test"]
    browser.send(code=code_in(mail.outbox[-1]))

    assert User.objects.get().email == "mio@example.test"


def test_another_address_may_be_given_and_the_first_code_ends(browser):
    come_from(browser, "facebook")
    first = code_in(mail.outbox[-1])
    browser.go(f"{ACCOUNT}/from-provider/?other=1").send(email="hana.other@example.test")

    browser.send(code=first)
    assert browser.says("That is not the code of our mail.")
    browser.send(code=code_in(mail.outbox[-1]).lower().replace("-", " "))

    assert User.objects.get().email == "hana.other@example.test"


def test_three_wrong_codes_end_the_attempt(browser):
    come_from(browser, "facebook", next_="/name/")

    for _ in range(3):
        browser.send(code="BBBB-BBBB")

    assert browser.path == f"{ACCOUNT}/login/"
    assert browser.says("The code is not good any more.")
    assert browser.page.cssselect("input[name=next]")[0].get("value") == "/name/"
    assert browser.go(f"{ACCOUNT}/from-provider/").path == f"{ACCOUNT}/login/"


def test_nobody_is_flooded_with_codes(browser):
    come_from(browser, "facebook")
    for _ in range(3):
        browser.go(f"{ACCOUNT}/from-provider/?other=1").send(email="hana@example.test")

    assert (browser.status, len(mail.outbox)) == (429, 3)


def test_an_account_of_the_newsroom_is_not_opened_by_a_code(browser):
    an_editor("hana@example.test")

    come_from(browser, "google").send(code=code_in(mail.outbox[-1]))

    assert browser.path == f"{ACCOUNT}/login/"
    assert browser.says("protected by more than a code")
    assert not SocialAccount.objects.exists()


def test_a_closed_account_is_not_opened(browser):
    User.objects.filter(pk=a_reader("hana@example.test").pk).update(is_active=False)

    come_from(browser, "google").send(code=code_in(mail.outbox[-1]))

    assert browser.says("This account was closed.")


def test_a_second_step_is_asked_for_after_a_provider_too(browser, settings):
    settings.DATELINE_STAFF_MFA = True
    editor = an_editor("hana@example.test")
    APP.TOTP.activate(editor, APP.generate_totp_secret())
    SocialAccount.objects.create(user=editor, provider="google", uid="1001")

    come_from(browser, "google")

    assert browser.path == f"{ACCOUNT}/second-step/authenticate/"
    assert not NetworkLogin.objects.exists()
    assert browser.go("desk.localhost/").path == f"{ACCOUNT}/second-step/authenticate/"


def test_somebody_else_who_is_signed_in_here_is_signed_out_first(browser):
    a_reader()
    browser.sign_in(MUSASHI)

    browser.go(f"{ACCOUNT}/with/facebook/").send(action="/with/facebook/", follow=False)
    browser.go(agree(browser.answer["Location"])[0])

    assert browser.title == "Confirm your e-mail address"
    assert not NetworkLogin.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("key", ["twitter", "openid_connect"])
def test_a_provider_that_is_not_set_up_is_not_there(browser, key):
    assert browser.go(f"{ACCOUNT}/with/{key}/").status == 404
    assert browser.go(f"{ACCOUNT}/with/{key}/back/?code=1&state=2").status == 404
    browser.go(f"{MUSASHI}/account/enter/?by={key}")
    assert browser.path == f"{ACCOUNT}/login/"


def test_only_apple_may_post_back(browser):
    assert (
        browser.go(f"{ACCOUNT}/with/google/back/", data={"code": "1", "state": "2"}).status == 405
    )


@pytest.mark.parametrize("key", OPENID)
def test_where_discovery_does_not_answer_nobody_is_sent_anywhere(browser, settings, pretend, key):
    to, fields = agree(leave_for(browser, key))
    pretend.told["discovery"] = {"issuer": "https://evil.test"}

    browser.go(to, data=fields)
    assert browser.status == 401
    browser.go(f"{ACCOUNT}/with/{key}/").send(action=f"/with/{key}/")
    assert (browser.status, browser.title) == (401, "That did not work")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_discovery_that_names_a_host_that_is_not_set_up_leads_nowhere(browser, pretend, name):
    pretend.told["discovery"] = {name: "http://192.0.2.1/x"}

    browser.go(f"{ACCOUNT}/with/google/").send(action="/with/google/", follow=False)
    if browser.status == 302:
        browser.go(agree(browser.answer["Location"])[0])

    assert (browser.status, SocialAccount.objects.count()) == (401, 0)


def test_a_provider_that_takes_the_secret_in_a_header_gets_it_there(browser, pretend):
    pretend.told["discovery"] = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}

    come_from(browser, "oidc")

    assert browser.title == "Your account"


@pytest.mark.parametrize(("sub", "asked"), [("1003", False), ("another", True)])
def test_an_address_of_userinfo_counts_for_the_same_person_only(browser, pretend, sub, asked):
    pretend.told["userinfo"] = {"sub": sub, "email": "mio@example.test", "email_verified": True}

    come_from(browser, "oidc", "1003")

    assert browser.says("did not tell us an e-mail address") is asked
    assert User.objects.filter(email="mio@example.test").exists() is not asked


def test_facebook_must_say_who_it_is(browser, pretend):
    pretend.told["me"] = {"id": 7}

    assert come_from(browser, "facebook").status == 401


@pytest.mark.parametrize("told", [{"access_token": 7}, {"id_token": None}, {"id_token": "a.b.c"}])
def test_an_answer_without_tokens_is_none(browser, pretend, told):
    pretend.told["token"] = told

    assert come_from(browser, "google").status == 401


def test_es256_is_as_good(browser, pretend):
    pretend.alg = "ES256"

    assert come_from(browser, "google").title == "Your account"


def test_the_pretend_page_says_what_it_is(browser):
    status, headers, text = ask(leave_for(browser, "facebook"))

    assert status == 200
    assert "This is not Facebook." in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_providers_are_told_without_a_question_to_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        found = queries.providers()

    assert [(one.id, one.name) for one in found][:2] == [
        ("facebook", "Facebook"),
        ("google", "Google"),
    ]
    assert found[0].start == "/account/enter/?by=facebook"


def test_forms_may_lead_to_providers_that_are_set_up_and_to_no_other(browser, settings, pretend):
    assert f" {pretend.base};" in browser.go(f"{ACCOUNT}/login/").answer["Content-Security-Policy"]
    settings.DATELINE_LOGIN_PROVIDERS = ()

    answer = browser.go(f"{ACCOUNT}/login/").answer
    assert pretend.base not in answer["Content-Security-Policy"]
    assert not browser.says("Log in with")


def test_a_name_that_we_would_not_take_is_not_suggested(browser):
    user = a_reader()
    SocialAccount.objects.create(
        user=user, provider="google", uid="1", extra_data={"name": "Admin"}
    )
    SocialAccount.objects.create(user=user, provider="oidc", uid="2", extra_data={})
    assert queries.suggested_name(user) == ""
    SocialAccount.objects.create(user=user, provider="apple", uid="3", extra_data={"name": "Rie"})

    assert queries.suggested_name(user) == "Rie"
