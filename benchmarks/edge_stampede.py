"""How many renders a purge costs while 500 readers keep asking for the page.

Run: uv run python -m benchmarks.edge_stampede [--quick]

500 kept connections ask for one page without pause; each second its tag is purged hard, in the
same counters that the newsroom's processes use. Two fronts share the store. `renders_per_purge` is
what the renderer counted, divided by the purges. After each purge one more reader asks: what it
gets must have been rendered after the purge.
"""

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.edge import stage
from dateline.edge import queries
from dateline.edge.domain.verdict import Mode

CONNECTIONS = 500
PURGES, QUICK_PURGES = 30, 6
PATH = "/story-0"
CONNECTED = re.compile(rb"^dateline_front_connections (\d+)", re.MULTILINE)
RENDER = re.compile(rb"<h1>Story 0, (\d+)</h1>")


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer purges.")
    purges = QUICK_PURGES if parser.parse_args().quick else PURGES
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), purges)))


def _measure(scratch: Path, purges: int) -> dict[str, object]:
    with stage.front(scratch, fronts=2) as fronts:
        counters = queries.open_counters(scratch / "edge")
        stage.warm(fronts.port, pages=1)
        before, waits = stage.renders(fronts.port), []
        load = stage.start_wrk(fronts, connections=CONNECTIONS, seconds=purges + 3, pages=1)
        stage.until(lambda: _connections(fronts.port) >= CONNECTIONS, "every connection")
        for _ in range(purges):
            known = stage.renders(fronts.port)
            start = time.perf_counter()
            counters.purge(["s:0"], Mode.HARD)
            shown = _render_shown(fronts.port)
            waits.append((time.perf_counter() - start) * 1000)
            assert shown > known, f"render {shown} was shown after a purge that followed {known}"
            time.sleep(max(0.0, 1 - (time.perf_counter() - start)))
        rendered = stage.renders(fronts.port) - before
        result = stage.finish_wrk(load)
    assert result["errors"] == 0, f"{result['errors']} requests failed"
    return {
        "name": "edge_stampede",
        "ratio": round(rendered / purges, 3),
        "ours": rendered,
        "reference": purges,
        "unit": "renders for so many purges, under 500 readers and two fronts",
        "renders_per_purge": round(rendered / purges, 3),
        "answers": result["requests"],
        "slowest_new_page_ms": round(max(waits), 1),
        "notes": (
            f"{purges} purges, a second apart; Python {platform.python_version()}, "
            f"{platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _connections(port: int) -> int:
    found = CONNECTED.search(stage.get(port, "/metrics")[1])
    return int(found[1]) if found else 0


def _render_shown(port: int) -> int:
    status, body, _ = stage.get(port, PATH)
    found = RENDER.search(body)
    assert status == 200
    assert found, "the answer is not the page"
    return int(found[1])


if __name__ == "__main__":
    sys.exit(main())
