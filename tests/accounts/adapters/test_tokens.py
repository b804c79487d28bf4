"""What providers sign is believed with the right key, for us, now, and in no other case."""

import base64
import hashlib
import hmac
from datetime import timedelta

import jwt
import pytest

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.adapters import tokens
from dateline.demo.domain.pretend import APP, SECRET, signed_request

TOLD = {"algorithm": "HMAC-SHA256", "user_id": "1", "issued_at": 1}


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_a_signed_statement_is_read(pretend, alg):
    pretend.alg = alg

    assert read(pretend.signed("google", {"sub": "7"}, at=clock.now()))["sub"] == "7"


def test_clocks_may_differ_by_a_minute(pretend):
    soon = pretend.signed("google", {"sub": "7"}, at=clock.now() + timedelta(seconds=30))
    assert read(soon)["sub"] == "7"

    with pytest.raises(tokens.TokenRefused):
        read(pretend.signed("google", {"sub": "7"}, at=clock.now() + timedelta(seconds=120)))


def test_a_statement_that_has_ended_is_refused(pretend):
    with pytest.raises(tokens.TokenRefused, match="expired"):
        read(pretend.signed("google", {"sub": "7"}, at=clock.now() - timedelta(hours=1)))


@pytest.mark.parametrize(
    "forge",
    [
        lambda claims, _: jwt.encode(claims, "", "none", headers={"kid": "pretend-RS256"}),
        lambda claims, _: jwt.encode(claims, SECRET * 4, "HS256", headers={"kid": "pretend-RS256"}),
        lambda claims, p: jwt.encode(claims, p.keys["RS256"], "RS256", headers={"kid": "other"}),
        lambda claims, p: jwt.encode(
            claims, p.keys["RS256"], "RS512", headers={"kid": "pretend-RS256"}
        ),
        lambda claims, p: jwt.encode(
            claims, p.keys["RS256"], "RS256", headers={"kid": "pretend-ES256"}
        ),
        lambda claims, p: jwt.encode(
            claims, p.keys["ES256"], "ES256", headers={"kid": "pretend-RS256"}
        ),
        lambda claims, p: p.signed("google", claims, at=clock.now())[:-4] + "AAAA",
        lambda *_: "no.jwt.atall",
        lambda *_: "",
    ],
    ids=[
        "none",
        "shared secret",
        "unknown key",
        "RS512",
        "EC key",
        "RSA id",
        "cut",
        "none",
        "empty",
    ],
)
def test_a_forged_statement_is_refused(pretend, forge):
    now = clock.now()
    claims = {
        "iss": pretend.issuer("google"),
        "aud": APP,
        "iat": now,
        "exp": now + timedelta(hours=1),
    }

    with pytest.raises(tokens.TokenRefused):
        read(forge(claims, pretend))


def test_a_stranger_who_names_keys_does_not_make_us_ask_for_them_again(pretend):
    good = pretend.signed("google", {"sub": "7"}, at=clock.now())
    read(good)
    pretend.broken = True  # who is asked now answers with an error

    with pytest.raises(tokens.TokenRefused, match="There is no key 'other'"):
        read(jwt.encode({}, pretend.keys["RS256"], "RS256", headers={"kid": "other"}))
    assert read(good)["sub"] == "7"


def test_facebook_s_request_is_read(pretend):
    assert tokens.signed_request(signed_request(TOLD, SECRET), provider=facebook()) == TOLD


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a.b",
        "ä.ö",
        signed_request(TOLD, "another secret"),
        signed_request(TOLD | {"algorithm": "none"}, SECRET),
        signed_request(["a list"], SECRET),
    ],
)
def test_a_forged_request_is_refused(pretend, text):
    with pytest.raises(tokens.TokenRefused):
        tokens.signed_request(text, provider=facebook())


@pytest.mark.parametrize(
    "payload", [b"\xff", b"{", b"[" * 100_000], ids=["no text", "cut", "a JSON bomb"]
)
def test_a_signed_request_that_is_no_json_is_refused(pretend, payload):
    text = base64.urlsafe_b64encode(payload).rstrip(b"=")
    mark = base64.urlsafe_b64encode(hmac.digest(SECRET.encode(), text, hashlib.sha256))

    with pytest.raises(tokens.TokenRefused):
        tokens.signed_request(f"{mark.decode().rstrip('=')}.{text.decode()}", provider=facebook())


def test_apple_s_own_audience_is_named_where_it_is_apple(pretend):
    provider = queries.provider("apple")

    told = jwt.decode(
        tokens.apple_secret(provider, at=clock.now()), options={"verify_signature": False}
    )

    assert told["aud"] == provider.issuer
    assert (told["iss"], told["sub"]) == ("TEAM", APP)
    assert told["exp"] - told["iat"] == 300


def facebook():
    return queries.provider("facebook")


def read(token):
    provider = queries.provider("google")
    return tokens.claims_of(token, provider=provider, keys_url=f"{provider.issuer}/keys")
