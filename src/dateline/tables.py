"""The tables of the database: laid in one go where there are none yet, migrated where there are."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FIRST = Path(__file__).with_name("tables.sql")


def bring_up_to_date() -> None:
    """Run the migrations that are missing. On an empty SQLite database most have been run before.

    Two hundred migrations take half a minute, nearly all of it spent on models that no longer are.
    What they leave behind is kept in tables.sql, which a test holds against them.
    """
    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        lay(FIRST.read_text(encoding="utf-8"))
    call_command("migrate", interactive=False, verbosity=0)


def lay(script: str) -> bool:
    """Run a script of tables on the empty database, or leave it empty and return False.

    It is left empty where the script holds a migration that the installed packages do not know: a
    Wagtail of another version, which only its own migrations describe.
    """
    known = MigrationLoader(None).disk_migrations or {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements(script):
            cursor.execute(statement)
        if known.keys() >= MigrationRecorder(connection).applied_migrations().keys():
            return True
        transaction.set_rollback(True)
    return False


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one; a trigger holds semicolons of its own."""
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement(text := "\n".join(lines)):
            yield text
            lines = []
