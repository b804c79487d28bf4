"""The settings of an operator's own service: complete, safe, and explained where they are not."""

import pytest

from dateline.discussion.domain.outside import Service
from dateline.project.config import Config, ConfigError

URL = "https://moderate.news.test/ask"
SECRET = "sixteen letters!"


def read(tmp_path, **given):
    names = {f"DATELINE_COMMENT_HOOK_{name.upper()}": value for name, value in given.items()}
    return Config.read({"DATELINE_DATA_DIR": str(tmp_path)} | names)


def test_without_an_address_there_is_no_service(tmp_path):
    assert read(tmp_path).comment_service() is None
    assert read(tmp_path, secret=SECRET).comment_service() is None


def test_an_address_and_a_secret_are_enough(tmp_path):
    assert read(tmp_path, url=URL, secret=SECRET).comment_service() == Service(
        url=URL, secret=SECRET, limit_s=2.0, silent="hold", private_allowed=False
    )


def test_all_of_it_can_be_set_and_reaches_child_processes(tmp_path):
    config = read(
        tmp_path, url="http://10.0.0.7:8080", secret=SECRET, limit_ms="300", silent="pass",
        private="on",
    )  # fmt: skip

    assert config.comment_service() == Service(
        url="http://10.0.0.7:8080", secret=SECRET, limit_s=0.3, silent="pass", private_allowed=True
    )
    assert Config.read(config.environment()) == config


@pytest.mark.parametrize(
    "url",
    [
        "http://moderate.news.test/", "moderate.news.test", "ftp://news.test/", "https:///ask",
        "https://me:word@news.test/", "https://news.test:none/", "https://[news/",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_asked_safely_is_refused(tmp_path, url):
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, url=url, secret=SECRET)

    assert str(refused.value) == (
        "dateline.E025: DATELINE_COMMENT_HOOK_URL is no https:// address without a password. "
        "Plain http:// needs DATELINE_COMMENT_HOOK_PRIVATE=on."
    )


@pytest.mark.parametrize("secret", ["", "fifteen letters"])
def test_a_service_needs_a_secret_of_some_length(tmp_path, secret):
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, url=URL, secret=secret)

    assert str(refused.value) == (
        "dateline.E025: DATELINE_COMMENT_HOOK_URL needs DATELINE_COMMENT_HOOK_SECRET, of at least "
        "16 characters."
    )


def test_a_secret_is_never_shown(tmp_path):
    assert SECRET not in repr(read(tmp_path, url=URL, secret=SECRET))
