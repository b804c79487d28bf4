"""How fast agency files become items, and how soon a renamed file is a page readers can open.

Run: uv run python -m benchmarks.intake [--quick]

`items_per_s`: files that lie finished in a provider's folder, until each is kept, parsed and
stored, by the product's own scan in this process. The reference is what this machine allows for
the same bytes in the same run: copy, hash, fsync, rename, fsync of the folder, and one bare row
in a transaction of its own, with no parsing; `ratio` is ours divided by it.
`seconds_to_readable`: a real `dateline serve`, a provider that publishes by itself, a file renamed
into its folder, until the story's page answers 200 with its headline; the median of some tries.
"""

import argparse
import hashlib
import http.client
import json
import os
import platform
import secrets
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILES, QUICK_FILES = 2_000, 300
TRIES, QUICK_TRIES = 15, 5
DEADLINE_S = 60.0
HOUR_AGO = time.time() - 3_600
PARAGRAPH = "The ferry came back to the harbour at noon, and the market opened again. " * 6


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer files and tries.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as scratch:
        port = _set_up(Path(scratch))
        files = QUICK_FILES if quick else FILES
        ours, bare = _items_per_s(Path(scratch), files), _bare_per_s(Path(scratch), files)
        waits = _seconds_to_readable(Path(scratch), port, QUICK_TRIES if quick else TRIES)
    print(
        json.dumps(
            {
                "name": "intake",
                "ratio": round(ours / bare, 3),
                "ours": round(ours, 1),
                "reference": round(bare, 1),
                "unit": "items/s from folder to stored and parsed",
                "notes": (
                    f"{files} files, NewsML-G2 and ninjs in turn, about 4 kB each; "
                    f"{len(waits)} renames, slowest {max(waits):.2f} s; "
                    f"SQLite {sqlite3.sqlite_version}, synchronous=FULL; "
                    f"Python {platform.python_version()}, {platform.machine()}, "
                    f"{os.cpu_count()} cores"
                ),
                "items_per_s": round(ours, 1),
                "seconds_to_readable": round(statistics.median(waits), 3),
            }
        )
    )


def _set_up(scratch: Path) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    os.environ |= {
        "DATELINE_DATA_DIR": str(scratch),
        "DATELINE_PORT": str(port),
        "DATELINE_RENDER_PROCESSES": "1",
        "DATELINE_SECRET_KEY": secrets.token_urlsafe(48),
        "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from dateline.wire.services.providers import create_provider, publish_to
    from tests.factories.newsroom import a_masthead

    a_masthead("musashi", sections=("world",))
    create_provider(slug="bulk", by="benchmark", name="Bulk")
    create_provider(slug="kna", by="benchmark", name="KNA")
    publish_to("kna", masthead="musashi", section="world", by="benchmark")
    return port


def _document(number: int, family: str) -> bytes:
    from tests.factories.documents import g2, ninjs

    headline = f"Ferry {number} returns to harbour"
    if number % 2:
        return g2(family, headline=headline, text="\n".join([PARAGRAPH] * 8))
    return ninjs(family, headline=headline, body_html=f"<p>{PARAGRAPH}</p>" * 8)


def _items_per_s(scratch: Path, files: int) -> float:
    from dateline.wire.models import WireItem
    from dateline.wire.services.intake import scan_intake

    scan_intake()  # folders are made, the reading process is not yet up
    inbox = scratch / "intake" / "bulk"
    _drop(inbox, 0, "urn:bulk:warm")
    scan_intake()
    for number in range(1, files + 1):
        _drop(inbox, number, f"urn:bulk:{number}")
    start = time.perf_counter()
    while scan_intake():
        pass
    took = time.perf_counter() - start
    stored = WireItem.objects.exclude(family="urn:bulk:warm").count()
    assert stored == files, f"{stored} of {files} files became items"
    return files / took


def _drop(inbox: Path, number: int, family: str) -> None:
    path = inbox / f"{number}.{'xml' if number % 2 else 'json'}"
    path.write_bytes(_document(number, family))
    os.utime(path, (HOUR_AGO + number, HOUR_AGO + number))


def _bare_per_s(scratch: Path, files: int) -> float:
    """The same bytes with nothing but safe storage: the machine's limit, one after the other."""
    source, target = scratch / "bare-in", scratch / "bare-out"
    for folder in (source, target):
        folder.mkdir()
    for number in range(1, files + 1):
        _drop(source, number, f"urn:bare:{number}")
    database = sqlite3.connect(scratch / "bare.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    database.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, body TEXT)")
    folder_fd = os.open(target, os.O_RDONLY)
    start = time.perf_counter()
    for path in sorted(source.iterdir()):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        with (target / "unfinished").open("wb") as copy:
            copy.write(data)
            copy.flush()
            os.fsync(copy.fileno())
        (target / "unfinished").rename(target / digest)
        os.fsync(folder_fd)
        database.execute("INSERT INTO item (sha256, body) VALUES (?, ?)", (digest, data.decode()))
        path.unlink()
    took = time.perf_counter() - start
    os.close(folder_fd)
    database.close()
    return files / took


def _seconds_to_readable(scratch: Path, port: int, tries: int) -> list[float]:
    from django.db import connections

    connections.close_all()
    server = subprocess.Popen(
        [sys.executable, "-m", "dateline", "serve"], stdout=sys.stderr, start_new_session=True
    )
    try:
        _until(lambda: _answers(server, port), "the server to answer")
        waits = [_one_wait(scratch, port, number) for number in range(tries + 1)]
        return waits[1:]  # the first one also starts the reading process
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _answers(server: "subprocess.Popen[bytes]", port: int) -> bool:
    if server.poll() is not None:
        raise RuntimeError(f"The server ended with {server.returncode}; see above.")
    return _get(port, "/world/")[0] == 200


def _one_wait(scratch: Path, port: int, number: int) -> float:
    """Rename one finished file into the folder; return the seconds until its page can be read."""
    inbox = scratch / "intake" / "kna"
    _until(inbox.is_dir, "the provider's folder")
    hidden = inbox / f".{number}.part"
    hidden.write_bytes(_document(10_000 + number, f"urn:kna:{number}"))
    headline = f"Ferry {10_000 + number} returns to harbour"
    start = time.perf_counter()
    hidden.rename(inbox / f"{number}.xml")
    _until(lambda: _page_of(port, headline), f"the page of {headline!r}")
    return time.perf_counter() - start


def _page_of(port: int, headline: str) -> bool:
    """Whether the section lists the story and its page shows it."""
    slug = headline.lower().replace(" ", "-")
    body = _get(port, "/world/")[1]
    place = body.find(f"/world/{slug}-")
    if place < 0:
        return False
    path = body[place : body.index('"', place)]
    status, page = _get(port, path)
    return status == 200 and headline in page


def _get(port: int, path: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", path, headers={"Host": "musashi.localhost"})
        answer = line.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except OSError:
        return 0, ""
    finally:
        line.close()


def _until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + DEADLINE_S
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {DEADLINE_S:.0f} s for {what}.")
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
