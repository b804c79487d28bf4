"""Dateline runs a network of news sites from one place."""

import sqlite3
import sys

# Older SQLite can lose committed rows when two processes reset the write-ahead log at once.
SAFE_SQLITE = (3, 51, 3)


def _use_safe_sqlite() -> None:
    """Put `pysqlite3` in the place of `sqlite3` before Django looks, where that is safer.

    Runs in every process, because every process imports this package first. Where neither
    module is safe nothing is swapped: `dateline check` and `dateline serve` then say so.
    """
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    try:
        import pysqlite3  # noqa: PLC0415 - it has no wheel for every machine
        import pysqlite3.dbapi2  # noqa: PLC0415 - as above
    except ImportError:
        return
    if pysqlite3.sqlite_version_info >= SAFE_SQLITE:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_use_safe_sqlite()
