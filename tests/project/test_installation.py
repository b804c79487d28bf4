"""What `dateline check` says is wrong, each with the way to put it right."""

import json
import socket
import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection

from dateline.project import installation
from dateline.project.config import Config
from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db


def test_a_sound_installation_has_nothing_to_put_right(sound):
    assert installation.reasons_not_to_serve(sound) == []
    assert [str(found) for found in installation.examine(sound) if found.fatal] == []


def test_an_unsafe_sqlite_is_refused_with_two_ways_out(sound, monkeypatch):
    monkeypatch.setattr(installation.sqlite3, "sqlite_version_info", (3, 40, 1))

    (reason,) = installation.reasons_not_to_serve(sound)

    assert reason.startswith("dateline.E005: SQLite ")
    assert "3.51.3 or later is needed. Install the `pysqlite3` package, or set" in reason


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    (found,) = installation.data_folder(Config(data_dir=tmp_path / "file"))

    assert found.id == "dateline.E006"
    assert found.text.startswith(f"{tmp_path}/file cannot be written: ")


@pytest.mark.parametrize(
    ("free_mb", "expected"),
    [(100, ("dateline.E007", True)), (1000, ("dateline.W007", False)), (3000, None)],
)
def test_a_full_disk_is_told_in_time(sound, monkeypatch, free_mb, expected):
    class Usage:
        free = free_mb * 1024 * 1024

    monkeypatch.setattr(installation.shutil, "disk_usage", lambda _: Usage)

    found = [(one.id, one.fatal) for one in installation.data_folder(sound)]

    assert found == ([expected] if expected else [])


def test_a_missing_a_short_and_a_readable_key_are_told(tmp_path, sound):
    missing = installation.secret_key(Config(data_dir=tmp_path / "new"))
    short = installation.secret_key(sound.model_copy(update={"data_dir": tmp_path / "short"}))
    (tmp_path / "short").mkdir()
    (tmp_path / "short" / "secret-key").write_text("x")

    assert [found.id for found in missing] == ["dateline.E008"]
    told = list(short)
    assert [(found.id, found.fatal) for found in told] == [
        ("dateline.E008", True), ("dateline.E009", False),
    ]  # fmt: skip
    assert "has 1 characters; 32 are needed" in told[0].text
    path = tmp_path / "short" / "secret-key"
    assert stat.S_IMODE(path.stat().st_mode) & 0o077
    assert told[1].text.endswith(f"Run `chmod 600 {path}`.")


def test_a_database_that_does_not_answer_is_one_problem_not_three(sound, monkeypatch):
    def down(*_, **_kw):
        raise DatabaseError("connection refused\n")

    monkeypatch.setattr(connection, "ensure_connection", down)
    monkeypatch.setattr(installation, "pending_migrations", down)
    monkeypatch.setattr(installation.mastheads, "hosts", down)
    monkeypatch.setattr(get_user_model().objects, "filter", down)

    (reason,) = installation.reasons_not_to_serve(sound)
    assert reason == (
        "dateline.E010: the database does not answer: connection refused. "
        "Start it, or correct DATELINE_DATABASE_URL."
    )
    assert installation._masthead_hosts() == []
    assert list(installation.people(sound)) == []


def test_an_old_postgresql_is_refused(sound, monkeypatch):
    monkeypatch.setattr(connection, "pg_version", 140_012, raising=False)

    (found,) = installation.database_answers(sound)

    assert str(found) == "dateline.E011: PostgreSQL is version 14; 15 or later is needed."


def test_pending_migrations_stop_serving(sound, monkeypatch):
    monkeypatch.setattr(installation, "pending_migrations", lambda: ["wire.0002_more", "x.0001"])

    (reason,) = installation.reasons_not_to_serve(sound)
    assert reason == (
        "dateline.E012: 2 migrations have not been run, the first is wire.0002_more. "
        "Run `dateline upgrade`, which makes a backup first."
    )


def test_an_esp_that_cannot_tell_is_told_of(sound):
    assert list(installation.esp_events(sound)) == []
    chosen = sound.model_copy(update={"mail_esp": "resend", "port": 8000})
    (found,) = installation.esp_events(chosen)

    assert (found.id, found.fatal) == ("dateline.W027", False)
    assert found.text.endswith("http://account.localhost:8000/mail/events/resend/")


def test_mail_that_stays_here_is_told_only_in_production(sound):
    assert list(installation.mail_host(sound)) == []
    (found,) = installation.mail_host(sound.model_copy(update={"scheme": "https"}))

    assert (found.id, found.fatal) == ("dateline.W013", False)


def test_a_mail_host_is_tried(sound, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as relay:
        settings.EMAIL_PORT = relay.getsockname()[1]
        assert list(installation.mail_host(sound)) == []

    (found,) = installation.mail_host(sound)

    assert found.text.startswith(f"the mail host 127.0.0.1:{settings.EMAIL_PORT} does not answer: ")


def test_names_that_lead_nowhere_are_told(sound, monkeypatch):
    a_masthead("post", host="post.example.test")
    asked = []

    def look_up(host, _port):
        asked.append(host)
        if host == "post.example.test":
            raise socket.gaierror("no such name")

    monkeypatch.setattr(installation.socket, "getaddrinfo", look_up)

    assert list(installation.host_names(sound)) == []
    elsewhere = sound.model_copy(update={"network_domain": "example.test"})
    (found,) = installation.host_names(elsewhere)

    assert asked == ["desk.example.test", "account.example.test", "post.example.test"]
    assert found.text == "the name post.example.test cannot be resolved. Add it to your DNS."


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({}, []),
        ({"TRUSTED_PROXIES": "0.0.0.0/0"}, ["dateline.E015"]),
        ({"TRUSTED_PROXIES": "10.0.0.0/8,::/0"}, ["dateline.E015"]),
        ({"SCHEME": "https"}, ["dateline.E016"]),
        ({"SCHEME": "https", "TRUSTED_PROXIES": "127.0.0.1"}, []),
        ({"BIND": "192.0.2.1"}, ["dateline.W017"]),
    ],
)
def test_unsafe_proxies_and_open_ports_are_told(given, ids):
    config = Config.read({f"DATELINE_{name}": value for name, value in given.items()})

    assert [found.id for found in installation.proxies(config)] == ids


def test_somebody_must_be_able_to_sign_in(sound):
    (found,) = installation.people(sound)
    assert found.text.startswith("nobody can administer the desk.")

    get_user_model().objects.create_superuser("ana@post.test", "x")

    assert list(installation.people(sound)) == []


@pytest.mark.parametrize(("address", "ids"), [("", []), ("http://127.0.0.1:1", ["dateline.W023"])])
def test_a_pretend_provider_outside_of_the_demo_is_pointed_at(tmp_path, address, ids):
    config = Config(data_dir=tmp_path, pretend_providers=address)

    found = list(installation.pretend_providers(config))

    assert [(one.id, one.fatal) for one in found] == [(one, False) for one in ids]


@pytest.mark.parametrize(("staff_mfa", "ids"), [("on", []), ("off", ["dateline.W022"])])
def test_a_desk_that_opens_with_a_password_alone_is_told(sound, staff_mfa, ids):
    config = sound.model_copy(update={"staff_mfa": staff_mfa})

    found = list(installation.second_step(config))

    assert [(one.id, one.fatal) for one in found] == [(one, False) for one in ids]


def test_addresses_name_every_site_the_accounts_and_the_desk(sound):
    a_masthead("post", name="The Harbour Post")

    assert installation.addresses(sound) == [
        "  The Harbour Post  http://post.localhost:8000/",
        "  Accounts          http://account.localhost:8000/",
        "  Desk              http://desk.localhost:8000/",
    ]


def test_the_command_says_what_is_wrong_and_fails(settings, sound, capsys):
    settings.CONFIG = sound.model_copy(
        update={"bind": "192.0.2.1", "data_dir": sound.data_dir / "x"}
    )

    with pytest.raises(SystemExit) as failed:
        call_command("check")

    out, err = capsys.readouterr()
    assert failed.value.code == 1
    assert "dateline.E008: there is no signing key in" in out
    assert "dateline.W017: the front listens on 192.0.2.1 without TLS" in out
    assert err.startswith("1 to put right, ")


def test_the_command_speaks_json_too(settings, sound, capsys):
    settings.CONFIG = sound

    call_command("check", json=True)

    found = json.loads(capsys.readouterr().out)
    assert "dateline.W018" in {one["id"] for one in found}
    assert not any(one["fatal"] for one in found)


def test_the_command_lists_settings_and_hides_the_key(settings, sound, capsys):
    settings.CONFIG = sound.model_copy(
        update={"secret_key": Config(secret_key="s" * 40).secret_key}
    )

    call_command("check", list_settings=True)

    out = capsys.readouterr().out
    assert "DATELINE_PORT=8000\n    Port that the front listens on." in out
    assert "DATELINE_SECRET_KEY=**********" in out
    assert "ssss" not in out


def test_over_https_the_code_is_held_to_more(settings, sound, capsys):
    settings.CONFIG = sound.model_copy(update={"scheme": "https"})

    with pytest.raises(SystemExit):
        call_command("check")

    assert "security.W012" in capsys.readouterr().out  # these settings were read for http


@pytest.fixture
def sound(tmp_path):
    config = Config(data_dir=tmp_path / "var")
    config.ensure_secret_key()
    return config
