"""How long a million personalised mails take, and how much memory their senders.

Run: uv run python -m benchmarks.mail_million [--quick] [--mails N]

A mailing of 20 KB mails, made for each reader, is frozen, started and sent by two sender processes
(`dateline mail send`) to one smtp-sink on the same machine. `minutes` is from the start of the
first process until the ledger says that all is done; `freeze_minutes` is what came before.
`rss_mb` is the most memory that one sender held, `freeze_rss_mb` the process that froze. With
`--quick` 20,000 are sent, and `minutes` is what a million would take at that pace.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.mail import stage
from benchmarks.mail.sink import Sink

MAILS, QUICK_MAILS = 1_000_000, 20_000
SENDERS = 2


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 mails.")
    parser.add_argument("--mails", type=int, help="So many.")
    asked = parser.parse_args()
    mails = asked.mails or (QUICK_MAILS if asked.quick else MAILS)
    with tempfile.TemporaryDirectory() as scratch, Sink() as sink:
        print(json.dumps(_measure(Path(scratch), sink, mails)))


def _measure(scratch: Path, sink: Sink, mails: int) -> dict[str, Any]:
    stage.start(str(scratch), sink.port)
    stage.migrate()
    before = _own_rss_mb()
    began = time.perf_counter()
    mailing = stage.frozen("million", mails)
    froze_s, froze_mb = time.perf_counter() - began, _own_rss_mb()
    began = time.perf_counter()
    senders = [_sender(scratch, sink.port) for _ in range(SENDERS)]
    try:
        most = _watch(mailing, senders)
    finally:
        for sender in senders:
            sender.terminate()
        for sender in senders:
            sender.wait(60)
    took = time.perf_counter() - began
    return {
        "name": "mail_million",
        "minutes": round(took / 60 * MAILS / mails, 2),
        "rss_mb": round(most),
        "mails": mails,
        "per_second": round(mails / took),
        "freeze_minutes": round(froze_s / 60 * MAILS / mails, 2),
        "freeze_rss_mb": round(froze_mb),
        "rss_before_mb": round(before),
        "unit": f"1,000,000 mails of 20 KB by {SENDERS} processes",
        "notes": f"Python {platform.python_version()}, {os.cpu_count()} cores",
    }


def _sender(scratch: Path, port: int) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "benchmarks.mail.sender", str(scratch), str(port)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, env=dict(os.environ))


def _watch(mailing: int, senders: "list[subprocess.Popen[bytes]]") -> float:
    """Wait until all is sent; return the most megabytes that one sender held."""
    from dateline.mail.queries import mailings

    most = 0.0
    while (found := mailings.progress(mailing)).state != "done":
        most = max(most, *(_peak_mb(sender.pid) for sender in senders))
        assert all(sender.poll() is None for sender in senders), "a sender ended"
        time.sleep(0.5)
    assert found.sent == found.total, found
    return most


def _peak_mb(pid: int) -> float:
    """The most that the process ever held (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def _own_rss_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
