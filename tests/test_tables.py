"""A new SQLite database gets in one go what the migrations would have made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dateline import tables
from tests import database
from tools.save_tables import script_of

UNKNOWN = """INSERT INTO "django_migrations" VALUES(9999, 'wire', '0999_of_later', '2030-01-01');"""


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """An empty file as the default connection, and afterwards the one of the tests again."""
    kept = Path(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        database.use(tmp_path / "new.sqlite3")
        yield
        database.use(kept)


@pytest.fixture
def all_of_them(monkeypatch):
    """What `migrate` is left to do, and says."""
    said = []
    monkeypatch.setattr(tables, "call_command", lambda name, **_: said.append((name, pending())))
    return said


def pending():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@pytest.fixture
def migrated_script(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        template = database.migrated_template(database.ROOT / ".cache" / "tests")
    with closing(sqlite3.connect(template)) as file:
        return script_of(file)


def test_the_script_is_what_every_migration_leaves_behind(migrated_script):
    told = "Run `.venv/bin/python -m tools.save_tables`: the migrations say something else by now."
    assert migrated_script == tables.FIRST.read_text(encoding="utf-8"), told


def test_what_is_laid_reads_as_the_script_it_came_from(empty):
    assert tables.lay(tables.FIRST.read_text(encoding="utf-8")) is True

    assert script_of(connection.connection) == tables.FIRST.read_text(encoding="utf-8")


def test_an_empty_database_leaves_migrate_nothing_to_do(empty, all_of_them):
    tables.bring_up_to_date()

    assert all_of_them == [("migrate", [])]


def test_a_database_with_tables_is_only_migrated(empty, all_of_them):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_theirs (id integer)")

    tables.bring_up_to_date()

    assert connection.introspection.table_names() == ["of_theirs"]
    assert len(all_of_them[0][1]) > 200


def test_a_script_of_another_wagtail_leaves_the_database_empty(empty):
    assert tables.lay(tables.FIRST.read_text(encoding="utf-8") + UNKNOWN) is False

    assert connection.introspection.table_names() == []


def test_a_trigger_is_one_statement():
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c; END;"

    assert list(tables.statements(f"SELECT 1;\n{trigger}\n")) == ["SELECT 1;", trigger]
