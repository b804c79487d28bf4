"""What cached pages keep of their speed while other pages are rendered on the same core.

Run: uv run python -m benchmarks.edge_mixed [--quick]

A real `dateline serve` (front, one render process, worker) on one core, load on the other. First
the processor time of one uncached story is measured; then 200 cached stories are asked for in
Zipf's order from 32 connections, alone and while uncached stories are asked for at the rate that
takes 0.4 of the core. `kept` is the rate of hits beside them divided by the rate alone, `p99_ms`
the hits' own.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.edge import network, stage
from benchmarks.edge.stage import Load, Server

HITS, MEASURED = 200, 20
CONNECTIONS = 32
SHARE = 0.4
ROUNDS, SECONDS = 3, 10
QUICK_ROUNDS, QUICK_SECONDS = 2, 3


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer and shorter rounds.")
    quick = parser.parse_args().quick
    rounds, seconds = (QUICK_ROUNDS, QUICK_SECONDS) if quick else (ROUNDS, SECONDS)
    misses = rounds * seconds * 60  # more than can be asked for
    with network.installation(HITS + MEASURED + misses) as addresses, network.serving() as server:
        print(json.dumps(_measure(server, addresses, rounds, seconds)))


def _measure(server: Server, addresses: list[str], rounds: int, seconds: int) -> dict[str, object]:
    hits, rest = addresses[:HITS], addresses[HITS:]
    _open(server, hits)
    before = server.cpu_s()
    _open(server, rest[:MEASURED])
    cpu_s = (server.cpu_s() - before) / MEASURED
    alone, beside, rendered = _rounds(
        server, hits, rest[MEASURED:], per_s=SHARE / cpu_s, rounds=rounds, seconds=seconds
    )
    _check(server, hits)
    assert sum(load.errors for load in [*alone, *beside]) == 0
    kept = statistics.median(b.rate / a.rate for a, b in zip(alone, beside, strict=True))
    return {
        "name": "edge_mixed",
        "ratio": round(kept, 3),
        "ours": round(stage.median(beside).rate),
        "reference": round(stage.median(alone).rate),
        "unit": "cached pages/s beside renders; the reference is the same without renders",
        "kept": round(kept, 3),
        "p99_ms": round(stage.median(beside).p99_ms, 2),
        "p99_alone_ms": round(stage.median(alone).p99_ms, 2),
        "render_cpu_ms": round(cpu_s * 1000, 1),
        "renders_per_s": round(rendered / (rounds * seconds), 1),
        "notes": (
            f"{rounds} rounds of {seconds} s; renders offered at {SHARE / cpu_s:.1f}/s; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _rounds(
    server: Server, hits: list[str], misses: list[str], *, per_s: float, rounds: int, seconds: int
) -> tuple[list[Load], list[Load], int]:
    """Load alone and beside renders, in turn; and how many pages were rendered."""
    alone, beside, rendered = [], [], 0
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages.txt"
        pages.write_text("\n".join(hits))
        for _ in range(rounds):
            alone.append(stage.wrk(server, connections=CONNECTIONS, seconds=seconds, pages=pages))
            asking = network.Asking(server.port, misses[rendered:], per_s)
            asking.start()
            beside.append(stage.wrk(server, connections=CONNECTIONS, seconds=seconds, pages=pages))
            statuses = asking.stop()
            assert set(statuses) == {stage.OK}
            rendered += len(statuses)
    return alone, beside, rendered


def _open(server: Server, addresses: list[str]) -> None:
    for address in addresses:
        assert stage.get(server.port, address, Host=network.HOST)[0] == stage.OK


def _check(server: Server, hits: list[str]) -> None:
    """Sampled answers hold the page, and come from the cache."""
    for address in hits[::20]:
        status, body, fields = stage.get(server.port, address, Host=network.HOST)
        assert status == stage.OK
        assert b"Council votes on the harbour plan" in body
        assert fields["cache-status"] == "dateline; hit", fields["cache-status"]


if __name__ == "__main__":
    sys.exit(main())
