"""Copying PostgreSQL and putting it back, with the real server and its own programs."""

import pytest
from django.db import connections

from dateline.project import dumps
from tests.project.postgres import PROGRAMS, cluster, sql

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed"),
]


def test_rows_come_back_and_what_was_added_since_is_gone(server, tmp_path, monkeypatch):
    default = connections["default"]  # the proxy forgets what it had
    monkeypatch.setattr(default, "vendor", "postgresql")
    monkeypatch.setattr(default, "settings_dict", server)
    sql(server, "CREATE TABLE story (id int primary key); INSERT INTO story VALUES (1), (2)")

    assert dumps.dump(tmp_path / "copy") == {}
    sql(server, "DELETE FROM story WHERE id = 1; INSERT INTO story VALUES (3)")
    dumps.restore(tmp_path / "copy", keep_in=tmp_path / "unused")

    assert dumps.member() == "database.pgdump"
    assert sql(server, "SELECT string_agg(id::text, ',' ORDER BY id) FROM story") == "1,2"
    assert not (tmp_path / "unused").exists()


def test_a_copy_that_is_damaged_changes_nothing(server, tmp_path):
    sql(server, "CREATE TABLE story (id int primary key); INSERT INTO story VALUES (1)")
    (tmp_path / "copy").write_bytes(b"PGDMP and then nothing")

    with pytest.raises(dumps.DumpError, match="pg_restore failed: "):
        dumps.restore_postgres(server, tmp_path / "copy")

    assert sql(server, "SELECT count(*) FROM story") == "1"


def test_a_database_that_is_not_there_is_told(server, tmp_path):
    with pytest.raises(dumps.DumpError, match=r'pg_dump failed: .*"nowhere" does not exist'):
        dumps.dump_postgres(server | {"NAME": "nowhere"}, tmp_path / "copy")


@pytest.fixture
def server():
    with cluster() as running:
        yield running
