"""Where each provider is asked, and what is kept of what it tells."""

import pytest

from dateline.accounts.domain import providers
from dateline.accounts.domain.providers import Attempt


def test_the_real_ones_are_asked_at_their_own_hosts():
    facebook, google = providers.facebook("a", "s"), providers.google("a", "s")
    apple = providers.apple("a", team="t", key_id="k", private_key="p")

    assert facebook.authorize_url.startswith("https://www.facebook.com/v")
    assert facebook.fetched == {"graph.facebook.com"}
    assert facebook.browsed == ("https://www.facebook.com", "https://m.facebook.com")
    assert google.issuer == google.browsed[0] == "https://accounts.google.com"
    assert "oauth2.googleapis.com" in google.fetched
    assert apple.fetched == {"appleid.apple.com"}


def test_another_provider_may_answer_on_hosts_besides_its_issuer_s():
    found = providers.openid("ID", "a", "s", issuer="https://id.test/x", hosts=("api.id.test",))

    assert found.browsed == ("https://id.test", "https://api.id.test")
    assert found.fetched == {"id.test", "api.id.test"}


def test_secrets_are_not_printed():
    one = providers.apple("a", team="t", key_id="k", private_key="PEM-hunter2")

    assert "hunter2" not in repr(one)
    assert "hunter2" not in repr(providers.facebook("a", "hunter2"))


def test_the_challenge_is_the_one_of_the_standard():
    """The example of RFC 7636, appendix B."""
    attempt = Attempt("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")

    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert attempt.nonce not in {attempt.verifier, attempt.challenge}


@pytest.mark.parametrize(
    ("value", "yes"), [(True, True), ("true", True), ("false", False), (1, False), (None, False)]
)
def test_only_a_plain_yes_is_one(value, yes):
    assert providers.is_true(value) is yes


def test_an_address_and_a_name_are_kept_and_nothing_else():
    told = {"email": "a@b.test", "name": " Hana \n K. " + "x" * 99, "picture": "u", "id": "7"}

    assert providers.kept_of(told) == {"email": "a@b.test", "name": "Hana K. " + "x" * 52}
    assert providers.kept_of({"email": None, "name": ["x"]}) == {}
