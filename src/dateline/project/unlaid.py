"""A database in which nothing was ever laid: what a verb says instead of a stack trace."""

from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

STATUS = 2  # what was asked for is refused
WORDS = (
    "dateline.E012: the database is empty: nothing has been set up in it yet.\n"
    "Run `dateline setup`, which makes the tables, the signing key and the first account; "
    "or `dateline demo` for a look.\n"
)


def is_unlaid() -> bool:
    """Whether the database answers and has no tables of ours, or is a file that is not there.

    False where it does not answer: that is another trouble, with words of its own.
    """
    connection.close()  # it may stand in the transaction that failed
    try:
        return not MigrationRecorder(connection).has_table()
    except DatabaseError:
        return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()
