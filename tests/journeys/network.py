"""The demo network as journeys need it: seeded once, copied, served on a free port."""

import contextlib
import fcntl
import hashlib
import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.varnishd import Varnishd, free_port

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "tests"
KEPT = 2  # older seeds are dropped
PASSWORD = "dateline"
# Whatever o'clock it is: a letter comes by itself only where a journey asks for one.
NO_MORNING = "UPDATE newsletters_recipe SET started_at = datetime('now', '+2 days')"


def wait_until(found, seconds=120.0, what="it"):
    """Ask again until `found` returns something true, and return that."""
    deadline = time.monotonic() + seconds
    while True:
        if answer := found():
            return answer
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.02)


class Network:
    """A running `dateline demo` in a data folder of its own."""

    def __init__(self, data_dir, **settings):
        self.data_dir = data_dir
        self.log = data_dir.parent / "serve.log"
        with self.log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dateline", "demo"],
                env=environment(data_dir) | settings,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until(self._is_ready, 180, what=f"a running network in {data_dir}")
        except AssertionError:
            self.stop()
            raise
        self.port = int(re.search(r"desk\.localhost:(\d+)/", self.said())[1])

    def _is_ready(self):
        assert self.process.poll() is None, self.said()
        return "Dateline is running." in self.said()

    def said(self):
        return self.log.read_text()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(120) == 0, self.said()

    def url(self, host, path="/"):
        """`musashi`, `/world/` as an address of this network."""
        return f"http://{host}.localhost:{self.port}{path}"

    def ask(self, host, path="/", **headers):
        """Status, headers and body of a page, asked without a browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", path, headers={"Host": f"{host}.localhost", **headers})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def text(self, host, path="/"):
        status, _, body = self.ask(host, path)
        assert status == 200, f"{host}{path} answers {status}"
        return body.decode()

    def drop(self, provider, name, data):
        """Put a file into a provider's watched folder, as agencies do: write aside, rename."""
        folder = wait_until(lambda: self._folder(provider), what=f"the folder of {provider}")
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(data)
        unfinished.rename(folder / name)
        return time.monotonic()

    def _folder(self, provider):
        folder = self.data_dir / "intake" / provider
        return folder if folder.is_dir() else None

    def one(self, sql, *values):
        """The first row that a question to the database of the network finds, or None."""
        with contextlib.closing(self._database()) as database:
            return database.execute(sql, values).fetchone()

    def _database(self):
        address = f"file:{self.data_dir / 'dateline.sqlite3'}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=30)


def environment(data_dir):
    """The environment of an operator who set only the folder and the port."""
    foreign = ("DATELINE_", "DJANGO_", "COV")  # a journey measures readers' seconds, not lines
    kept = {n: v for n, v in os.environ.items() if not n.startswith(foreign)}
    return kept | {"DATELINE_DATA_DIR": str(data_dir), "DATELINE_PORT": "0"}


def behind_varnish(folder, stack):
    """Start Varnish for as long as `stack` is open; the settings of a network behind it."""
    front, public = free_port(), free_port()
    varnish = Varnishd(folder, front, public)
    stack.callback(varnish.end)
    return {
        "DATELINE_PORT": str(front),
        "DATELINE_PUBLIC_PORT": str(public),
        "DATELINE_EDGE_OUTER": varnish.address,
        "DATELINE_TRUSTED_PROXIES": "127.0.0.1",
    }


def lay_out(data_dir):
    """Put a freshly seeded demo into `data_dir`; seeding takes half a minute, a copy none."""
    CACHE.mkdir(parents=True, exist_ok=True)
    seeded = CACHE / f"demo-{fingerprint()}"
    with (CACHE / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seeded.exists():
            _seed(seeded)
        shutil.copytree(seeded, data_dir)
    with contextlib.closing(sqlite3.connect(data_dir / "dateline.sqlite3")) as database, database:
        database.execute(NO_MORNING)


def _seed(seeded):
    unfinished = seeded.with_name(f"unfinished-{seeded.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "dateline", "demo", "--seed-only"],
        env=environment(unfinished),
        check=True,
        timeout=300,
        stdout=subprocess.DEVNULL,
    )
    unfinished.rename(seeded)
    for old in sorted(CACHE.glob("demo-*"), key=_age)[KEPT:]:
        shutil.rmtree(old)


def fingerprint():
    """Changes with the day, with what the demo holds, and with the tables it goes into."""
    source = ROOT / "src" / "dateline"
    digest = hashlib.sha256(f"{datetime.now(UTC):%Y-%m-%d}".encode())
    for path in sorted({*(source / "demo").rglob("*.*"), *source.glob("*/migrations/*.py")}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _age(path):
    return -path.stat().st_mtime
