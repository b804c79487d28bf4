"""A PostgreSQL of a test's own: a cluster on a unix socket in a folder that goes with it."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests import database
from tests.project.conftest import dateline
from tests.uncounted import not_counted

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
AS_USER = {"user": "postgres"} if os.getuid() == 0 else {}
CACHE = database.ROOT / ".cache" / "tests"


@contextmanager
def cluster():
    """A running server with an empty database, as Django's settings name it; no password, no port.

    It runs as a user that is not root, who may not read pytest's own folders.
    """
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    if AS_USER:
        shutil.chown(folder, "postgres")
    run("initdb", "-D", folder / "data", "-U", "ana", "-A", "trust", "--no-sync")
    begin(folder)
    try:
        found = {"NAME": "network", "USER": "ana", "HOST": str(folder), "PORT": "", "PASSWORD": ""}
        sql(found | {"NAME": "postgres"}, "CREATE DATABASE network")
        yield found
    finally:
        end(folder)
        shutil.rmtree(folder)


@contextmanager
def migrated_cluster(data_dir):
    """A `cluster` whose database has every migration, for an installation in `data_dir`.

    Two hundred migrations take half a minute; what they leave behind is kept, and read back in two
    seconds.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    kept = CACHE / f"postgres-{database.fingerprint()}.dump"
    with cluster() as server, (CACHE / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = ["-h", server["HOST"], "-U", server["USER"], "-d", server["NAME"]]
        if kept.exists():
            client("pg_restore", *there, "--no-owner", kept)
        else:
            with not_counted():
                done = dateline(
                    data_dir, "migrate", "--verbosity", "0", DATABASE_URL=address_of(server)
                )
            assert done.returncode == 0, done.stderr
            for old in CACHE.glob("postgres-*"):
                old.unlink()
            unfinished = kept.with_suffix(".unfinished")
            client("pg_dump", *there, "--format=custom", "--file", unfinished)
            unfinished.rename(kept)
        fcntl.flock(lock, fcntl.LOCK_UN)
        yield server


def address_of(server):
    """The server's database as DATELINE_DATABASE_URL names it."""
    return f"postgresql://{server['USER']}@/{server['NAME']}?host={server['HOST']}"


@contextmanager
def stopped(server):
    """The server of `cluster` is not there meanwhile."""
    folder = Path(server["HOST"])
    end(folder)
    try:
        yield
    finally:
        begin(folder)


def begin(folder):
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    run("pg_ctl", "-D", folder / "data", "-w", "-o", options, "start")


def end(folder):
    run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


def run(program, *arguments):
    subprocess.run(
        [PROGRAMS[-1] / program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **AS_USER,
    )


def client(program, *arguments):
    subprocess.run([PROGRAMS[-1] / program, *arguments], check=True, stdout=subprocess.DEVNULL)


def sql(server, text):
    """What psql prints for one statement, without headers."""
    done = subprocess.run(
        ["psql", "-XAtq", "-h", server["HOST"], "-U", server["USER"], "-d", server["NAME"], "-c", text],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
