"""The files of deploy/ name commands, settings and addresses that exist."""

import configparser
import re
from pathlib import Path

import pytest

from dateline.__main__ import VERBS
from dateline.project import installation
from dateline.project.config import PREFIX, Config, read_settings_file

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def test_the_settings_can_be_read_and_their_proxies_are_safe():
    values = read_settings_file(DEPLOY / "dateline.env")

    config = Config.read(values)

    assert set(values) <= set(Config.names())
    assert (config.scheme, config.bind) == ("https", "127.0.0.1")
    assert list(installation.proxies(config)) == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_run_a_verb_as_nobody_special(unit):
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    service = parser["Service"]

    verb = re.fullmatch(r"\S+/dateline (\w+)", service["ExecStart"])[1]
    assert verb in VERBS
    assert service["User"] == "dateline"
    assert service["NoNewPrivileges"] == "true"
    data_dir = read_settings_file(DEPLOY / "dateline.env")[f"{PREFIX}DATA_DIR"]
    assert service["ReadWritePaths"] == data_dir


def test_the_service_reloads_by_the_signal_that_serve_listens_to():
    text = (DEPLOY / "systemd" / "dateline.service").read_text()

    assert "ExecReload=/bin/kill -HUP $MAINPID" in text
    assert "KillMode=mixed" in text


@pytest.mark.parametrize("name", ["nginx/dateline.conf", "caddy/Caddyfile"])
def test_proxies_lead_to_the_front_and_pass_the_host_on(name):
    text = (DEPLOY / name).read_text()

    assert "127.0.0.1:8000" in text
    assert text.count("{") == text.count("}")
    assert "DATELINE_TRUSTED_PROXIES" in text


def test_nginx_replaces_what_a_client_claims():
    text = (DEPLOY / "nginx" / "dateline.conf").read_text()

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "proxy_set_header Host $http_host;" in text
    assert re.search(r"proxy_pass http://dateline;", text)  # no path: nothing is decoded
