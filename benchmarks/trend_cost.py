"""What the trending block costs: to fold an event, to rank 10,000 stories, to hold 100,000.

Run: uv run python -m benchmarks.trend_cost [--quick]

`rank_ms` is the median of looking at every counter of 10,000 read stories on four sites and making
the block of one host; `mb` what the counters of 100,000 stories take, as the process grows;
`fold_us` one engaged view into the counters; `save_ms` writing the snapshot of the 100,000.
"""

import argparse
import gc
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.trending.world import HOST, HOUR, MIX, SECTIONS, START
from dateline.trending.adapters import snapshot
from dateline.trending.domain.baseline import standings
from dateline.trending.domain.heat import Heat
from dateline.trending.domain.rank import Candidate, rank
from dateline.trending.domain.views import Kind, Seen

SEED = 12
RANKED, HELD = 10_000, 100_000
SITES = 4


def main() -> None:
    """Print one JSON object: rank_ms, mb, fold_us, save_ms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer rounds, the same stories.")
    quick = parser.parse_args().quick
    before = _resident_mb()
    held = Heat(landmark=START)
    held.fold(_one_for_each(HELD))
    for part in range(100 if quick else 500):
        held.fold(_events(HELD, 2_000, Random(part)))
    gc.collect()
    mb = _resident_mb() - before
    save_ms = _save(held)
    del held
    print(
        json.dumps(
            {
                "name": "trend_cost",
                "rank_ms": round(_rank_ms(20 if quick else 100), 2),
                "mb": round(mb, 1),
                "fold_us": round(_fold_us(), 2),
                "save_ms": round(save_ms, 1),
                "unit": "ms for 10,000 stories; MB for 100,000; µs an engaged view; ms a snapshot",
                "notes": (
                    f"seed {SEED}; {SITES} sites; Python {platform.python_version()}, "
                    f"{platform.machine()}, {os.cpu_count()} cores"
                ),
            }
        )
    )


def _events(stories: int, count: int, chance: Random) -> list[Seen]:
    """Engaged views in the order of time, on stories whose fame falls off."""
    sources, weights = list(MIX), list(MIX.values())
    kinds = chance.choices(sources, weights, k=count)
    made = []
    for number, source in enumerate(kinds):
        story = int(stories * chance.random() ** 3)
        at = START + HOUR * number / count
        visitor = chance.getrandbits(64)
        made.append(Seen(at, story % SITES + 1, story, Kind.READ, visitor, source, 10, 0))
    return made


def _one_for_each(stories: int) -> Iterator[Seen]:
    source = next(iter(MIX))
    for story in range(stories):
        yield Seen(START + HOUR, story % SITES + 1, story, Kind.READ, story * 7919, source, 10, 0)


def _rank_ms(rounds: int) -> float:
    heat, chance = Heat(landmark=START), Random(SEED)
    heat.fold(_events(RANKED, 150_000, chance))
    heat.fold(_one_for_each(RANKED))
    assert sum(len(site.places) for site in heat.sites.values()) == RANKED
    now, times = START + HOUR, []
    for _ in range(rounds):
        began = time.perf_counter()
        found = standings(heat, now)
        candidates = [
            Candidate(s.story, s.story, s.site, s.site * 100 + s.story % SECTIONS, HOUR, standing=s)
            for s in found
        ]
        block = rank(
            candidates, host=HOST, at=datetime.fromtimestamp(now, UTC), chance=Random(SEED)
        )
        times.append((time.perf_counter() - began) * 1_000)
        assert block
    return statistics.median(times)


def _fold_us() -> float:
    """The median of ten batches."""
    times = []
    for part in range(10):
        heat, events = Heat(landmark=START), _events(RANKED, 50_000, Random(part))
        began = time.process_time()
        heat.fold(events)
        times.append((time.process_time() - began) / len(events) * 1_000_000)
    return statistics.median(times)


def _save(heat: Heat) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "heat"
        began = time.perf_counter()
        snapshot.save(path, heat, {})
        took = (time.perf_counter() - began) * 1_000
        saved = snapshot.load(path)
    assert saved is not None
    assert saved.heat.sites == heat.sites
    return took


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


if __name__ == "__main__":
    main()
