"""Settings: typed, explained, and never silently ignored."""

import stat

import pytest

from dateline.project import config as settings_of
from dateline.project.config import Config, ConfigError


def test_a_bare_environment_is_enough(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    config = Config.read({})

    assert config.data_dir == tmp_path / "var"
    assert config.database == f"sqlite:///{tmp_path}/var/dateline.sqlite3"
    assert config.intake == tmp_path / "var" / "intake"
    assert config.desk_host == "desk.localhost"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("DATELINE_NETWORK_DOMIAN", "Did you mean DATELINE_NETWORK_DOMAIN?"),
        ("DATELINE_PROT", "Did you mean DATELINE_PORT?"),
        ("DATELINE_XYZZY", "`dateline check --list-settings` lists all of them."),
    ],
)
def test_an_unknown_name_is_refused_with_a_suggestion(tmp_path, name, hint):
    with pytest.raises(ConfigError) as refused:
        Config.read({"DATELINE_DATA_DIR": str(tmp_path), name: "1"})

    assert str(refused.value) == f"dateline.E001: unknown setting {name}. {hint}"


def test_every_problem_is_told_at_once(tmp_path):
    with pytest.raises(ConfigError) as refused:
        Config.read(
            {
                "DATELINE_DATA_DIR": str(tmp_path),
                "DATELINE_PORT": "eighty",
                "DATELINE_TRUSTED_PROXIES": "10.0.0.0/8, nowhere",
                "DATELINE_EDGE_OUTER": "squid+http://127.0.0.1",
                "DATELINE_TIME_ZONE": "Mars/Olympus",
                "DATELINE_TYPO": "",
            }
        )

    typo, port, proxies, outer, zone = str(refused.value).split("\n")
    assert typo.startswith("dateline.E001: unknown setting DATELINE_TYPO.")
    assert port.startswith("dateline.E002: DATELINE_PORT is 'eighty': Input should be a valid int")
    assert port.endswith("It means: Port that the front listens on.")
    assert "'nowhere' does not appear to be an IPv4 or IPv6 network" in proxies
    assert "write one as varnish+http://127.0.0.1:6081" in outer
    assert "'Mars/Olympus' is no IANA time zone" in zone


def test_a_child_process_reads_the_very_same_configuration(tmp_path):
    config = Config.read(
        {
            "DATELINE_DATA_DIR": str(tmp_path),
            "DATELINE_TRUSTED_PROXIES": "10.0.0.0/8,::1",
            "DATELINE_SECRET_KEY": "k" * 40,
            "DATELINE_PUBLIC_PORT": "81",
            "DATELINE_SCHEME": "https",
            "DATELINE_EDGE_OUTER": "varnish+http://127.0.0.1:6081, null,",
        }
    )

    assert Config.read(config.environment()) == config
    assert Config(**config.model_dump()) == config
    assert config.edge_outer == ("varnish+http://127.0.0.1:6081", "null")
    assert config.edge_dir == tmp_path / "edge"


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ({}, "http://post.test:8000"),
        ({"DATELINE_PORT": "80"}, "http://post.test"),
        ({"DATELINE_PUBLIC_PORT": "81"}, "http://post.test:81"),
        ({"DATELINE_SCHEME": "https"}, "https://post.test"),
        ({"DATELINE_SCHEME": "https", "DATELINE_PUBLIC_PORT": "8443"}, "https://post.test:8443"),
    ],
)
def test_addresses_are_written_as_a_browser_writes_them(given, origin):
    assert Config.read(given).origin("post.test") == origin


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    config = Config.read({"DATELINE_DATA_DIR": str(tmp_path / "new")})
    assert config.stored_secret_key() is None

    key = config.ensure_secret_key()

    path = tmp_path / "new" / "secret-key"
    assert len(key) >= 48
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert config.ensure_secret_key() == config.stored_secret_key() == key


def test_a_key_in_the_environment_wins_over_the_file(tmp_path):
    config = Config.read({"DATELINE_DATA_DIR": str(tmp_path), "DATELINE_SECRET_KEY": "from-env"})

    assert config.ensure_secret_key() == "from-env"
    assert not (tmp_path / "secret-key").exists()


def test_what_setup_stored_is_read_and_the_environment_wins(tmp_path):
    settings_of.write_settings_file(
        tmp_path / "settings.env", {"DATELINE_PORT": "9000", "DATELINE_BIND": "127.0.0.2"}
    )

    config = Config.read({"DATELINE_DATA_DIR": str(tmp_path), "DATELINE_BIND": "127.0.0.3"})

    assert (config.port, config.bind) == (9000, "127.0.0.3")
    assert stat.S_IMODE((tmp_path / "settings.env").stat().st_mode) == 0o600


def test_a_stored_line_that_is_no_setting_is_named(tmp_path):
    (tmp_path / "settings.env").write_text("# mine\n\nDATELINE_PORT 9000\n")

    with pytest.raises(ConfigError) as refused:
        Config.read({"DATELINE_DATA_DIR": str(tmp_path)})

    where = tmp_path / "settings.env"
    assert str(refused.value) == f"dateline.E019: {where}, line 3: expected NAME=value."


def test_every_setting_says_in_one_sentence_what_it_means():
    for name, field in Config.model_fields.items():
        text = field.description or ""
        assert text.endswith((".", "headers are believed, with commas.")), name
        assert text[0].isupper() or text[0] == "`", name


WHOLE = {
    "DATELINE_FACEBOOK_APP_ID": "app",
    "DATELINE_FACEBOOK_APP_SECRET": "hunter2",
    "DATELINE_GOOGLE_CLIENT_ID": "client",
    "DATELINE_GOOGLE_CLIENT_SECRET": "hunter2",
    "DATELINE_APPLE_CLIENT_ID": "org.example.web",
    "DATELINE_APPLE_TEAM_ID": "TEAM",
    "DATELINE_APPLE_KEY_ID": "KEY",
    "DATELINE_OIDC_ISSUER": "https://id.example.org/",
    "DATELINE_OIDC_NAME": "Harbour ID",
    "DATELINE_OIDC_CLIENT_ID": "client",
    "DATELINE_OIDC_CLIENT_SECRET": "hunter2",
    "DATELINE_OIDC_HOSTS": "API.example.org, ",
}


def test_providers_to_log_in_with_are_those_that_are_set_up(tmp_path):
    key = tmp_path / "AuthKey_KEY.p8"
    key.write_text("PEM")
    data = {"DATELINE_DATA_DIR": str(tmp_path)}

    config = Config.read({**data, **WHOLE, "DATELINE_APPLE_KEY_FILE": str(key)})

    found = {one.key: one for one in config.login_providers()}
    assert list(found) == ["facebook", "google", "apple", "oidc"]
    assert found["apple"].private_key == "PEM"
    assert (found["oidc"].label, found["oidc"].issuer) == ("Harbour ID", "https://id.example.org/")
    assert found["oidc"].fetched == {"id.example.org", "api.example.org"}
    assert "hunter2" not in repr(config)
    assert Config.read(config.environment()) == config
    assert Config.read(data).login_providers() == ()


@pytest.mark.parametrize("left_out", sorted(WHOLE.keys() - {"DATELINE_OIDC_HOSTS"}))
def test_half_a_provider_is_an_error_that_names_the_other_half(tmp_path, left_out):
    key = tmp_path / "key"
    key.write_text("PEM")
    given = {name: value for name, value in WHOLE.items() if name != left_out}

    with pytest.raises(ConfigError) as refused:
        Config.read(
            {"DATELINE_DATA_DIR": str(tmp_path), "DATELINE_APPLE_KEY_FILE": str(key), **given}
        )

    assert str(refused.value).startswith(f"dateline.E024: {left_out} is missing")


def test_a_key_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="E024: DATELINE_APPLE_KEY_FILE"):
        Config.read(
            {**WHOLE, "DATELINE_DATA_DIR": str(tmp_path), "DATELINE_APPLE_KEY_FILE": "none"}
        )


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("DATELINE_PRETEND_PROVIDERS", "http://127.0.0.1:8001", True),
        ("DATELINE_PRETEND_PROVIDERS", "http://[::1]:8001", True),
        ("DATELINE_PRETEND_PROVIDERS", "http://192.0.2.1:8001", False),
        ("DATELINE_PRETEND_PROVIDERS", "http://localhost.evil.test", False),
        ("DATELINE_PRETEND_PROVIDERS", "ftp://127.0.0.1", False),
        ("DATELINE_PRETEND_PROVIDERS", "127.0.0.1", False),
        ("DATELINE_OIDC_ISSUER", "http://id.example.org", False),
        ("DATELINE_OIDC_ISSUER", "https:", False),
    ],
)
def test_providers_answer_by_https_or_on_this_machine(tmp_path, name, value, good):
    environ = {"DATELINE_DATA_DIR": str(tmp_path), name: value}
    if good:
        assert Config.read(environ).pretend_providers == value
        return

    with pytest.raises(ConfigError, match=f"E002: {name} is "):
        Config.read(environ)


@pytest.mark.parametrize("field", ["secret_key", "facebook_app_secret", "secret_key_fallbacks"])
def test_no_secret_is_printed_with_what_is_wrong(field):
    error = {"loc": (field,), "msg": "too odd"}

    assert "hunter2" not in settings_of._bad_value(Config, error, {field: "hunter2"})


def test_earlier_keys_are_still_believed(tmp_path):
    config = Config.read(
        {"DATELINE_SECRET_KEY_FALLBACKS": " one , two,", "DATELINE_DATA_DIR": str(tmp_path)}
    )

    assert config.earlier_keys() == ["one", "two"]
    assert Config.read({"DATELINE_DATA_DIR": str(tmp_path)}).earlier_keys() == []
