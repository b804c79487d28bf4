"""Every engine, made for a test."""

from contextlib import contextmanager

import psycopg

from dateline.search.adapters.opensearch import OpenSearchEngine
from dateline.search.adapters.postgresql import PostgresEngine
from dateline.search.adapters.sqlite import SqliteEngine
from dateline.search.adapters.tantivy import TantivyEngine
from tests.project.postgres import PROGRAMS, cluster
from tests.search.opensearch_stub import serving

NAMES = ["sqlite", "tantivy", "opensearch", *(["postgresql"] if PROGRAMS else [])]


@contextmanager
def made(name, folder):
    """The engine of this name, empty; what it needs goes away again."""
    if name == "postgresql":
        with cluster() as server:
            yield PostgresEngine(lambda: cursor_on(server))
    elif name == "opensearch":
        with serving() as address:
            yield OpenSearchEngine(f"{address}/stories")
    else:
        yield {"sqlite": SqliteEngine, "tantivy": TantivyEngine}[name](folder)


@contextmanager
def cursor_on(server):
    """A cursor in a transaction on a test's own PostgreSQL."""
    there = {"host": server["HOST"], "user": server["USER"], "dbname": server["NAME"]}
    with psycopg.connect(**there) as connection, connection.cursor() as cursor:
        yield cursor
