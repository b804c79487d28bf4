"""An endpoint is an address that a stranger gives us: only push services of the open net are taken."""

import base64

import pytest

from dateline.alerts.domain.endpoints import endpoint_of, kept_endpoint, key_of, secret_of
from dateline.alerts.domain.errors import FollowRefused


def test_an_endpoint_is_taken_apart():
    found = endpoint_of("https://fcm.googleapis.com/fcm/send/abc?x=1")

    assert (found.origin, found.host, found.port) == (
        "https://fcm.googleapis.com", "fcm.googleapis.com", 443,
    )  # fmt: skip
    assert (found.path, found.tls) == ("/fcm/send/abc?x=1", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/a", "https://127.0.0.1/a", "https://[::1]/a", "https://10.0.0.8/",
        "https://localhost/a", "https://push.localhost/a", "https://2130706433/", "https://0x7f.1/",
        "https://push.example:8443/a", "https://me:pass@push.example/a", "ftp://push.example/a",
        "https:///a", "https://push.example/a b", "https://push.example/a#b", "https://[x/", "",
        "https://push.example/a\r\nX: y", "https://push.example:99999/", "https://püsh.example/",
        "https://push.example/" + "a" * 1_000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(url):
    with pytest.raises(FollowRefused):
        endpoint_of(url)


def test_a_demo_may_trust_a_service_of_its_own():
    trusted = {"http://127.0.0.1:8123"}

    assert endpoint_of("http://127.0.0.1:8123/a", trusted=trusted).origin in trusted
    with pytest.raises(FollowRefused):
        endpoint_of("http://127.0.0.1:8124/a", trusted=trusted)


def test_keys_are_read_with_or_without_padding():
    point, secret = bytes([4, *range(64)]), bytes(range(16))
    text = base64.urlsafe_b64encode(point).decode()

    assert key_of(text) == key_of(text.rstrip("=")) == point
    assert secret_of(base64.urlsafe_b64encode(secret).decode().rstrip("=")) == secret


@pytest.mark.parametrize("text", ["", "AAAA", "é", "A", base64.b64encode(bytes(65)).decode()])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(FollowRefused):
        key_of(text)
    with pytest.raises(FollowRefused):
        secret_of(text)


@pytest.mark.parametrize(
    "url",
    ["https://push.example/a?b=1", "https://push.example", "https://push.example?a/b",
     "http://127.0.0.1:81/x"],
)  # fmt: skip
def test_one_that_was_taken_is_taken_apart_the_same_way(url):
    trusted = frozenset({"http://127.0.0.1:81"})
    assert kept_endpoint(url, trusted=trusted) == endpoint_of(url, trusted=trusted)
    with pytest.raises(FollowRefused):
        kept_endpoint("http://127.0.0.1:82/x", trusted=trusted)
