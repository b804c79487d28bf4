"""Write src/dateline/tables.sql anew: what the migrations leave behind in an empty database.

Run after adding a migration or taking a new Wagtail: .venv/bin/python -m tools.save_tables
"""

import os
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator

KINDS = ("table", "index", "trigger")  # the order in which they can be made
MIGRATIONS = "django_migrations"
SAME_AS = "translation_key"  # Wagtail draws it at random; the file must come out the same each time


def main() -> None:
    """Run every migration in a throw-away place and keep what they made."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATELINE_DATA_DIR"] = scratch
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
        import django
        from django.core.management import call_command
        from django.db import connection

        from dateline import tables

        django.setup()
        call_command("migrate", verbosity=0)
        script = script_of(connection.connection)
    tables.FIRST.write_text(script, encoding="utf-8")
    print(f"{tables.FIRST}: {len(script):,} characters")


def script_of(database: sqlite3.Connection) -> str:
    """The script that makes the tables, indexes, triggers and rows of a migrated database.

    Each migration is said to have run when the script is run. What a full-text index keeps in
    tables of its own is left out: SQLite makes them with the index.
    """
    parts = [f"{sql};" for sql in _definitions(database)]
    for name in _names(database):
        parts += _rows(database, name)
    return "\n".join(parts) + "\n"


def _definitions(database: sqlite3.Connection) -> Iterator[str]:
    known = "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY name"
    names = set(_names(database))
    for kind in KINDS:
        for name, sql in database.execute(known, (kind,)):
            if kind != "table" or name in names or sql.startswith("CREATE VIRTUAL"):
                yield sql


def _names(database: sqlite3.Connection) -> list[str]:
    """The tables that hold rows of ours, by name."""
    # "shadow" and "virtual" are SQLite's words for the inside and the face of a full-text index.
    listed = database.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in listed]


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    values = ", ".join(f'quote("{column}")' for column in columns)
    for row in database.execute(f'SELECT {values} FROM "{table}" ORDER BY rowid'):
        settled = [_settled(table, *pair, row[0]) for pair in zip(columns, row, strict=True)]
        yield f'INSERT INTO "{table}" VALUES({", ".join(settled)});'


def _settled(table: str, column: str, value: str, key: str) -> str:
    if table == MIGRATIONS and column == "applied":
        return "CURRENT_TIMESTAMP"
    if column == SAME_AS:
        return f"'{uuid.uuid5(uuid.NAMESPACE_URL, f'{table}/{key}').hex}'"
    return value


if __name__ == "__main__":
    main()
