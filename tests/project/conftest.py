"""Installations in folders of their own, and real servers on free ports."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from dateline.project.config import Config
from dateline.project.processes import alive


def wait_until(true, seconds=120.0, what="it"):
    """Wait for a condition, not for a time; what a dead process said is in the message."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what} did not happen in time"
        time.sleep(0.02)


class Serving:
    """One `dateline serve` with what it printed, its processes, and a way to ask it."""

    def __init__(self, environment, log):
        self.log = log
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dateline", "serve"],
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def wait_ready(self):
        def ready():
            assert self.process.poll() is None, self.said()
            return "Dateline is running." in self.said()

        wait_until(ready, what=f"serving in {self.log.parent}")
        self.port = int(re.search(r"desk\.localhost:(\d+)/", self.said())[1])
        return self

    def wait_for_page(self):
        """The front waits for a renderer, but a busy machine takes longer to start one.

        A page of the account host: readers' pages come from the cache even while nothing renders.
        """
        wait_until(
            lambda: self.ask("/login/", host="account.localhost")[0].status == 200, what="a page"
        )

    def said(self):
        return self.log.read_text()

    def pid_of(self, name):
        """The newest process of this name that the log tells of."""
        return int(re.findall(rf"(?:started|reloaded) .*pid=(\d+) process={name}", self.said())[-1])

    def workers(self):
        """Processes below Granian's main process."""
        return children_of(self.pid_of("render"))

    def everything(self):
        direct = children_of(self.process.pid)
        return [*direct, *(pid for parent in direct for pid in children_of(parent))]

    def ask(self, path="/", *, host="localhost", method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, headers={"Host": host, **headers})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(120)


def children_of(pid):
    """Process ids whose parent is `pid`."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def environment_of(data_dir, **settings):
    """The environment of a process of the installation in `data_dir`."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("DATELINE_", "DJANGO_"))}
    given = {"DATA_DIR": data_dir, "PORT": 0, "RENDER_PROCESSES": 1, **settings}
    return kept | {f"DATELINE_{name}": str(value) for name, value in given.items()}


def install(data_dir):
    """A migrated database and a key in `data_dir`: what `dateline setup` makes, at once."""
    data_dir.mkdir(parents=True)
    Config(data_dir=data_dir).ensure_secret_key()
    shutil.copyfile(settings.SCRATCH / "migrated.sqlite3", data_dir / "dateline.sqlite3")
    return data_dir


def dateline(data_dir, *arguments, given="", **settings):
    """Run one `dateline` command to its end, as an operator would."""
    return subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        env=environment_of(data_dir, **settings),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def all_gone(pids):
    """Wait until none of these processes runs any more."""
    wait_until(lambda: not any(alive(pid) for pid in pids), what=f"the end of {pids}")


@pytest.fixture(scope="session")
def migrated(django_db_setup):
    """Makes sure that the template of a migrated database is there."""


@pytest.fixture
def installation(tmp_path, migrated):
    """A data folder that is ready to serve."""
    return install(tmp_path / "var")


@pytest.fixture
def start(tmp_path):
    """Start `dateline serve` on a data folder; whatever is left is killed at the end."""
    started = []

    def _start(data_dir, **settings):
        log = tmp_path / f"serve-{len(started)}.log"
        started.append(Serving(environment_of(data_dir, **settings), log))
        return started[-1]

    yield _start
    for serving in started:
        if serving.process.poll() is None:
            serving.stop()
