"""Backup of what runs, restore onto what stands still, upgrade with a way back."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, connections

from dateline import tables
from dateline.edge import queries
from dateline.edge.adapters.ledger import Ledger
from dateline.project import backups, dumps, installation, restored
from dateline.project.backups import BackupError
from dateline.project.config import Config
from dateline.project.serve import CannotServe, only_one
from tests.project.conftest import install, wait_until

# A row names a file that was there before it, and stands in two tables or in none.
WRITER = """
import dateline, pathlib, sqlite3, sys
folder = pathlib.Path(sys.argv[1])
database = sqlite3.connect(folder / "dateline.sqlite3", timeout=20, isolation_level=None)
number = 0
while True:
    number += 1
    (folder / "media" / f"{number}.jpg").write_bytes(b"%d" % number * 500)
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO tally_one VALUES (?)", (number,))
    database.execute("INSERT INTO tally_two VALUES (?)", (number,))
    database.execute("COMMIT")
"""


def test_rows_and_files_come_back_on_an_empty_machine(here, point_at):
    person = get_user_model().objects.create_superuser("ana@post.test", "x")
    write(here.data_dir / "media" / "a.jpg", b"picture")
    write(here.data_dir / "raw" / "kna" / "1.xml", b"<raw/>")
    write(here.data_dir / "static" / "left-out.css", b"")
    (here.data_dir / "media" / "link.jpg").symlink_to("a.jpg")

    made = backups.back_up(here)

    there = point_at(here.data_dir.parent / "there")
    manifest = backups.restore(there, made.path)
    assert get_user_model().objects.get().pk == person.pk
    assert connection.cursor().execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert manifest.rows["accounts_user"] == 1
    assert (there.data_dir / restored.MARK).exists()
    assert files_of(there) == files_of(here) == {"media/a.jpg", "raw/kna/1.xml", "secret-key"}
    assert there.stored_secret_key() == here.stored_secret_key()
    assert stat.S_IMODE((there.data_dir / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert str(made).startswith(f"{made.path}: ")
    assert str(made).endswith(" rows and 3 files, every hash read back.")


def test_pages_of_the_rows_that_were_replaced_are_never_served_again(here, settings):
    """A page stored after the backup was made may show what is no longer so, or no longer there."""
    settings.DATELINE_EDGE_DIR = here.edge_dir
    settings.DATELINE_EDGE_OUTER = ("null",)
    counters = queries.open_counters(here.edge_dir)
    start = counters.sequence()
    made = backups.back_up(here)

    backups.restore(here, made.path, force=True)

    assert not any(file.path.startswith("files/edge/") for file in made.manifest.files)
    assert counters.taken_away()
    again = queries.open_counters(here.edge_dir)
    assert not again.floor() <= start <= again.sequence()
    (purge,) = Ledger(here.edge_dir).newest(5)  # caches in front hear of it too
    assert (purge.tags, purge.mode, purge.cause) == (("r:code",), "gone", "a backup was restored")


def test_a_backup_while_others_write_is_whole(here, point_at):
    with closing(sqlite3.connect(here.data_dir / "dateline.sqlite3")) as database:
        database.execute("CREATE TABLE tally_one (number)")
        database.execute("CREATE TABLE tally_two (number)")
    (here.data_dir / "media").mkdir()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(here.data_dir)])
    try:
        wait_until((here.data_dir / "media" / "20.jpg").exists)
        made = [backups.back_up(here, here.data_dir.parent / f"{n}.tar") for n in range(3)]
    finally:
        writer.kill()
        writer.wait()

    for number, one in enumerate(made):
        there = point_at(here.data_dir.parent / f"there-{number}")
        backups.restore(there, one.path)
        with closing(sqlite3.connect(there.data_dir / "dateline.sqlite3")) as database:
            first = [row[0] for row in database.execute("SELECT number FROM tally_one")]
            second = [row[0] for row in database.execute("SELECT number FROM tally_two")]
        assert first == second == list(range(1, len(first) + 1))
        assert len(first) == one.manifest.rows["tally_one"] >= 19
        for row in first:
            assert (there.data_dir / "media" / f"{row}.jpg").read_bytes() == b"%d" % row * 500


def test_a_backup_is_never_written_over(here):
    write(here.data_dir.parent / "b.tar", b"mine")

    with pytest.raises(BackupError, match=r"b\.tar exists already\. Name another file\."):
        backups.back_up(here, here.data_dir.parent / "b.tar")


def test_a_folder_is_a_place_to_name_it_in(here):
    made = backups.back_up(here, here.data_dir.parent)

    assert made.path.parent == here.data_dir.parent
    assert made.path.name.startswith("dateline-20")


def test_a_backup_that_does_not_read_back_is_none(here, monkeypatch):
    monkeypatch.setattr(backups.archives, "verify", lambda _: None)

    with pytest.raises(BackupError, match="does not hold what was written to it"):
        backups.back_up(here)


def test_a_backup_that_fails_leaves_nothing_behind(here, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.archives, "add", full)

    with pytest.raises(BackupError, match=r"no backup was made: .*No space left on device"):
        backups.back_up(here)

    assert list((here.data_dir / "backups").iterdir()) == []


def test_a_file_that_vanishes_meanwhile_is_left_out(here, monkeypatch):
    (here.data_dir / "intake").mkdir()
    (here.data_dir / "intake" / "taken.xml").write_bytes(b"x")
    add = backups.archives.add

    def taken_in(archive, name, source):
        if name.endswith("taken.xml"):
            source.unlink()
        return add(archive, name, source)

    monkeypatch.setattr(backups.archives, "add", taken_in)

    assert [file.path for file in backups.back_up(here).manifest.files] == ["secret-key"]


def test_a_database_copy_that_vanishes_is_told(here, monkeypatch):
    monkeypatch.setattr(backups.archives, "add", lambda *_: None)

    with pytest.raises(BackupError, match="vanished while it was read"):
        backups.back_up(here)


def test_a_damaged_database_makes_no_backup(here):
    connections.close_all()
    database = here.data_dir / "dateline.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\x55" * 4096 * 6
    database.write_bytes(content)

    with pytest.raises(BackupError, match=r"no backup was made: the (copy of the )?database"):
        backups.back_up(here)


def test_what_is_no_database_makes_no_backup(here):
    connections.close_all()
    (here.data_dir / "dateline.sqlite3").write_bytes(b"this is no database" * 400)

    with pytest.raises(BackupError, match="the database cannot be copied"):
        backups.back_up(here)


def test_restore_refuses_a_folder_that_is_not_empty(here):
    made = backups.back_up(here)

    with pytest.raises(BackupError, match=r"is not empty \(secret-key\).*add --force"):
        backups.restore(here, made.path)


def test_forced_it_keeps_what_was_there(here):
    made = backups.back_up(here)
    write(here.data_dir / "media" / "later.jpg", b"later")
    get_user_model().objects.create_user("later@post.test", "x")

    backups.restore(here, made.path, force=True)

    assert get_user_model().objects.count() == 0
    assert files_of(here) == {"secret-key"}
    (kept,) = here.data_dir.glob("before-restore-*")
    assert (kept / "media" / "later.jpg").read_bytes() == b"later"
    with closing(sqlite3.connect(kept / "dateline.sqlite3")) as old:
        assert old.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)
    again = backups.back_up(here, here.data_dir.parent / "again.tar")
    assert again.manifest.rows == made.manifest.rows


def test_a_backup_that_was_changed_replaces_nothing(here):
    made = backups.back_up(here)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)

    with pytest.raises(BackupError, match="nothing was restored: "):
        backups.restore(here, made.path, force=True)

    assert here.stored_secret_key()
    assert get_user_model().objects.count() == 0
    assert not [path for path in here.data_dir.iterdir() if "restor" in path.name]


def test_a_backup_of_another_kind_of_database_is_refused(here, monkeypatch):
    made = backups.back_up(here)
    monkeypatch.setattr(connection, "vendor", "postgresql")

    with pytest.raises(BackupError, match="is of sqlite, this installation uses postgresql"):
        backups.restore(here, made.path, force=True)


def test_nothing_is_restored_under_a_running_server(here):
    made = backups.back_up(here)

    with only_one(here), pytest.raises(CannotServe, match="is in use by process"):
        backups.restore(here, made.path, force=True)


def test_an_upgrade_makes_a_backup_first(here):
    call_command("migrate", "project", "zero", verbosity=0)
    said = []

    backups.upgrade(here, said.append)

    assert installation.pending_migrations() == []
    (backup,) = (here.data_dir / "backups").iterdir()
    assert said[0].startswith(f"Backup: {backup}: ")
    assert said[1] == f"If the upgrade fails: dateline restore --force {backup}"
    assert said[2:] == [
        "Running 1 migrations, the first is project.0001_initial.",
        "The database is up to date.",
    ]


def test_an_upgrade_with_nothing_to_do_does_nothing(here):
    said = []

    backups.upgrade(here, said.append)

    assert said == ["The database is up to date."]
    assert not (here.data_dir / "backups").exists()


def test_an_empty_database_needs_no_backup(here, point_at, monkeypatch):
    there = point_at(here.data_dir.parent / "there")
    ran = []
    monkeypatch.setattr(tables, "bring_up_to_date", lambda: ran.append("tables"))

    backups.upgrade(there, lambda _: None)

    assert ran == ["tables"]
    assert not (there.data_dir / "backups").exists()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert backups._entries(Config(data_dir=tmp_path / "none")) == []


def test_the_commands_tell_the_operator(here, settings, capsys, monkeypatch):
    settings.CONFIG = here
    path = here.data_dir.parent / "b.tar"

    call_command("backup", str(path))
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(path))
    with pytest.raises(CommandError, match="is not empty") as refused:
        call_command("restore", str(path))
    with only_one(here), pytest.raises(CommandError, match=r"dateline\.E021"):
        call_command("restore", str(path))
    call_command("upgrade")
    call_command("restore", str(path), force=True)
    monkeypatch.setattr(installation, "pending_migrations", lambda: ["x.0001"])
    call_command("restore", str(path), force=True)
    monkeypatch.setattr(backups, "back_up", lambda *_: _fail())
    with pytest.raises(CommandError, match="the disk is full"):
        call_command("upgrade")

    out = capsys.readouterr().out
    assert refused.value.returncode == 2
    assert out.count(" files of 20") == 2
    assert "1 migrations are to be run: `dateline upgrade`." in out


def test_without_its_programs_postgresql_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(dumps.shutil, "which", lambda _: None)

    with pytest.raises(
        dumps.DumpError, match=r"pg_dump was not found\. Install PostgreSQL's client"
    ):
        dumps.dump_postgres({"NAME": "x"}, tmp_path / "x")


def test_a_copy_of_postgresql_travels_as_safely_as_a_query(monkeypatch, tmp_path):
    tool = tmp_path / "pg_dump"
    tool.write_text('#!/bin/sh\necho "$PGSSLMODE $PGCHANNELBINDING $PGPASSWORD" > "$0.told"\n')
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    options = {"sslmode": "verify-full", "channel_binding": "require", "connect_timeout": 5}

    dumps.dump_postgres({"NAME": "n", "PASSWORD": "p", "OPTIONS": options}, tmp_path / "copy")

    assert (tmp_path / "pg_dump.told").read_text() == "verify-full require p\n"


def _fail():
    raise BackupError("the disk is full")


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def files_of(config):
    """What a restored folder must hold again, without the database."""
    return {path.relative_to(config.data_dir).as_posix() for path in backups._files(config)}


@pytest.fixture
def here(point_at, tmp_path, migrated):
    install(tmp_path / "here")
    return point_at(tmp_path / "here")


@pytest.fixture
def point_at(django_db_blocker, monkeypatch):
    """Let the default connection use the database of another data folder, for this test."""
    before = connection.settings_dict["NAME"]

    def _point_at(data_dir):
        connections.close_all()
        data_dir.mkdir(exist_ok=True)
        connection.settings_dict["NAME"] = str(data_dir / "dateline.sqlite3")
        return Config(data_dir=data_dir)

    with django_db_blocker.unblock():
        yield _point_at
        connections.close_all()
    connection.settings_dict["NAME"] = before
