"""Copying PostgreSQL and putting it back, with the real server and its own programs."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.db import connections

from dateline.project import dumps

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

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


def sql(server, text):
    done = subprocess.run(
        ["psql", "-XAtq", "-h", server["HOST"], "-U", server["USER"], "-d", server["NAME"], "-c", text],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def server():
    """A cluster of its own on a unix socket, as a user that is not root; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))  # pytest's own folders are root's only
    as_user = {"user": "postgres"} if os.getuid() == 0 else {}
    if as_user:
        shutil.chown(folder, "postgres")

    def run(program, *arguments):
        subprocess.run(
            [PROGRAMS[-1] / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **as_user,
        )

    data = folder / "data"
    run("initdb", "-D", data, "-U", "ana", "-A", "trust", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-o", options, "start")
    try:
        found = {"NAME": "network", "USER": "ana", "HOST": str(folder), "PORT": "", "PASSWORD": ""}
        sql(found | {"NAME": "postgres"}, "CREATE DATABASE network")
        yield found
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)
