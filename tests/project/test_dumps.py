"""Copies of a SQLite database: nothing that is damaged passes for a backup."""

import sqlite3
from contextlib import closing

import pytest

from dateline.project import dumps

ROWS = 2_000


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "a.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE story(number, text)")
        made.execute("CREATE INDEX by_number ON story(number)")
        made.executemany("INSERT INTO story VALUES (?, ?)", [(n, "x" * 50) for n in range(ROWS)])
        made.commit()
    return path


def test_a_copy_counts_the_rows_it_holds(database, tmp_path):
    assert dumps.dump_sqlite(database, tmp_path / "copy") == {"story": ROWS}


def test_a_damage_that_can_be_copied_is_found_in_the_copy(database, tmp_path):
    with closing(sqlite3.connect(database)) as damaged:
        damaged.execute("PRAGMA writable_schema=ON")
        # The index is said to be one of `text`, and holds what was in `number`.
        damaged.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX by_number ON story(text)'"
            " WHERE name = 'by_number'"
        )
        damaged.commit()

    with pytest.raises(dumps.DumpError, match="the copy of the database is damaged: "):
        dumps.dump_sqlite(database, tmp_path / "copy")
