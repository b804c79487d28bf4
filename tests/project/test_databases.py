"""Database URLs, and the rules that keep rows safe on SQLite."""

import sqlite3
import time

import pytest
from django.db import connections
from django.db.utils import load_backend

from dateline import SAFE_SQLITE
from dateline.project import databases
from dateline.project.config import ConfigError
from tests.project.postgres import PROGRAMS, address_of, cluster, stopped

# What Django fills in for an entry of DATABASES.
FILLED = {"TIME_ZONE": None, "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True}


def test_postgresql_takes_its_parts_from_the_url():
    settings = databases.settings_for("postgresql://ana:p%40ss@db.test:6432/network")

    assert settings["ENGINE"] == "dateline.project.postgresql"
    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("network", "ana", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.test", "6432")
    assert (settings["CONN_HEALTH_CHECKS"], settings["CONN_MAX_AGE"]) == (False, 0)


@pytest.mark.stack
@pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed")
def test_a_pool_of_dead_connections_keeps_nobody_waiting():
    with cluster() as server:
        settings = databases.settings_for(address_of(server))
        wrapper = load_backend(settings["ENGINE"]).DatabaseWrapper
        asked = [wrapper(FILLED | settings, "default") for _ in range(4)]
        pool = asked[0].pool
        try:
            for one in asked:
                one.ensure_connection()  # all at once: each has one of its own
            for one in asked:
                one.close()
            assert pool.get_stats()["pool_size"] == 4
            with stopped(server):
                pass

            began = time.monotonic()
            for one in asked:
                one.ensure_connection()
            assert [one.is_usable() for one in asked] == [True] * 4
            assert time.monotonic() - began < databases.PATIENCE_S / 2
        finally:
            for one in asked:
                one.close()
            asked[0].close_pool()


@pytest.mark.parametrize("url", ["sqlite:////srv/a.sqlite3", "postgresql://ana@db.test/network"])
def test_who_waits_for_a_page_waits_five_seconds_for_the_database_and_no_longer(url):
    settings = databases.settings_for(url)
    databases.for_a_renderer(settings)

    options = settings["OPTIONS"]
    patience = options["timeout"] if "timeout" in options else options["pool"]["timeout"]
    assert patience == options.get("connect_timeout", 5) == 5


def test_work_behind_the_scenes_waits_its_turn_longer():
    settings = databases.settings_for("sqlite:////srv/a.sqlite3")
    databases.for_a_renderer(databases.settings_for("sqlite:////srv/b.sqlite3"))

    assert settings["OPTIONS"]["timeout"] == 20


def test_postgresql_may_be_behind_a_unix_socket():
    settings = databases.settings_for("postgres:///network?host=/run/postgresql")

    assert (settings["NAME"], settings["HOST"], settings["PORT"]) == (
        "network", "/run/postgresql", "",
    )  # fmt: skip


def test_what_an_address_says_of_tls_is_done():
    settings = databases.settings_for(
        "postgresql://ana@db.test/network?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    )

    options = settings["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")


def test_what_an_address_says_in_vain_is_refused():
    with pytest.raises(ConfigError, match=r"^dateline\.E003: .* says sslmod, which is not known"):
        databases.settings_for("postgresql://ana@db.test/network?sslmod=verify-full")


def test_sqlite_takes_an_absolute_path():
    assert databases.settings_for("sqlite:////srv/a%20b.sqlite3")["NAME"] == "/srv/a b.sqlite3"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite://", "dateline.E003: DATELINE_DATABASE_URL names no file."),
        ("mysql://x/y", "dateline.E003: DATELINE_DATABASE_URL begins with 'mysql'."),
    ],
)
def test_other_databases_are_refused(url, message):
    with pytest.raises(ConfigError) as refused:
        databases.settings_for(url)

    assert str(refused.value).startswith(message)


def test_sqlite_is_safe_durable_and_waits_its_turn(connection):
    def pragma(name):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    assert sqlite3.sqlite_version_info >= SAFE_SQLITE
    assert connection.Database.sqlite_version_info >= SAFE_SQLITE
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("mmap_size") == 0
    assert pragma("foreign_keys") == 1
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.fixture
def connection(tmp_path, db):
    """A connection as an installation has it, not as tests do."""
    settings = databases.settings_for(f"sqlite:///{tmp_path}/dateline.sqlite3")
    backend = load_backend(settings["ENGINE"])
    made = backend.DatabaseWrapper(
        {**connections["default"].settings_dict, **settings}, "installed"
    )
    yield made
    made.close()
