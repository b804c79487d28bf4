"""One consistent copy of the database while others write to it, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, connections

from dateline.project.databases import TLS_OPTIONS

SQLITE_MEMBER = "database.sqlite3"
POSTGRES_MEMBER = "database.pgdump"


class DumpError(Exception):
    """The database could not be copied or put back; the text says why and what to do."""


def member() -> str:
    """The name that the copy has in a backup of this installation."""
    return SQLITE_MEMBER if connection.vendor == "sqlite" else POSTGRES_MEMBER


def dump(target: Path) -> dict[str, int]:
    """Copy the database to `target` as it is at one moment; return the rows of each table.

    Raises:
        DumpError: the copy is damaged, or the server's tool is missing or failed.

    """
    if connection.vendor == "sqlite":
        return dump_sqlite(Path(connection.settings_dict["NAME"]), target)
    return dump_postgres(connection.settings_dict, target)


def restore(source: Path, *, keep_in: Path) -> None:
    """Put a verified copy in the place of the database; the old one goes to `keep_in`.

    PostgreSQL replaces its tables in one transaction and keeps nothing. The caller has made sure
    that nobody else uses the database.

    Raises:
        DumpError: PostgreSQL's tool is missing or failed; the database is as it was.

    """
    connections.close_all()
    if connection.vendor == "sqlite":
        restore_sqlite(source, Path(connection.settings_dict["NAME"]), keep_in)
    else:
        restore_postgres(connection.settings_dict, source)


def dump_sqlite(database: Path, target: Path) -> dict[str, int]:
    """Copy with SQLite's online backup, in one step: one read transaction, no writer waits."""
    where = f"{database.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(where, uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # the one file is all of it
            result = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise DumpError(f"the database cannot be copied: {error}.") from error
        if result != "ok":
            raise DumpError(f"the copy of the database is damaged: {result}.")
        return rows_of_sqlite(copy)


def rows_of_sqlite(copy: sqlite3.Connection) -> dict[str, int]:
    """Table name → number of rows."""
    names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own
        for (name,) in names.fetchall()
        if not name.startswith("sqlite_")
    }


def restore_sqlite(source: Path, database: Path, keep_in: Path) -> None:
    """Move the old database files to `keep_in` and the copy into their place."""
    database.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        old = database.with_name(database.name + suffix)
        if old.exists():
            keep_in.mkdir(parents=True, exist_ok=True)
            shutil.move(old, keep_in / old.name)
    shutil.move(source, database)
    with closing(sqlite3.connect(database)) as restored:
        restored.execute("PRAGMA journal_mode=WAL")


def dump_postgres(options: Mapping[str, Any], target: Path) -> dict[str, int]:
    """Copy with pg_dump: one snapshot, no writer waits."""
    _run("pg_dump", options, "--format=custom", "--no-owner", f"--file={target}")
    return {}


def restore_postgres(options: Mapping[str, Any], source: Path) -> None:
    """Replace the tables with pg_restore, in one transaction."""
    _run(
        "pg_restore", options, "--clean", "--if-exists", "--no-owner", "--single-transaction",
        "--exit-on-error", str(source),
    )  # fmt: skip


def _run(tool: str, options: Mapping[str, Any], *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise DumpError(f"{tool} was not found. Install PostgreSQL's client programs.")
    where = [
        f"--{name}={options[key]}"
        for name, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER"))
        if options.get(key)
    ]
    done = subprocess.run(  # noqa: S603 - a fixed program; no shell reads the arguments
        [program, *where, f"--dbname={options['NAME']}", *arguments],
        env={**os.environ, **_libpq_environment(options)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DumpError(f"{tool} failed: {done.stderr.strip()}")


def _libpq_environment(options: Mapping[str, Any]) -> dict[str, str]:
    """The password, and what the address says of TLS: a copy travels as safely as a query."""
    asked = options.get("OPTIONS", {})
    tls = {
        f"PG{name.upper().replace('_', '')}": asked[name] for name in TLS_OPTIONS if name in asked
    }
    return {"PGPASSWORD": options.get("PASSWORD", "")} | tls
