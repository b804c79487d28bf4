"""No file of tests may leave rows: the next one on the same worker would read them, or another day.

A test is rolled back where it asks for the database. One that forgets to may still write, over the
connection that the test before it opened, and what a thread writes over its own stays, too. Asked
after the last test of a file, when its fixtures are gone; the file is named.
"""

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings

COUNTING = """
    SELECT group_concat(printf('SELECT %Q, count(*) FROM "%w"', name, name), ' UNION ALL ')
      FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
"""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    yield
    if nextitem is None or nextitem.path != item.path:
        rows = left_behind()
        assert not rows, f"{item.path.name} leaves rows behind: {rows}"


def left_behind():
    """Tables that hold another number of rows than a new installation's, and both numbers."""
    used, untouched = (settings.SCRATCH / f"{name}.sqlite3" for name in ("test", "migrated"))
    if not untouched.exists():
        return {}
    now, before = _rows(used), _rows(untouched)
    return {name: (before.get(name), rows) for name, rows in now.items() if rows != before[name]}


def _rows(file):
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        ((counts,),) = opened.execute(COUNTING)
        return dict(opened.execute(counts))
