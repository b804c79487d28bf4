"""PostgreSQL stops and comes back: known pages answer, the desk says so, nothing is restarted."""

import json
import subprocess
import sys
import time

import pytest

from dateline.project.config import Config
from tests.campaigns import newsroom
from tests.project.conftest import environment_of, wait_until
from tests.project.postgres import PROGRAMS, address_of, migrated_cluster, stopped

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed"),
]

KNOWN = ("/", "/world/", "/feed.xml", "/world/standing-story-0-1")
PATIENT_S = 12.0  # a renderer gives the server up after five seconds; the machine may be busy


def test_a_server_that_stops_is_outlasted(network):
    running, desk, server = network
    for path in KNOWN:
        wait_until(lambda path=path: "hit" in ask(running, path)[0].headers["Cache-Status"])
    assert desk()[0].status == 200

    with stopped(server):
        assert [ask(running, path)[0].status for path in KNOWN] == [200] * len(KNOWN)
        began = time.monotonic()
        response, page = desk()
        assert time.monotonic() - began < PATIENT_S
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert b"The database does not answer" in page
        assert ask(running, "/world/nobody-asked-before-999")[0].status == 503

    # Every connection in every pool is dead now; nobody may be the one who finds out.
    assert [desk()[0].status for _ in range(8)] == [200] * 8
    wait_until(lambda: ask(running, "/world/nobody-asked-before-999")[0].status == 404)


def ask(running, path):
    return running.ask(path, host="musashi.localhost")


@pytest.fixture
def network(tmp_path, start):
    """A network on a PostgreSQL of its own, and an editor's way to its desk."""
    data_dir = tmp_path / "var"
    Config(data_dir=data_dir).ensure_secret_key()
    with migrated_cluster(data_dir) as server:
        address = address_of(server)
        session = laid_out(data_dir, address)
        running = start(data_dir, DATABASE_URL=address).wait_ready()

        def desk():
            return running.ask("/", host="desk.localhost", Cookie=f"session={session}")

        yield running, desk, server
        running.stop()


def laid_out(data_dir, address):
    """Let the newsroom make its titles and stories; the key of an editor's session."""
    environment = environment_of(data_dir, DATABASE_URL=address)
    done = subprocess.run(
        [sys.executable, "-c", newsroom.START],
        env=environment | {"DJANGO_SETTINGS_MODULE": "dateline.project.settings"},
        input=json.dumps({"task": "lay_out"}) + "\n",
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])["session"]
