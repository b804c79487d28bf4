"""A PostgreSQL of a test's own: a cluster on a unix socket in a folder that goes with it."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
AS_USER = {"user": "postgres"} if os.getuid() == 0 else {}


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


def sql(server, text):
    """What psql prints for one statement, without headers."""
    done = subprocess.run(
        ["psql", "-XAtq", "-h", server["HOST"], "-U", server["USER"], "-d", server["NAME"], "-c", text],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
