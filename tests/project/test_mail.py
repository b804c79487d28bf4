"""Mail URLs: nothing leaves unencrypted unless it stays on this machine."""

import pytest

from dateline.project import mail
from dateline.project.config import Config, ConfigError


def test_by_default_mail_is_kept_in_the_data_folder(tmp_path):
    settings = mail.settings_for(Config(data_dir=tmp_path))

    assert settings["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert settings["DEFAULT_FROM_EMAIL"] == "desk@localhost"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relay.test", 587, True, False),
        ("smtp://relay.test:2525", 2525, True, False),
        ("smtp://relay.test:25", 25, True, False),
        ("smtp://localhost", 587, True, False),
        ("smtp://localhost:25", 25, False, False),
        ("smtp://[::1]:25", 25, False, False),
        ("smtps://relay.test", 465, False, True),
    ],
)
def test_smtp_is_encrypted_except_to_a_relay_on_this_machine(url, port, tls, ssl):
    settings = mail.settings_for(Config(mail_url=url))

    assert settings["EMAIL_PORT"] == port
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)


def test_mail_goes_to_the_host_that_is_named():
    assert mail.settings_for(Config(mail_url="smtp://relay.test"))["EMAIL_HOST"] == "relay.test"


def test_a_password_may_hold_any_character():
    settings = mail.settings_for(Config(mail_url="smtp://ana:p%40s%2Fs@relay.test"))

    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("ana", "p@s/s")


def test_mail_may_go_to_the_terminal_and_have_a_sender():
    settings = mail.settings_for(Config(mail_url="console:", mail_from="news@post.test"))

    assert settings["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert settings["DEFAULT_FROM_EMAIL"] == settings["SERVER_EMAIL"] == "news@post.test"


@pytest.mark.parametrize("url", ["pigeon://x", "smtp:", "relay.test"])
def test_other_mail_is_refused(url):
    with pytest.raises(ConfigError, match=r"^dateline\.E004: DATELINE_MAIL_URL begins with"):
        mail.settings_for(Config(mail_url=url))
