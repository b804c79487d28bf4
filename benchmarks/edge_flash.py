"""One story that everybody opens at once, while the newsroom goes on.

Run: uv run python -m benchmarks.edge_flash [--quick]

A real `dateline serve` on one core. One story is asked for at 4,000, 8,000, 12,000, 16,000 and
20,000 requests a second, one step after the other, over kept connections that each ask once in
10 ms; meanwhile five other stories get a new text each second through the newsroom's own verb, and
20 uncached stories are asked for each second. `errors` counts failed and wrong answers of all of
them, `p99_ms` is the slowest step's. The step that could not be reached is told by its rate.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.edge import network, stage
from benchmarks.edge.stage import Load, Server

STEPS = (4_000, 8_000, 12_000, 16_000, 20_000)
PAUSE_MS = 10
CHANGED = 5
UNCACHED_PER_S = 20
SECONDS, QUICK_SECONDS = 10, 2


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Shorter steps.")
    seconds = QUICK_SECONDS if parser.parse_args().quick else SECONDS
    uncached = (len(STEPS) + 2) * (seconds + 2) * UNCACHED_PER_S
    with (
        network.installation(1 + CHANGED + uncached) as addresses,
        network.serving() as server,
    ):
        print(json.dumps(_measure(server, addresses, seconds)))


def _measure(server: Server, addresses: list[str], seconds: int) -> dict[str, object]:
    story, changed, uncached = addresses[0], addresses[1 : 1 + CHANGED], addresses[1 + CHANGED :]
    for address in [story, *changed]:
        assert stage.get(server.port, address, Host=network.HOST)[0] == stage.OK
    asking = network.Asking(server.port, uncached, UNCACHED_PER_S)
    changing = network.Repeating(partial(network.change, changed))
    asking.start()
    changing.start()
    steps = _steps(server, story, seconds)
    changes, statuses = changing.stop(), asking.stop()
    status, body, _ = stage.get(server.port, story, Host=network.HOST)
    assert status == stage.OK
    assert b"Council votes on the harbour plan" in body
    errors = sum(step.errors for step in steps) + sum(one != stage.OK for one in statuses)
    return {
        "name": "edge_flash",
        "ratio": round(steps[-1].rate / STEPS[-1], 3),
        "ours": round(steps[-1].rate),
        "reference": STEPS[-1],
        "unit": "requests/s in the last step; the reference is what was meant to be asked",
        "errors": errors,
        "p99_ms": round(max(step.p99_ms for step in steps), 2),
        "steps": {
            str(rate): {"rate": round(step.rate), "p99_ms": round(step.p99_ms, 2)}
            for rate, step in zip(STEPS, steps, strict=True)
        },
        "changes": changes * CHANGED,
        "uncached": len(statuses),
        "notes": (
            f"steps of {seconds} s; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _steps(server: Server, story: str, seconds: int) -> list[Load]:
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages.txt"
        pages.write_text(story)
        return [
            stage.wrk(
                server,
                connections=rate * PAUSE_MS // 1000,
                seconds=seconds,
                pages=pages,
                pause_ms=PAUSE_MS,
            )
            for rate in STEPS
        ]


if __name__ == "__main__":
    sys.exit(main())
