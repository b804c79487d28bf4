"""How fast a cached page is answered, against nginx with the same bytes as files, and Varnish.

Run: uv run python -m benchmarks.edge_hit [--quick]

200 story pages of about 45 KB (gzip 11 KB) in Zipf's order, kept connections, `wrk -t1`, server on
one core and load on the other. The front has all on: purge counters checked at each hit, metrics,
access log; nginx (`gzip_static`) writes its access log too. Rounds alternate between the servers;
medians are given. `ratio` is ours divided by nginx at 64 connections, `ratio_256` at 256. Before
and after the rounds, sampled answers are compared with the page, byte for byte.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.edge import stage
from benchmarks.edge.stage import Load, Server

ROUNDS, SECONDS = 5, 10
QUICK_ROUNDS, QUICK_SECONDS = 3, 2
UNCACHED_CONNECTIONS = 4


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer and shorter rounds.")
    quick = parser.parse_args().quick
    rounds, seconds = (QUICK_ROUNDS, QUICK_SECONDS) if quick else (ROUNDS, SECONDS)
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        print(json.dumps(_measure(stack, Path(scratch), rounds, seconds)))


def _measure(stack: ExitStack, scratch: Path, rounds: int, seconds: int) -> dict[str, object]:
    front = stack.enter_context(stage.front(scratch))
    bodies = stage.warm(front.port)
    servers = [front, stack.enter_context(stage.nginx(scratch, bodies))]
    with_varnish = stage.has("varnishd")
    if with_varnish:
        servers.append(stack.enter_context(stage.varnish(scratch, front.port)))
    for server in servers:
        stage.check_pages(server.port, bodies)
    found = {c: _rounds(servers, c, rounds, seconds) for c in (64, 256)}
    for server in servers:
        stage.check_pages(server.port, bodies)
    rss = {server.name: round(server.rss_mb(), 1) for server in servers}
    errors = sum(load.errors for loads in found.values() for load in loads.values())
    assert errors == 0, f"{errors} requests failed"
    return _report(found, rss, _beside(scratch, seconds), rounds, seconds)


def _rounds(servers: list[Server], connections: int, rounds: int, seconds: int) -> dict[str, Load]:
    loads: dict[str, list[Load]] = {server.name: [] for server in servers}
    for _ in range(rounds):
        for server in servers:
            loads[server.name].append(stage.wrk(server, connections=connections, seconds=seconds))
    return {name: stage.median(runs) for name, runs in loads.items()}


def _beside(scratch: Path, seconds: int) -> dict[str, float]:
    """Two fronts on one port, and the same pages with no cache at all."""
    with stage.front(scratch / "two", fronts=2, core="0,1") as two:
        stage.warm(two.port)
        both = stage.wrk(two, connections=64, seconds=seconds)
    with stage.front(scratch / "off", edge="off") as off:
        uncached = stage.wrk(off, connections=UNCACHED_CONNECTIONS, seconds=seconds)
    return {"two_fronts": round(both.rate), "uncached": round(uncached.rate)}


def _report(
    found: dict[int, dict[str, Load]], rss: dict[str, float], beside: dict[str, float],
    rounds: int, seconds: int,
) -> dict[str, object]:  # fmt: skip
    few, many = found[64], found[256]
    return {
        "name": "edge_hit",
        "ratio": round(few["front"].rate / few["nginx"].rate, 3),
        "ours": round(few["front"].rate),
        "reference": round(few["nginx"].rate),
        "unit": "requests/s of one core at 64 connections; the reference is nginx gzip_static",
        "ratio_256": round(many["front"].rate / many["nginx"].rate, 3),
        "p99_ms": round(few["front"].p99_ms, 2),
        "by_server": {
            f"{name} {connections}": {
                "rate": round(load.rate),
                "p50_ms": round(load.p50_ms, 2),
                "p99_ms": round(load.p99_ms, 2),
                "cpu_us": round(load.cpu_us, 1),
            }
            for connections, loads in found.items()
            for name, load in loads.items()
        },
        "rss_mb": rss,
        **beside,
        "notes": (
            f"{rounds} rounds of {seconds} s in turn, medians; {stage.PAGES} pages; uncached is a "
            f"renderer that takes 5 ms a page and no processor time; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
