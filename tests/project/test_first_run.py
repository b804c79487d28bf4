"""Setting up: from an empty folder to something that can be served, and safe to run again."""

import io
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from dateline.project import first_run
from dateline.project.config import Config, ConfigError, read_settings_file
from dateline.project.first_run import Administrator, SetupRefused

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-ferry-7"


def test_it_asks_for_the_first_administrator_the_host_and_the_mail(config, ask, capsys):
    ask("news.test", "smtp://relay.test:25", "ana@news.test", "Ana Ito", secret=PASSWORD)

    call_command("setup")

    ana = get_user_model().objects.get()
    assert (ana.email, ana.first_name, ana.last_name) == ("ana@news.test", "Ana", "Ito")
    assert ana.is_superuser
    assert ana.check_password(PASSWORD)
    again = Config.read({"DATELINE_DATA_DIR": str(config.data_dir)})
    assert (again.network_domain, again.mail_url) == ("news.test", "smtp://relay.test:25")
    assert again.stored_secret_key()
    out = capsys.readouterr().out
    assert "ana@news.test can sign in to the desk." in out
    assert "Next: `dateline check`, then `dateline serve`." in out


def test_empty_answers_keep_what_is_there(config, ask, capsys):
    ask("", "", "")

    call_command("setup")

    stored = read_settings_file(config.data_dir / "settings.env")
    assert stored == {"DATELINE_NETWORK_DOMAIN": "localhost", "DATELINE_MAIL_URL": "file:"}
    assert "Nobody can sign in to the desk yet." in capsys.readouterr().out


def test_options_are_not_asked_for_again(config, ask):
    ask("file:", secret=PASSWORD)

    call_command("setup", network_domain="a.test", email="ana@a.test", name="Ana")

    assert get_user_model().objects.get().first_name == "Ana"


def test_without_asking_everything_comes_from_options(config, monkeypatch, tmp_path):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    options = {"ask": False, "email": "ana@a.test", "scheme": "https"}

    call_command("setup", password_file=tmp_path / "password", **options)

    assert get_user_model().objects.get().check_password(PASSWORD)
    assert read_settings_file(config.data_dir / "settings.env") == {"DATELINE_SCHEME": "https"}


def test_running_it_again_changes_nobody(config, monkeypatch, capsys):
    for word in (PASSWORD, "another-harbour-8"):
        monkeypatch.setattr("sys.stdin", io.StringIO(word))
        call_command("setup", "--no-input", "--email=ana@a.test", "--password-file=-")

    assert get_user_model().objects.get().check_password(PASSWORD)
    assert "ana@a.test is there already and was left as it is." in capsys.readouterr().out


def test_without_options_it_makes_what_nobody_needs_to_choose(config, capsys):
    get_user_model().objects.create_superuser("ana@a.test", PASSWORD)

    call_command("setup", ask=False)

    assert not (config.data_dir / "settings.env").exists()
    assert config.stored_secret_key()
    assert "Nobody can sign in" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (Administrator("ana", PASSWORD), "'ana' is no e-mail address."),
        (Administrator("ana@a.test", "short"), "This password is too short."),
        (Administrator("ana@a.test", "password123"), "This password is too common."),
        (Administrator("harbourferry@a.test", "harbourferry"), "too similar to the e-mail"),
    ],
)
def test_a_weak_password_or_no_address_is_refused_before_anything_is_made(config, person, message):
    with pytest.raises(SetupRefused) as refused:
        first_run.set_up(config, chosen={}, administrator=person, say=print)

    assert message in str(refused.value)
    assert not config.data_dir.exists()


def test_a_setting_that_cannot_be_used_is_not_stored(config):
    with pytest.raises(ConfigError, match=r"dateline\.E002: DATELINE_SCHEME is 'gopher'"):
        first_run.keep(config, {"scheme": "gopher"})

    assert not (config.data_dir / "settings.env").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scheme": "gopher"}, r"dateline\.E002"),
        ({"email": "ana@a.test"}, "--email needs --password-file when nothing may be asked"),
        (
            {"email": "a@a.test", "password_file": Path("/nowhere/x")},
            "/nowhere/x cannot be read: No such",
        ),
    ],
)
def test_the_command_says_what_it_cannot_use(config, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("setup", ask=False, **options)


@pytest.fixture
def config(settings, tmp_path):
    settings.CONFIG = Config(data_dir=tmp_path / "var")
    return settings.CONFIG


@pytest.fixture
def ask(monkeypatch):
    """Answer the questions of the command, in order."""

    def _ask(*answers, secret=""):
        waiting = [*answers]
        monkeypatch.setattr("builtins.input", lambda _question: waiting.pop(0))
        monkeypatch.setattr(
            "dateline.project.management.commands.setup.getpass", lambda _question: secret
        )

    return _ask
