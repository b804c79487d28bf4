"""How good the trending block is, against an exact recomputation and under a burst of bots.

Run: uv run python -m benchmarks.trend_quality [--quick] [--seed N]

A seeded network of four sites of unequal size (Zipf's fame, births, lives, day and night) is folded
into the counters and ranked every half hour. `ndcg` is that of the twelve listed stories against
those that a recomputation from every single event lists (1 is the same list in the same order; the
worst moment counts). `overlap` is how many of the twelve stay when 30 % of all reads are a burst
on two stories (1 is all, at every moment). `minutes` is how long a new story that every other
reader of the smallest site opens takes to be listed; `sites` how many sister sites are in the worst
block.
"""

import argparse
import heapq
import json
import math
from datetime import UTC, datetime
from random import Random

from benchmarks.trending import world
from benchmarks.trending.world import DAY, HOST, HOUR, MINUTE, START
from dateline.trending.domain.baseline import Standing, standings
from dateline.trending.domain.heat import Heat
from dateline.trending.domain.rank import SLOTS, Listed, Reason, rank
from dateline.trending.domain.views import Kind, Seen

SEED = 20250724
END = START + DAY + 6 * HOUR
MEASURED_FROM = END - 6 * HOUR
BOTS = 0.30


def main() -> None:
    """Print one JSON object: ndcg, overlap, minutes, sites."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer stories and readers.")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.seed, quick=asked.quick)))


def measure(seed: int, *, quick: bool) -> dict[str, object]:
    """All figures of one seed."""
    made = world.stories(800 if quick else 3_000, Random(seed))
    start = START if quick else START - DAY
    people = list(
        world.readers(made, Random(seed + 1), start=start, end=END, scale=1 if quick else 3)
    )
    bots = _bots(made, people, seed)
    moments = [MEASURED_FROM + n * HOUR / 2 for n in range(1, 13)]
    plain = _blocks(made, people, moments)
    burst = _blocks(made, list(heapq.merge(people, bots)), moments)
    exact = {
        now: _block(made, world.exactly(people, now, made), now)
        for now in moments[:: 6 if quick else 3]
    }
    reads = sum(one.kind is Kind.READ for one in people)
    return {
        "name": "trend_quality",
        "ndcg": round(min(_ndcg(plain[now], best) for now, best in exact.items()), 6),
        "overlap": min(_overlap(plain[now], burst[now]) for now in moments),
        "minutes": _minutes_to_list(made, people, seed),
        "sites": min(len({one.site for one in block}) for block in plain.values()),
        "unit": "ndcg@12 and overlap@12 of 1; simulated minutes; sister sites in the worst block",
        "notes": (
            f"seed {seed}, {len(made):,} stories, {reads:,} engaged views, {len(bots):,} by bots; "
            f"{len(exact)} moments recomputed, {len(moments)} compared"
        ),
    }


def _bots(made: list[world.Story], people: list[Seen], seed: int) -> list[Seen]:
    """A burst of the last two hours, 30 % of all their reads, on a dull and a middling story."""
    dull = next(s for s in sorted(made, key=lambda s: s.fame) if s.site == 2 and s.born < START)
    start = END - 2 * HOUR
    late = sum(one.kind is Kind.READ and one.at >= start for one in people)
    known = [one for one in made if one.site == 2 and one.born < START]
    middling = sorted(known, key=lambda one: -one.pull(END))[25]
    count = round(late * BOTS / (1 - BOTS))
    half = count // 2
    made_up = world.burst(dull, half, Random(seed + 2), start=start, end=END)
    return sorted(
        made_up + world.burst(middling, count - half, Random(seed + 3), start=start, end=END)
    )


def _blocks(
    made: list[world.Story], events: list[Seen], moments: list[float]
) -> dict[float, list[Listed]]:
    heat, found, first = Heat(landmark=START), {}, 0
    heat.publish({(one.site, one.number): one.born for one in made})
    for now in moments:
        last = next((n for n in range(first, len(events)) if events[n].at > now), len(events))
        heat.fold(events[first:last])
        found[now] = _block(made, standings(heat, now), now)
        first = last
    return found


def _block(made: list[world.Story], found: list[Standing], now: float) -> list[Listed]:
    ranked = rank(
        world.candidates(made, found, now),
        host=HOST,
        at=datetime.fromtimestamp(now, UTC),
        chance=Random(1),
    )
    return ranked[:SLOTS]


def _ndcg(ours: list[Listed], best: list[Listed]) -> float:
    """Gains are the exact numbers; a story that the exact list has not is worth nothing."""
    worth = {one.story: max(one.z, 0.0) for one in best}
    return _gain([worth.get(one.story, 0.0) for one in ours]) / _gain([*worth.values()])


def _gain(values: list[float]) -> float:
    return sum(value / math.log2(place + 2) for place, value in enumerate(values))


def _overlap(one: list[Listed], other: list[Listed]) -> float:
    return len({x.story for x in one} & {x.story for x in other}) / len(one)


def _minutes_to_list(made: list[world.Story], people: list[Seen], seed: int) -> float:
    """A good story of the smallest site comes at noon: minutes until its reads list it."""
    born = START + 12 * HOUR
    others = [one for one in made if one.site == 4 and one.born <= born]
    fame = sum(one.pull(born) for one in others)  # so every other reader of the site opens it
    new = world.Story(10**6, 4, 499, born, 12 * HOUR, fame, tuple(map(float, world.MIX.values())))
    everybody = [*made, new]
    after = world.readers(everybody, Random(seed + 4), start=born, end=born + 3 * HOUR)
    heat = Heat(landmark=START)
    heat.publish({(one.site, one.number): one.born for one in everybody})
    heat.fold(one for one in people if one.at < born)
    upcoming = list(after)
    for minute in range(1, 180):
        now = born + minute * MINUTE
        heat.fold(one for one in upcoming if now - MINUTE <= one.at < now)
        block = _block(everybody, standings(heat, now), now)
        if any(one.story == new.number and one.reason is Reason.READ for one in block):
            return float(minute)
    return math.inf


if __name__ == "__main__":
    main()
