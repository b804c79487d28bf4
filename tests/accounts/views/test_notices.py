"""What providers are answered when they tell us something."""

import json

import pytest
from allauth.socialaccount.models import SocialAccount

from dateline import clock
from dateline.accounts.models import DataRequest
from dateline.accounts.views.notices import LONGEST
from dateline.demo.domain.pretend import SECRET, signed_request
from tests.factories.people import ACCOUNT
from tests.factories.providers import come_from

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pretend")]

DELETION, DEAUTHORIZE = "/with/facebook/deletion/", "/with/facebook/deauthorize/"
APPLE = "/with/apple/notices/"


def test_facebook_is_told_where_the_proof_will_be(browser, client):
    answer = post(client, DELETION, {"signed_request": request_of("1001")})

    told = answer.json()
    assert answer.status_code == 200
    assert told["url"] == f"http://account.localhost:8000/your-data/{told['confirmation_code']}/"
    assert DataRequest.objects.get().pk.hex == told["confirmation_code"].replace("-", "")
    assert browser.go(told["url"]).title == "The end of your account"


def test_who_removes_the_app_there_is_connected_no_more(browser, client):
    come_from(browser, "google")
    SocialAccount.objects.update(provider="facebook")

    answer = post(client, DEAUTHORIZE, {"signed_request": request_of("1001")})

    assert (answer.status_code, answer.json()) == (200, {})
    assert not SocialAccount.objects.exists()


def test_apple_sends_json(client, pretend, browser):
    come_from(browser, "apple")
    event = json.dumps({"type": "consent-revoked", "sub": "1001"})
    text = pretend.signed("apple", {"events": event}, at=clock.now())

    first, again = (post_json(client, {"payload": text}) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 409)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("text", ["", "a.b", "x" * (LONGEST + 1)])
@pytest.mark.parametrize("path", [DELETION, DEAUTHORIZE])
def test_what_is_not_signed_is_refused_without_a_reason(client, path, text):
    answer = post(client, path, {"signed_request": text})

    assert (answer.status_code, answer.json()) == (400, {"error": "refused"})


@pytest.mark.parametrize("told", [{}, [], {"payload": 7}, {"payload": "a.b.c"}, "x" * LONGEST])
def test_what_apple_did_not_sign_is_refused(client, told):
    assert post_json(client, told).status_code == 400


def test_while_keys_cannot_be_had_apple_is_asked_to_come_again(client, pretend):
    pretend.broken = True
    text = pretend.signed("apple", {"events": {"type": "x"}}, at=clock.now())

    assert post_json(client, {"payload": text}).status_code == 503


def test_only_a_post_is_a_notice(client):
    for path in (DELETION, DEAUTHORIZE, APPLE):
        assert client.get(path, headers={"host": ACCOUNT}).status_code == 405


def test_a_provider_that_is_not_set_up_tells_nothing(client, settings):
    settings.DATELINE_LOGIN_PROVIDERS = ()

    assert post(client, DELETION, {"signed_request": request_of("1")}).status_code == 404
    assert post_json(client, {"payload": "a.b.c"}).status_code == 404


def request_of(uid):
    now = int(clock.now().timestamp())
    return signed_request({"algorithm": "HMAC-SHA256", "user_id": uid, "issued_at": now}, SECRET)


def post(client, path, data):
    return client.post(path, data, headers={"host": ACCOUNT})


def post_json(client, told):
    return client.post(APPLE, told, content_type="application/json", headers={"host": ACCOUNT})


@pytest.fixture
def client(client, network):
    client.handler.enforce_csrf_checks = True  # no browser, no token: the signature is enough
    return client
