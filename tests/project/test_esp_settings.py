"""An ESP is set up whole, or the start says what is missing."""

import pytest

from dateline.project.config import Config, ConfigError

SECRET = "user:of-16-characters"


def read(**given):
    return Config.read({f"DATELINE_MAIL_{name.upper()}": value for name, value in given.items()})


def test_a_whole_one():
    config = read(
        esp="mailgun", esp_key="key-1", esp_domain="mg.example.org", esp_secret="x" * 16,
        esp_url="https://api.eu.mailgun.net/v3",
    )  # fmt: skip
    route = config.esp_route()

    assert (route.name, route.key, route.domain) == ("mailgun", "key-1", "mg.example.org")
    assert route.api == "https://api.eu.mailgun.net/v3/"
    assert "key-1" not in repr(route)
    assert "x" * 16 not in repr(route)


def test_without_one_mail_leaves_by_smtp():
    assert read().esp_route() is None
    assert read().warm_up() == {}


def test_its_own_address_is_known():
    assert read(esp="resend", esp_key="re_1").esp_route().api == "https://api.resend.com/"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"esp": "postmark"}, "E026: DATELINE_MAIL_ESP=postmark needs DATELINE_MAIL_ESP_KEY"),
        ({"esp": "mailgun", "esp_key": "k"}, "needs DATELINE_MAIL_ESP_DOMAIN"),
        (
            {"esp": "resend", "esp_key": "k", "esp_secret": "x" * 16},
            "DATELINE_MAIL_ESP_SECRET must have at least 16 characters, all of them ASCII, and be `user:password` or `whsec_…`.",
        ),
        (
            {"esp": "resend", "esp_key": "k", "esp_secret": "whsec_no:base64!!!"},
            "and be `user:password` or `whsec_…`.",
        ),
        (
            {"esp": "mailgun", "esp_key": "k", "esp_domain": "d", "esp_secret": "short"},
            "DATELINE_MAIL_ESP_SECRET must have at least 16 characters, all of them ASCII.",
        ),
        ({"esp_url": "http://api.example.org"}, "expected an https:// address"),
        ({"esp_url": "https://user:p@api.example.org"}, "expected an https:// address"),
        ({"warm_up_receivers": "example.org=2.5"}, "a first day's mails are a whole number"),
        ({"esp": "pigeon"}, "DATELINE_MAIL_ESP is 'pigeon'"),
    ],
)
def test_says_what_is_missing_or_wrong(given, told):
    with pytest.raises(ConfigError) as refused:
        read(**given)

    assert told in str(refused.value)


def test_a_secret_that_is_wrong_is_not_shown():
    with pytest.raises(ConfigError) as refused:
        read(esp="resend", esp_key="k", esp_secret="hunter2")

    assert "hunter2" not in str(refused.value)


def test_resend_may_sign():
    config = read(esp="resend", esp_key="k", esp_secret="whsec_c2l4dGVlbiBieXRlcyBvciBzbw==")

    assert config.esp_route().secret.startswith("whsec_")


def test_the_curve_of_all_and_of_single_receivers():
    config = read(warm_up="200", warm_up_receivers="Example.org=50, example.net=5")

    assert config.warm_up() == {"": 200, "example.org": 50, "example.net": 5}
    assert read(esp="resend", esp_key="k").environment()["DATELINE_MAIL_ESP"] == "resend"
    assert SECRET not in repr(read(esp="resend", esp_key="k", esp_secret=SECRET))
