"""The pretend provider is as strict as a real one."""

from datetime import UTC, datetime

import pytest

from dateline.demo.domain.pretend import APP, CODE_LIVES, SECRET, Pretend, Refused, path_kind

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOME = "http://account.localhost"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize("kind", ["facebook", "google", "oidc"])
def test_a_code_is_swapped_once(kind):
    pretend = provider()
    code = pretend.agree(kind, asked(kind), "1001", at=NOON)

    told = pretend.swap(kind, form(kind, code), at=NOON)

    assert ("id_token" in told) is (kind != "facebook")
    with pytest.raises(Refused, match="invalid_grant"):
        pretend.swap(kind, form(kind, code), at=NOON)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("facebook", {"client_id": "other"}),
        ("facebook", {"response_type": "token"}),
        ("facebook", {"redirect_uri": f"{HOME}/with/google/back/"}),
        ("facebook", {"redirect_uri": "http://evil.test/with/facebook/back/"}),
        ("facebook", {"code_challenge_method": "plain"}),
        ("facebook", {"state": ""}),
        ("google", {"nonce": ""}),
        ("apple", {"response_mode": "query"}),
    ],
)
def test_what_an_app_may_not_ask_for_is_refused(kind, wrong):
    with pytest.raises(Refused):
        provider().asked(kind, asked(kind) | {"response_mode": "form_post"} | wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "other"},
        {"client_secret": "other"},
        {"code": "other"},
        {"code_verifier": "other"},
        {"redirect_uri": f"{HOME}/"},
    ],
)
def test_a_code_is_swapped_by_who_asked_for_it_only(wrong):
    pretend = provider()
    code = pretend.agree("google", asked("google"), "1001", at=NOON)

    with pytest.raises(Refused):
        pretend.swap("google", form("google", code) | wrong, at=NOON)


def test_a_code_is_good_for_a_minute_and_for_its_own_kind():
    pretend = provider()
    for kind, at in (("google", NOON + CODE_LIVES), ("facebook", NOON)):
        code = pretend.agree("google", asked("google"), "1001", at=NOON)
        with pytest.raises(Refused):
            pretend.swap(kind, form("google", code), at=at)


@pytest.mark.parametrize("secret", ["", "a.b.c"])
def test_apple_s_client_secret_is_a_signed_one(secret):
    pretend = provider()
    query = asked("apple") | {"response_mode": "form_post"}
    code = pretend.agree("apple", query, "1001", at=NOON)

    with pytest.raises(Refused, match="invalid_client"):
        pretend.swap("apple", form("apple", code) | {"client_secret": secret}, at=NOON)


def test_nobody_s_name_is_told_without_a_token_and_a_proof():
    pretend = provider()
    code = pretend.agree("facebook", asked("facebook"), "1001", at=NOON)
    token = pretend.swap("facebook", form("facebook", code), at=NOON)["access_token"]

    with pytest.raises(Refused):
        pretend.me(token, "proof")
    with pytest.raises(Refused):
        pretend.userinfo("other")
    with pytest.raises(Refused, match="access_denied"):
        pretend.agree("facebook", asked("facebook"), "nobody", at=NOON)


def test_a_version_in_an_address_counts_for_nothing():
    assert path_kind("/facebook/v24.0/me?x=1") == ("facebook", "me")
    assert path_kind("/google/value") == ("google", "value")
    assert path_kind("/") == ("", "")


def provider():
    return Pretend("http://127.0.0.1:1", HOME)


def asked(kind):
    return {
        "client_id": APP,
        "response_type": "code",
        "redirect_uri": f"{HOME}/with/{kind}/back/",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "s",
        "nonce": "n",
    }


def form(kind, code):
    return {
        "client_id": APP,
        "client_secret": SECRET,
        "code": code,
        "code_verifier": VERIFIER,
        "redirect_uri": f"{HOME}/with/{kind}/back/",
    }
