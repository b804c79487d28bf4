"""One front renders, the others wait for it: the right to render a page is leased in the store."""

import subprocess
import sys
import threading

import pytest

from dateline.edge.adapters.store import PageStore
from dateline.project.front import fill
from dateline.project.front.fill import Wanted
from tests.project.front.conftest import ask, wait_until

# Another front: leases the page, and does what it is told on its standard input.
OTHER = """
import sys, time
from pathlib import Path
from dateline.edge import queries
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage
directory, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
start = queries.open_counters(directory).sequence()
store = queries.open_store(directory, size_mb=16, release="test")
print(store.lease(key, 60), flush=True)
for word in sys.stdin:
    if word.startswith("store"):
        store.put(key, StoredPage(
            host=b"post.localhost", path=b"/", query=b"", status=200, headers=(),
            bodies={"identity": b"made elsewhere"}, etag="x", stored_at=time.time(), made_ms=1.0,
            note=PageNote(start=start, hard=("s:1",))))
    if word != "store and hold\\n":
        store.release(key)
"""


@pytest.mark.parametrize("word", ["store", "store and hold"])
def test_who_does_not_get_the_lease_waits_for_the_page(
    front_at, renderer, edge, other, word, refused
):
    with front_at(edge=edge) as port:
        answers, waiting = wait_for(port, refused)
        other(word)
        waiting.join()

    assert answers == [b"made elsewhere"]
    assert renderer.asked == []


def test_a_lease_that_ends_without_a_page_is_taken_over(front_at, renderer, edge, other, refused):
    renderer.answers = [edge.page("made here")]
    with front_at(edge=edge) as port:
        answers, waiting = wait_for(port, refused)
        other("give it up")
        waiting.join()

    assert answers == [b"made here"]


def test_nobody_waits_for_ever(front_at, renderer, edge, other, monkeypatch):
    monkeypatch.setattr(fill, "LEASE_WAIT_S", 0.05)
    renderer.answers = [edge.page("made here")]
    with front_at(edge=edge) as port:
        assert ask(port, "/")[1] == b"made here"


def test_a_page_that_was_stored_a_moment_ago_is_not_made_again(
    front_at, renderer, edge, other, refused
):
    """It came between the look and the lease, which was free again."""
    with front_at(edge=edge) as port:
        _, waiting = wait_for(port, refused)
        other("store")
        waiting.join()
        assert ask(port, "/")[0].headers["cache-status"] == "dateline; hit"

    assert renderer.asked == []


def wait_for(port, refused):
    """Ask for the page; return once the front has been told that another one makes it."""
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(ask(port, "/")[1]))
    waiting.start()
    wait_until(lambda: refused)
    return answers, waiting


@pytest.fixture
def refused(monkeypatch):
    """The leases that this process did not get."""
    asked_for, found = PageStore.lease, []

    def lease(store, key, seconds):
        got = asked_for(store, key, seconds)
        found.extend([] if got else [key])
        return got

    monkeypatch.setattr(PageStore, "lease", lease)
    return found


@pytest.fixture
def other(edge):
    key = Wanted.of(b"post.localhost", b"/", b"").key.hex()
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(edge.directory), key],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "True\n"

    def tell(word):
        process.stdin.write(f"{word}\n")
        process.stdin.flush()

    yield tell
    process.stdin.close()
    wait_until(lambda: process.poll() is not None)
    process.stdout.close()
